package org.maestro.signal.wiring;

import org.maestro.service.database.Transactions;
import org.maestro.signal.deadletter.DeadLetterStore;

/** How many dead letters there were when it was last looked. */
final class DeadLetterGauge {
  private static final int MOST = 1_000;

  private final DeadLetterStore store;
  private final Transactions transactions;
  private volatile long count;

  DeadLetterGauge(DeadLetterStore store, Transactions transactions) {
    this.store = store;
    this.transactions = transactions;
  }

  void look() {
    count = transactions.read(() -> store.count(MOST));
  }

  long count() {
    return count;
  }
}
