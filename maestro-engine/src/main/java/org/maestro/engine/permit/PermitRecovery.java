package org.maestro.engine.permit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.maestro.engine.permit.HeldAttemptStore.Held;
import org.maestro.engine.permit.HeldAttemptStore.Run;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the ledger agree with the step attempts in the database: when this node takes over the
 * permit shard, and from time to time, because a message can be lost with a node. One at a time.
 */
public final class PermitRecovery {
  private static final Logger log = LoggerFactory.getLogger(PermitRecovery.class);
  private static final int PAGE = 500;

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
    synchronized (known) { // the limits may have changed since, and may be changing now
      permits.gained(ledger);
      ledger.limits(known.all());
    }
    return ledger;
  }

  /**
   * Compares the ledger, if it is here, with the database and mends what differs. To be called
   * after a shard has changed hands, and every few minutes. A holder is dropped when the database
   * doesn't know it in two looks, a minute apart or more, and nothing is heard of it meanwhile.
   */
  public synchronized void check() {
    permits
        .ledger()
        .ifPresent(ledger -> {
          var mended = compare(ledger);
          if (!mended.isNothing()) {
            log.warn("The permit ledger differed from the step attempts: {}", mended);
          }
        });
  }

  /**
   * What the last commits of a shard let go may not have been told: lets go of what this node's
   * ledger holds for its runs and the database does not know. Looks at the ledger before it
   * returns, and at the database when that is looked at on another thread.
   *
   * @param ofShard whether a holder is of that shard
   */
  public Runnable shardResumed(Predicate<PermitHolder> ofShard) {
    var ledger = permits.ledger().orElse(null);
    if (ledger == null) {
      return () -> {};
    }
    var known = ledger.known(ofShard);
    return () -> {
      for (int from = 0; from < known.holders().size(); from += PAGE) {
        var page = known.holders().subList(from, Math.min(known.holders().size(), from + PAGE));
        var gone = new ArrayList<>(page);
        gone.removeAll(Set.copyOf(transactions.read(() -> attempts.live(page))));
        ledger.dropUnheard(gone, known.heard());
      }
    };
  }

  private PermitLedger.Mended compare(PermitLedger ledger) {
    try (var comparison = ledger.compare()) {
      var automatic = new HashMap<String, Long>();
      var after = HeldAttemptStore.START;
      for (var page = running(after); !page.isEmpty(); page = running(after)) {
        comparison.holding(limited(page, automatic));
        after = page.getLast().holder();
      }
      after = HeldAttemptStore.START;
      for (var page = waiting(after); !page.isEmpty(); page = waiting(after)) {
        comparison.waiting(limited(page, automatic));
        after = page.getLast().holder();
      }
      return comparison.finish();
    }
  }

  private List<Held> running(PermitHolder after) {
    return transactions.read(() -> attempts.running(after, PAGE));
  }

  private List<Held> waiting(PermitHolder after) {
    return transactions.read(() -> attempts.waiting(after, PAGE));
  }

  /**
   * Adds the limits to what needs permits. The automatic ones are in the runs, which are large: of
   * those that need the same tag only one is read.
   */
  private List<HeldAttempt> limited(List<Held> page, Map<String, Long> automatic) {
    var asked = new HashMap<String, PermitHolder>();
    for (var held : page) {
      for (var tag : held.tags()) {
        if (PermitRules.isAutomatic(tag) && !automatic.containsKey(tag)) {
          asked.putIfAbsent(tag, held.holder());
        }
      }
    }
    var runs = new HashSet<Run>();
    asked.values().forEach(holder -> runs.add(Run.of(holder)));
    var concurrency = transactions.read(() -> attempts.concurrency(runs));
    asked.forEach((tag, holder) -> {
      var said = concurrency.get(Run.of(holder));
      if (said != null) {
        automatic.put(
            tag,
            PermitRules.automaticLimit(
                tag, holder.workflowId(), said.stepConcurrency(), said.instanceStepConcurrency()));
      }
    });
    var limited = new ArrayList<HeldAttempt>();
    for (var held : page) {
      if (!held.tags().isEmpty()) {
        var limits = new HashMap<String, Long>();
        // What people have set is known to the ledger; what nobody has set is not limited any more.
        held.tags().forEach(tag -> limits.put(tag, automatic.getOrDefault(tag, Long.MAX_VALUE)));
        limited.add(new HeldAttempt(held.holder(), limits, held.since()));
      }
    }
    return limited;
  }
}
