package org.maestro.engine.notification.send;

import java.util.Optional;
import java.util.function.Function;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.instance.why.WhyQueries;
import org.maestro.engine.notification.store.NotificationStore.Notification;
import org.maestro.service.database.Transactions;

/** Reads what a notification tells of: the run, and what explains it, as its owner may see it. */
final class NotificationWords implements Function<Notification, Optional<Message>> {
  private final Transactions transactions;
  private final InstanceStore runs;
  private final WhyQueries why;
  private final MessageWriter writer;

  NotificationWords(
      Transactions transactions, InstanceStore runs, WhyQueries why, MessageWriter writer) {
    this.transactions = transactions;
    this.runs = runs;
    this.why = why;
    this.writer = writer;
  }

  /** Empty if the run is not there any more, or what was promised of it was kept. */
  @Override
  public Optional<Message> apply(Notification notification) {
    var key = notification.run();
    return transactions
        .read(() -> runs.run(key.workflowId(), key.instanceId(), key.runId()))
        .filter(run -> !notification.isVoid(run.row()))
        .map(run -> writer.write(notification, run.row(), run.owner(), why.forOwner(run)));
  }
}
