package org.maestro.signal.offer;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.maestro.model.deadletter.DeadLetterKind;
import org.maestro.service.database.Transactions;
import org.maestro.signal.announce.Signal;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.announce.SignalStore.Progress;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.gate.Gates;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.outbox.RowSender;
import org.maestro.signal.trigger.Matcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers signals to triggers and gates: those of one name in their order, each once. How far a name
 * has come moves in the same transaction.
 */
public final class NewSignals {
  private static final Logger log = LoggerFactory.getLogger(NewSignals.class);

  /** How many signals of one name are offered in one transaction. */
  private static final int AT_ONCE = 200;

  /** The same when there are several names. */
  private static final int AT_ONCE_TOGETHER = 20;

  private final SignalStore signals;
  private final Matcher matcher;
  private final Gates gates;
  private final Transactions transactions;
  private final RowSender relay;
  private final DeadLetterStore deadLetters;
  private final InstantSource clock;

  public NewSignals(
      SignalStore signals,
      Matcher matcher,
      Gates gates,
      Transactions transactions,
      RowSender relay,
      DeadLetterStore deadLetters,
      InstantSource clock) {
    this.signals = signals;
    this.matcher = matcher;
    this.gates = gates;
    this.transactions = transactions;
    this.relay = relay;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /**
   * Offers the next signals of a name in the transaction that is running and holds the name's row.
   *
   * @return what is to be sent after the commit
   */
  List<OutboxRow> offerNext(Progress name, int limit) {
    if (!name.isBehind()) {
      return List.of();
    }
    var arrived = signals.after(name.name(), name.matchedSeq(), limit);
    var rows = new ArrayList<OutboxRow>();
    rows.addAll(offer(name.name(), arrived));
    signals.advance(name.name(), name.matchedSeq(), reached(name, arrived, limit));
    return rows;
  }

  /** Signals may have been deleted before they could be offered. */
  private static long reached(Progress name, List<Signal> arrived, int limit) {
    return arrived.size() < limit ? name.lastSeq() : arrived.getLast().seqId();
  }

  private List<OutboxRow> offer(String name, List<Signal> arrived) {
    if (arrived.isEmpty()) {
      return List.of();
    }
    var now = clock.millis();
    var rows = new ArrayList<>(gates.offer(name, arrived, now));
    rows.addAll(matcher.offer(name, arrived, now));
    return rows;
  }

  /**
   * Offers all signals of these names that have not been offered. One that can't be is parked, and
   * those after it are offered.
   */
  void offerAll(Collection<String> names) {
    var left = names.size() > 1 && offerTogether(names) ? signals.behind(names) : names;
    left.forEach(this::offerAll);
  }

  /** Offers some signals of each in one transaction; false if one of them can't be. */
  private boolean offerTogether(Collection<String> names) {
    var rows = new ArrayList<OutboxRow>();
    try {
      transactions.runIdempotent(() -> {
        rows.clear();
        for (var progress : signals.lock(names)) {
          rows.addAll(offerNext(progress, AT_ONCE_TOGETHER));
        }
      });
    } catch (RuntimeException e) {
      if (Transactions.isFaultOfTheWork(e)) {
        return false;
      }
      throw e;
    }
    relay.send(rows);
    return true;
  }

  private void offerAll(String name) {
    var limit = AT_ONCE;
    var behind = true;
    while (behind) {
      try {
        behind = offerSome(name, limit);
        limit = AT_ONCE;
      } catch (RuntimeException e) {
        if (!Transactions.isFaultOfTheWork(e)) {
          throw e;
        }
        if (limit == 1) {
          park(name, e);
        }
        limit = 1;
      }
    }
  }

  /** Whether there may be more. */
  private boolean offerSome(String name, int limit) {
    var rows = new ArrayList<OutboxRow>();
    var more =
        transactions.runIdempotent(() -> {
          rows.clear();
          var progress = signals.lock(List.of(name)).getFirst();
          rows.addAll(offerNext(progress, limit));
          return progress.lastSeq() - progress.matchedSeq() > limit;
        });
    relay.send(rows);
    return more;
  }

  private void park(String name, RuntimeException e) {
    log.error("A signal \"{}\" can't be offered and is parked", name, e);
    transactions.runIdempotent(() -> {
      var progress = signals.lock(List.of(name)).getFirst();
      if (progress.isBehind()) {
        var seq = progress.matchedSeq() + 1;
        deadLetters.insert(letter(name, seq, e.toString()));
        signals.advance(name, progress.matchedSeq(), seq);
      }
    });
  }

  private DeadLetter letter(String name, long seq, String reason) {
    var id = ("signal\n" + name + "\n" + seq + "\n" + clock.millis());
    return new DeadLetter(
        UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString(),
        DeadLetterKind.SIGNAL,
        "signal " + name,
        Long.toString(seq),
        Map.of("name", name),
        new byte[0],
        reason,
        clock.millis());
  }

  /**
   * Offers a signal that was parked, in the transaction that is running.
   *
   * @return what is to be sent after the commit; empty if there is no such signal any more
   */
  public Optional<List<OutboxRow>> offerAgain(String name, long seq) {
    var _ = signals.lock(List.of(name));
    return signals.find(name, seq).map(signal -> offer(name, List.of(signal)));
  }
}
