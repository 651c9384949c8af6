package org.maestro.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages that have been committed to Kafka, in the order of the commits, and lets their
 * outbox rows go once Kafka has them. At least once: what was under way when this node went down is
 * sent again by the shard's next owner.
 */
public final class OutboxRelay implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final int BATCH = 500;

  private final MessageSender sender;
  private final Encoding encoding;
  private final BatchCommitter committer;
  private final ShardLoop.Pause pause;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

  /** The ids of what waits: whoever looks twice for messages need not send them twice. */
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  private volatile boolean sending;

  /** Puts into words what waits. */
  public interface Encoding {
    /** A row as it was read. */
    List<OutgoingMessage> messages(RunStore.OutboxRow row);

    /** A row's content as it was written. */
    List<OutgoingMessage> messages(String outboxId, TurnNews news);
  }

  /** A row, and how to come by the messages that it holds. */
  private record Waiting(String id, Supplier<List<OutgoingMessage>> messages) {}

  public OutboxRelay(
      MessageSender sender, Encoding encoding, BatchCommitter committer, ShardLoop.Pause pause) {
    this.sender = sender;
    this.encoding = encoding;
    this.committer = committer;
    this.pause = pause;
  }

  void send(RunStore.OutboxRow row) {
    send(new Waiting(row.id(), () -> encoding.messages(row)));
  }

  /** As {@link #send(RunStore.OutboxRow)}, without reading again what has just been written. */
  void send(String outboxId, TurnNews news) {
    send(new Waiting(outboxId, () -> encoding.messages(outboxId, news)));
  }

  private void send(Waiting row) {
    if (waiting.add(row.id())) {
      queue.add(row);
    }
  }

  /** Whether Kafka has everything that was handed over so far. */
  boolean isIdle() {
    return !sending && queue.isEmpty();
  }

  /** Sends until its thread is interrupted. */
  @Override
  public void run() {
    var rows = new ArrayList<Waiting>();
    var failures = 0;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (rows.isEmpty()) {
          rows.add(queue.take());
          sending = true;
          queue.drainTo(rows, BATCH - 1);
        }
        var messages = new ArrayList<OutgoingMessage>();
        rows.forEach(row -> messages.addAll(row.messages().get()));
        sender.send(messages).join();
        var sent = rows.stream().map(Waiting::id).toList();
        committer.delete(sent);
        sent.forEach(waiting::remove);
        rows.clear();
        sending = false;
        failures = 0;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        failures++;
        if (failures == 1) {
          log.warn("Messages wait for Kafka: {}", e.toString());
        }
        try {
          pause.afterFailure(failures);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
