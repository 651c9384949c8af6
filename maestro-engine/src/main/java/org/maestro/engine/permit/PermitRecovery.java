package org.maestro.engine.permit;

import java.time.InstantSource;
import java.util.List;
import org.maestro.engine.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the ledger agree with the step attempts in the database: when this node takes over the
 * permit shard, and from time to time, because a message can be lost with a node. One at a time.
 */
public final class PermitRecovery {
  private static final Logger log = LoggerFactory.getLogger(PermitRecovery.class);
  private static final int PAGE = 2_000;

  private final Transactions transactions;
  private final HeldAttemptStore attempts;
  private final KnownTagLimits known;
  private final NodePermits permits;
  private final PermitChannel channel;
  private final InstantSource clock;

  public PermitRecovery(
      Transactions transactions,
      HeldAttemptStore attempts,
      KnownTagLimits known,
      NodePermits permits,
      PermitChannel channel,
      InstantSource clock) {
    this.transactions = transactions;
    this.attempts = attempts;
    this.known = known;
    this.permits = permits;
    this.channel = channel;
    this.clock = clock;
  }

  /**
   * This node owns the permit shard from now on: builds the ledger from the database, and only then
   * lets the node use it. What is asked meanwhile goes by message and must wait for this to return.
   * Expects the limits to be loaded.
   */
  public synchronized PermitLedger takeOver() {
    var ledger = new PermitLedger(channel::granted, known.all(), clock);
    compare(ledger);
    permits.gained(ledger);
    ledger.limits(known.all()); // they may have changed since
    return ledger;
  }

  /**
   * Compares the ledger, if it is here, with the database and mends what differs. To be called after
   * a shard has changed hands, and every few minutes. A holder that the database doesn't know is
   * dropped when nothing has been heard of it for a minute.
   */
  public synchronized void check() {
    permits
        .ledger()
        .ifPresent(
            ledger -> {
              ledger.limits(known.all());
              var mended = compare(ledger);
              if (!mended.isNothing()) {
                log.warn("The permit ledger differed from the step attempts: {}", mended);
              }
            });
  }

  private PermitLedger.Mended compare(PermitLedger ledger) {
    var comparison = ledger.compare();
    var after = HeldAttemptStore.START;
    for (var page = holding(after); !page.isEmpty(); page = holding(after)) {
      comparison.holding(page);
      after = page.getLast().holder();
    }
    after = HeldAttemptStore.START;
    for (var page = waiting(after); !page.isEmpty(); page = waiting(after)) {
      comparison.waiting(page);
      after = page.getLast().holder();
    }
    return comparison.finish();
  }

  private List<HeldAttempt> holding(PermitHolder after) {
    return transactions.read(() -> attempts.holding(after, PAGE));
  }

  private List<HeldAttempt> waiting(PermitHolder after) {
    return transactions.read(() -> attempts.waiting(after, PAGE));
  }
}
