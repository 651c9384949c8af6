package org.maestro.signal.retention;

import java.time.Duration;
import java.time.InstantSource;
import org.maestro.service.database.Transactions;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.gate.GateStore;
import org.maestro.signal.trigger.MatchStore;
import org.maestro.signal.trigger.QueueStore;

/**
 * Forgets what is old, in small transactions: signals with their places in queues, what triggers
 * made of them and the gates they opened, and dead letters. Names keep their numbers. Any number of
 * nodes may do so at once.
 */
public final class Retention {
  private static final int AT_ONCE = 500;

  private final Duration kept;
  private final Transactions transactions;
  private final SignalStore signals;
  private final QueueStore queues;
  private final MatchStore matches;
  private final GateStore gates;
  private final DeadLetterStore deadLetters;
  private final InstantSource clock;

  /**
   * @param kept how long; zero: for ever
   */
  public Retention(
      Duration kept,
      Transactions transactions,
      SignalStore signals,
      QueueStore queues,
      MatchStore matches,
      GateStore gates,
      DeadLetterStore deadLetters,
      InstantSource clock) {
    this.kept = kept;
    this.transactions = transactions;
    this.signals = signals;
    this.queues = queues;
    this.matches = matches;
    this.gates = gates;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /** Forgets everything that is older than it is to be kept. */
  public void forgetOld() {
    if (kept.isZero()) {
      return;
    }
    var before = clock.instant().minus(kept).toEpochMilli();
    var more = true;
    while (more && !Thread.currentThread().isInterrupted()) {
      more = transactions.runIdempotent(() -> forgetSome(before));
    }
    transactions.runIdempotent(() -> deadLetters.deleteOlder(before));
  }

  private boolean forgetSome(long before) {
    var old = signals.older(before, AT_ONCE);
    if (old.isEmpty()) {
      return false;
    }
    var places = old.stream().map(s -> new SignalStore.Place(s.name(), s.seqId())).toList();
    queues.removeSignals(places);
    matches.deleteOf(places);
    gates.deleteOpenedBy(places);
    signals.delete(old);
    return old.size() == AT_ONCE;
  }
}
