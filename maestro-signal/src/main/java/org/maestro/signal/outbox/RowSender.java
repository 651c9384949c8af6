package org.maestro.signal.outbox;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.service.database.Transactions;
import org.maestro.service.outbox.OutboxRelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands rows that have been committed to the relay. */
public final class RowSender {
  private static final Logger log = LoggerFactory.getLogger(RowSender.class);
  private static final int PAGE = 5_000;

  private final OutboxRelay relay;
  private final OutboxStore store;
  private final Transactions transactions;

  public RowSender(OutboxRelay relay, OutboxStore store, Transactions transactions) {
    this.relay = relay;
    this.store = store;
    this.transactions = transactions;
  }

  /** To be called after the commit. */
  public void send(List<OutboxRow> rows) {
    for (var row : rows) {
      relay.send(row.id(), row.body().length(), () -> messages(row));
    }
  }

  /** What a row holds. */
  public static Iterator<OutgoingMessage> messages(OutboxRow row) {
    var body = row.body().getBytes(StandardCharsets.UTF_8);
    return List.of(new OutgoingMessage(row.topic(), null, row.key(), body, Map.of())).iterator();
  }

  /** Sends what some node wrote before a time and nobody has sent, however much that is. */
  public void sendForgotten(long before) {
    var found = 0;
    var page = transactions.read(() -> store.olderThan(before, 0, "", PAGE));
    while (!page.isEmpty()) {
      for (var row : page) {
        if (!relay.isWaiting(row.id())) {
          found++;
          relay.send(row.id());
        }
      }
      var last = page.getLast();
      page = transactions.read(() -> store.olderThan(before, last.createTime(), last.id(), PAGE));
    }
    if (found > 0) {
      log.info("{} messages were left behind by a node that stopped; sending them", found);
    }
  }
}
