package org.maestro.engine.request;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.service.paging.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that could not be dealt with: kept until an administrator sends them once more or
 * throws them away.
 */
public final class ParkedRequests {
  private static final Logger log = LoggerFactory.getLogger(ParkedRequests.class);
  private static final int LONGEST_REASON = 2_000;

  private final ParkedRequestStore store;
  private final AccessPolicy access;
  private final MessageSender sender;
  private final String topic;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /**
   * @param topic where they came from
   * @param ids grow with time
   */
  public ParkedRequests(
      ParkedRequestStore store,
      AccessPolicy access,
      MessageSender sender,
      String topic,
      Supplier<String> ids,
      InstantSource clock) {
    this.store = store;
    this.access = access;
    this.sender = sender;
    this.topic = topic;
    this.ids = ids;
    this.clock = clock;
  }

  void park(ReceivedMessage message, String reason) {
    var id = ids.get();
    var said = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    log.warn("A request about {} is parked as {}: {}", message.key(), id, said);
    store.insert(id, message, said, clock.millis());
  }

  /** Newest first. */
  public Page<ParkedRequest> list(Caller caller, PageRequest page) {
    access.requireAdmin(caller, "parked requests");
    return Page.of(page, store.list(page), ParkedRequest::id, null);
  }

  /** Sends a request once more, and forgets that it was parked. */
  public ParkedRequest replay(Caller caller, String id) {
    access.requireAdmin(caller, "parked requests");
    var found = find(id);
    sender
        .send(
            List.of(
                new OutgoingMessage(
                    topic,
                    null,
                    found.key(),
                    found.body().getBytes(StandardCharsets.UTF_8),
                    Map.of())))
        .join();
    store.delete(id);
    return found;
  }

  /** Throws a request away. */
  public ParkedRequest discard(Caller caller, String id) {
    access.requireAdmin(caller, "parked requests");
    var found = find(id);
    store.delete(id);
    return found;
  }

  private ParkedRequest find(String id) {
    return store
        .find(id)
        .orElseThrow(() ->
            ApiException.notFound("no-such-request", "there is no parked request \"" + id + "\""));
  }
}
