package org.maestro.signal.outbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.service.database.Pause;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes committed messages to the broker, in the order of the commits, and lets their rows go once
 * it has them. At least once: what was under way when a node went down is sent again by whichever
 * node sees it lying around.
 */
public final class OutboxRelay implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final int BATCH = 500;
  private static final long AFTER_FAILURE = 500;

  private final OutboxStore store;
  private final Transactions transactions;
  private final MessageSender sender;
  private final Pause pause;
  private final LinkedBlockingQueue<OutboxRow> queue = new LinkedBlockingQueue<>();

  /** The ids of what waits: whoever looks twice for messages need not send them twice. */
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  private final LongAdder sentMessages = new LongAdder();
  private volatile boolean failing;

  public OutboxRelay(
      OutboxStore store, Transactions transactions, MessageSender sender, Pause pause) {
    this.store = store;
    this.transactions = transactions;
    this.sender = sender;
    this.pause = pause;
  }

  /** To be called after the commit. */
  public void send(List<OutboxRow> rows) {
    for (var row : rows) {
      if (waiting.add(row.id())) {
        queue.add(row);
      }
    }
  }

  /** How many messages the broker has not confirmed. */
  public int waiting() {
    return waiting.size();
  }

  /** How many messages the broker has confirmed. */
  public long sent() {
    return sentMessages.sum();
  }

  /** Whether the last try to send failed. */
  public boolean isFailing() {
    return failing;
  }

  /** Sends what some node wrote before a time and nobody has sent. */
  public void sendForgotten(long before) {
    var forgotten = transactions.read(() -> store.olderThan(before, BATCH));
    forgotten = forgotten.stream().filter(row -> !waiting.contains(row.id())).toList();
    if (!forgotten.isEmpty()) {
      log.info(
          "{} messages were left behind by a node that stopped; sending them", forgotten.size());
      send(forgotten);
    }
  }

  /** Sends until its thread is interrupted. */
  @Override
  public void run() {
    var rows = new ArrayList<OutboxRow>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (rows.isEmpty()) {
          rows.add(queue.take());
          queue.drainTo(rows, BATCH - 1);
        }
        sender.send(rows.stream().map(OutboxRelay::message).toList()).join();
        var sent = rows.stream().map(OutboxRow::id).toList();
        transactions.runIdempotent(() -> store.delete(sent));
        sent.forEach(waiting::remove);
        sentMessages.add(sent.size());
        rows.clear();
        failing = false;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        if (!failing) {
          log.warn("Messages wait for the broker or the database: {}", e.toString());
        }
        failing = true;
        pause.millis(AFTER_FAILURE);
      }
    }
  }

  private static OutgoingMessage message(OutboxRow row) {
    return new OutgoingMessage(
        row.topic(), null, row.key(), row.body().getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
