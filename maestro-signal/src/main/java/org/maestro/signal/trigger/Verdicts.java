package org.maestro.signal.trigger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.model.deadletter.DeadLetterKind;
import org.maestro.model.signal.MatchState;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.trigger.TriggerExpressions.Verdict;

/** Writes what became of signals that were consumed together, and what follows, in one go. */
public final class Verdicts {
  private final MatchStore matches;
  private final StartRequests starts;
  private final DeadLetterStore deadLetters;

  public Verdicts(MatchStore matches, StartRequests starts, DeadLetterStore deadLetters) {
    this.matches = matches;
    this.starts = starts;
    this.deadLetters = deadLetters;
  }

  /**
   * Writes new matches, and those that are decided once more, in the transaction that is running.
   *
   * @return what is to be sent after the commit
   */
  List<OutboxRow> write(List<Match> decided, long now) {
    if (decided.isEmpty()) {
      return List.of();
    }
    var states = matches.states(decided.stream().map(Match::id).toList());
    var anew = decided.stream().filter(match -> !states.containsKey(match.id())).toList();
    var again =
        decided.stream()
            .filter(match -> states.get(match.id()) == MatchState.EXPRESSION_FAILED)
            .filter(match -> matches.decide(match, MatchState.EXPRESSION_FAILED))
            .toList();
    matches.insert(anew);
    var written = Stream.concat(anew.stream(), again.stream()).toList();
    written.stream()
        .filter(match -> match.state() == MatchState.EXPRESSION_FAILED)
        .forEach(match -> park(match, now));
    return starts.request(written, now);
  }

  /** Says that a match failed, in the transaction that is running. */
  void park(Match match, long now) {
    deadLetters.insert(
        new DeadLetter(
            match.id(),
            DeadLetterKind.MATCH,
            "signal trigger of " + match.workflowId(),
            match.id(),
            Map.of(),
            match.signals().toString().getBytes(StandardCharsets.UTF_8),
            match.reason() == null ? "" : match.reason(),
            now));
  }

  static Match match(
      Trigger trigger, SortedMap<String, Long> numbers, Verdict verdict, long matchTime) {
    return switch (verdict) {
      case Verdict.Start(var params, var dedup) ->
          new Match(
              Match.idOf(trigger.id(), numbers),
              trigger.id(),
              trigger.workflowId(),
              trigger.uuid(),
              numbers,
              MatchState.REQUESTED,
              Match.requestIdOf(trigger.id(), numbers, dedup),
              params,
              null,
              null,
              matchTime);
      case Verdict.Not() -> without(trigger, numbers, MatchState.CONDITION_FALSE, null, matchTime);
      case Verdict.Failed(var reason) ->
          without(trigger, numbers, MatchState.EXPRESSION_FAILED, reason, matchTime);
    };
  }

  private static Match without(
      Trigger trigger,
      SortedMap<String, Long> numbers,
      MatchState state,
      @Nullable String reason,
      long matchTime) {
    return new Match(
        Match.idOf(trigger.id(), numbers),
        trigger.id(),
        trigger.workflowId(),
        trigger.uuid(),
        numbers,
        state,
        null,
        null,
        null,
        reason,
        matchTime);
  }
}
