package org.maestro.scheduler.fire;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.maestro.messaging.OutgoingMessage;

/** The way of requests to the engine. */
@FunctionalInterface
public interface RequestSender {
  /** Sends; completes when every message is acknowledged. */
  CompletableFuture<Void> send(List<OutgoingMessage> messages);
}
