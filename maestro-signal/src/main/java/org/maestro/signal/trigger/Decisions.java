package org.maestro.signal.trigger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.service.database.Transactions;
import org.maestro.signal.announce.Signal;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.announce.SignalStore.Place;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.outbox.RowSender;
import org.maestro.signal.trigger.TriggerExpressions.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the expressions of triggers about what they have consumed, outside of any transaction and
 * lock: claims the oldest of one trigger, evaluates, and writes the verdicts that are still wanted.
 * Those of one trigger are decided in their order, by one node at a time; triggers wait for each
 * other only if there are more than threads. What a node that stopped left behind is found by
 * whichever looks first.
 */
public final class Decisions implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Decisions.class);
  private static final int LOOKED_FOR = 1_000;
  private static final int AT_ONCE = 50;

  /** After so long what has been decided is written, and another trigger has its turn. */
  private static final Duration TURN = Duration.ofSeconds(1);

  /** Renewed while it is needed, however long an evaluation waits for others. */
  private static final Duration CLAIM = Duration.ofSeconds(30);

  private final UndecidedStore undecided;
  private final TriggerStore triggers;
  private final SignalStore signals;
  private final TriggerExpressions expressions;
  private final Verdicts verdicts;
  private final Transactions transactions;
  private final RowSender relay;
  private final InstantSource clock;
  private final Runnable pause;
  private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();

  /** What is in the queue. */
  private final Set<String> queued = ConcurrentHashMap.newKeySet();

  /** What this node is at, with its trigger, by match. */
  private final Map<String, String> claimed = new ConcurrentHashMap<>();

  private volatile int waiting;

  /**
   * With the parts that it works on.
   *
   * @param pause lets a broken database be for a while
   */
  public Decisions(
      UndecidedStore undecided,
      TriggerStore triggers,
      SignalStore signals,
      TriggerExpressions expressions,
      Verdicts verdicts,
      Transactions transactions,
      RowSender relay,
      InstantSource clock,
      Runnable pause) {
    this.undecided = undecided;
    this.triggers = triggers;
    this.signals = signals;
    this.expressions = expressions;
    this.verdicts = verdicts;
    this.transactions = transactions;
    this.relay = relay;
    this.clock = clock;
    this.pause = pause;
  }

  /** Keeps them in the transaction that is running, and decides once it is committed. */
  void later(Collection<Undecided> rows) {
    if (rows.isEmpty()) {
      return;
    }
    undecided.insert(rows);
    var ids = new LinkedHashSet<String>();
    rows.forEach(row -> ids.add(row.triggerId()));
    transactions.afterCommit(() -> ids.forEach(this::of));
  }

  private void of(String triggerId) {
    if (queued.add(triggerId)) {
      queue.add(triggerId);
    }
  }

  /** Decides about everything that waits, whoever consumed it. */
  public void ofAllWaiting() {
    var found = transactions.read(() -> undecided.waiting(clock.millis(), LOOKED_FOR));
    waiting = found.size();
    found.forEach(this::of);
  }

  /** How many triggers had something to be decided when it was last looked, up to 1,000. */
  public int waiting() {
    return waiting;
  }

  /** Keeps others from what this node is at. */
  public void renewClaims() {
    var now = Map.copyOf(claimed);
    if (!now.isEmpty()) {
      transactions.runIdempotent(
          () -> undecided.renew(new LinkedHashSet<>(now.values()), now.keySet(), claimEnd()));
    }
  }

  private long claimEnd() {
    return clock.millis() + CLAIM.toMillis();
  }

  /** Decides until its thread is interrupted; any number of threads may. */
  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        var triggerId = queue.take();
        queued.remove(triggerId); // first, so that what is consumed from now on comes again
        if (decideSome(triggerId)) {
          of(triggerId); // behind those that wait for their turn
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        log.warn("What a trigger consumed waits until it is looked for again: {}", e.toString());
      }
    }
  }

  /**
   * The oldest of a trigger, claimed.
   *
   * @param trigger null if it is gone
   */
  private record Claimed(
      @Nullable Trigger trigger, List<Undecided> rows, Map<Place, Signal> signals) {}

  /** Whether there may be more. */
  private boolean decideSome(String triggerId) {
    var batch = transactions.run(() -> claim(triggerId));
    if (batch.rows().isEmpty()) {
      return false;
    }
    var trigger = batch.trigger();
    if (trigger == null) { // nobody is there to be asked
      transactions.runIdempotent(() -> {
        var _ = undecided.take(triggerId, ids(batch.rows()));
      });
      return true;
    }
    batch.rows().forEach(row -> claimed.put(row.matchId(), triggerId));
    try {
      var decided = evaluate(trigger, batch);
      if (Thread.currentThread().isInterrupted()) {
        release(triggerId, batch.rows());
      } else {
        write(triggerId, batch.rows(), decided);
      }
    } finally {
      batch.rows().forEach(row -> claimed.remove(row.matchId()));
    }
    return true;
  }

  private Claimed claim(String triggerId) {
    var rows = Undecided.next(undecided.lockOldest(triggerId, AT_ONCE), clock.millis());
    if (rows.isEmpty()) {
      return new Claimed(null, rows, Map.of());
    }
    undecided.claim(triggerId, ids(rows), claimEnd());
    var places = new LinkedHashSet<Place>();
    rows.forEach(row -> places.addAll(Place.of(row.signals())));
    var known = new HashMap<Place, Signal>();
    signals
        .find(places)
        .forEach(signal -> known.put(new Place(signal.name(), signal.seqId()), signal));
    return new Claimed(triggers.find(triggerId).orElse(null), rows, known);
  }

  private static List<String> ids(List<Undecided> rows) {
    return rows.stream().map(Undecided::matchId).toList();
  }

  /** The first of them, as many as a turn allows. */
  private List<Match> evaluate(Trigger trigger, Claimed batch) {
    var end = clock.millis() + TURN.toMillis();
    var decided = new ArrayList<Match>();
    for (var row : batch.rows()) {
      var verdict =
          row.begun() < Undecided.TRIES
              ? expressions.verdict(trigger, row.signals(), batch.signals(), row.matchTime())
              : new Verdict.Failed(
                  "expected the evaluation to end, found that it was begun %d times and did not"
                      .formatted(row.begun()));
      if (Thread.currentThread().isInterrupted()) {
        return decided;
      }
      decided.add(Verdicts.match(trigger, row.signals(), verdict, row.matchTime()));
      if (clock.millis() >= end) {
        return decided;
      }
    }
    return decided;
  }

  private void write(String triggerId, List<Undecided> rows, List<Match> decided) {
    var left = rows.subList(decided.size(), rows.size());
    try {
      relay.send(
          keep(() -> {
            undecided.release(triggerId, ids(left));
            var wanted = undecided.take(triggerId, decided.stream().map(Match::id).toList());
            return verdicts.write(
                decided.stream().filter(match -> wanted.contains(match.id())).toList(),
                clock.millis());
          }));
    } catch (RuntimeException e) {
      if (!Transactions.isFaultOfTheWork(e)) {
        throw e;
      }
      if (decided.size() > 1) {
        decided.forEach(one -> writeAlone(triggerId, one));
      } else {
        park(triggerId, decided.getFirst(), e);
      }
      release(triggerId, left);
    }
  }

  /** As often as it takes: that the database is away is not the trigger's fault. */
  private List<OutboxRow> keep(Supplier<List<OutboxRow>> work) {
    while (true) {
      try {
        return transactions.runIdempotent(work);
      } catch (RuntimeException e) {
        if (Transactions.isFaultOfTheWork(e) || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        log.warn("What triggers decided can't be kept, trying again: {}", e.toString());
        pause.run();
      }
    }
  }

  private void writeAlone(String triggerId, Match one) {
    try {
      relay.send(
          keep(() ->
              undecided.take(triggerId, List.of(one.id())).isEmpty()
                  ? List.of()
                  : verdicts.write(List.of(one), clock.millis())));
    } catch (RuntimeException e) {
      if (!Transactions.isFaultOfTheWork(e)) {
        throw e;
      }
      park(triggerId, one, e);
    }
  }

  /** What the expressions came to can't be kept. */
  private void park(String triggerId, Match one, RuntimeException why) {
    log.error("A verdict of a trigger of {} can't be kept", one.workflowId(), why);
    var failed = one.failed("it can't be kept: " + why);
    try {
      park(triggerId, failed, () -> verdicts.write(List.of(failed), clock.millis()));
    } catch (RuntimeException e) {
      if (!Transactions.isFaultOfTheWork(e)) {
        throw e;
      }
      // Not even that there is a match; but nothing may hold up those behind it.
      park(triggerId, failed, () -> verdicts.park(failed, clock.millis()));
    }
  }

  private void park(String triggerId, Match failed, Runnable writing) {
    transactions.runIdempotent(() -> {
      if (!undecided.take(triggerId, List.of(failed.id())).isEmpty()) {
        writing.run();
      }
    });
  }

  /** Others may begin at once; nothing is lost if they can't be told. */
  private void release(String triggerId, List<Undecided> rows) {
    var interrupted = Thread.interrupted();
    try {
      transactions.run(() -> undecided.release(triggerId, ids(rows)));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
