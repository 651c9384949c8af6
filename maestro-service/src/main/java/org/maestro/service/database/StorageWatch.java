package org.maestro.service.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Says in health that the database takes no changes, from the moment a transaction has failed of it
 * until a change that needs room works again. That is tried when somebody asks, and only then.
 */
final class StorageWatch implements HealthIndicator {
  /** Between two tries. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(StorageWatch.class);

  private final Transactions transactions;
  private final StorageProbeStore probe;
  private final LongSupplier nanos;
  private final AtomicLong nextTry;

  /**
   * @param nanos a clock that only goes forward
   */
  StorageWatch(Transactions transactions, StorageProbeStore probe, LongSupplier nanos) {
    this.transactions = transactions;
    this.probe = probe;
    this.nanos = nanos;
    this.nextTry = new AtomicLong(nanos.getAsLong());
  }

  @Override
  public Health health() {
    transactions.trouble().ifPresent(this::lookAgain);
    return transactions
        .trouble()
        .map(trouble -> Health.down().withDetail("reason", trouble.code()).build())
        .orElseGet(() -> Health.up().build());
  }

  private void lookAgain(DatabaseTrouble trouble) {
    var now = nanos.getAsLong();
    var planned = nextTry.get();
    if (now - planned < 0 || !nextTry.compareAndSet(planned, now + PAUSE.toNanos())) {
      return;
    }
    try {
      probe.write();
      transactions.isOver(trouble);
      log.info("The database takes changes again, after {}", trouble.code());
    } catch (DataAccessException | TransactionException | UnknownOutcomeException e) {
      log.debug("The database still takes no changes", e);
    }
  }
}
