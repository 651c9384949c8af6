package org.maestro.signal.wiring;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.maestro.messaging.RefusedMessagesException.Refused;
import org.maestro.model.deadletter.DeadLetterKind;
import org.maestro.service.database.Transactions;
import org.maestro.service.outbox.Outbox;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.outbox.OutboxStore;
import org.maestro.signal.outbox.RowSender;

/** The signal service's outbox as the relay sees it; what is refused becomes a dead letter. */
final class SignalOutbox implements Outbox {
  private final OutboxStore store;
  private final Transactions transactions;
  private final DeadLetterStore deadLetters;
  private final Supplier<String> ids;
  private final InstantSource clock;

  SignalOutbox(
      OutboxStore store,
      Transactions transactions,
      DeadLetterStore deadLetters,
      Supplier<String> ids,
      InstantSource clock) {
    this.store = store;
    this.transactions = transactions;
    this.deadLetters = deadLetters;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Row> read(Collection<String> wanted, long bytes) {
    return transactions.read(() ->
        store.read(
            wanted,
            bytes,
            (row, isRead) -> new Row(row.id(), isRead ? RowSender.messages(row) : null)));
  }

  @Override
  public void delete(Collection<String> sent) {
    transactions.runIdempotent(() -> store.delete(sent));
  }

  @Override
  public void park(Collection<Refused> refused) {
    transactions.runIdempotent(() -> {
      for (var one : refused) {
        var message = one.message();
        deadLetters.insert(
            new DeadLetter(
                ids.get(),
                DeadLetterKind.MESSAGE,
                message.topic(),
                message.key(),
                message.headers(),
                message.value(),
                "the broker refused it: " + one.reason(),
                clock.millis()));
      }
    });
  }

  @Override
  public OptionalLong oldestMillis() {
    var oldest = transactions.read(store::oldest);
    return oldest.isEmpty()
        ? oldest
        : OptionalLong.of(Math.max(0, clock.millis() - oldest.getAsLong()));
  }
}
