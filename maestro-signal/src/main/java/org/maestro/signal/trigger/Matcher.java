package org.maestro.signal.trigger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.signal.announce.FlowStore;
import org.maestro.signal.announce.Signal;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.announce.SignalStore.Place;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.match.Conditions;
import org.maestro.signal.match.JoinKey;
import org.maestro.signal.match.Queues;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.trigger.QueueStore.QueueKey;
import org.maestro.signal.trigger.QueueStore.Waiting;
import org.maestro.signal.trigger.TriggerExpressions.Verdict;
import org.maestro.signal.trigger.TriggerStore.Subscribed;

/**
 * Offers new signals to the triggers that want their name. What a trigger consumes, what its
 * expressions say about it and the request to start are one transaction, the caller's, which holds
 * the name's row: so every signal is offered once, and expressions are evaluated once.
 */
public final class Matcher {
  private static final SignalTrigger.Entry NOTHING_ASKED =
      new SignalTrigger.Entry(Map.of(), List.of());

  private final TriggerStore triggers;
  private final QueueStore queues;
  private final MatchStore matches;
  private final SignalStore signals;
  private final TriggerExpressions expressions;
  private final StartRequests starts;
  private final DeadLetterStore deadLetters;
  private final FlowStore flows;

  public Matcher(
      TriggerStore triggers,
      QueueStore queues,
      MatchStore matches,
      SignalStore signals,
      TriggerExpressions expressions,
      StartRequests starts,
      DeadLetterStore deadLetters,
      FlowStore flows) {
    this.triggers = triggers;
    this.queues = queues;
    this.matches = matches;
    this.signals = signals;
    this.expressions = expressions;
    this.starts = starts;
    this.deadLetters = deadLetters;
    this.flows = flows;
  }

  /** The signals that a trigger consumes together. */
  private record Complete(Trigger trigger, SortedMap<String, Long> signals) {}

  /**
   * Offers signals of one name, in their order.
   *
   * @return what is to be sent after the commit
   */
  public List<OutboxRow> offer(String name, List<Signal> arrived, long now) {
    var complete = new ArrayList<Complete>();
    var waiting = new ArrayList<Waiting>();
    var joining = new HashMap<String, Trigger>();
    for (var subscribed : triggers.subscribed(name)) {
      var trigger = subscribed.trigger();
      for (var signal : arrived) {
        if (!wants(subscribed, signal)) {
          continue;
        }
        if (trigger.definition().definitions().size() == 1) {
          complete.add(new Complete(trigger, new TreeMap<>(Map.of(name, signal.seqId()))));
        } else {
          joinKey(trigger, signal)
              .ifPresent(key -> {
                joining.put(trigger.id(), trigger);
                waiting.add(new Waiting(new QueueKey(trigger.id(), key), name, signal.seqId()));
              });
        }
      }
    }
    if (!waiting.isEmpty()) {
      complete.addAll(join(joining, waiting));
    }
    return consume(complete, arrived, now);
  }

  private static boolean wants(Subscribed subscribed, Signal signal) {
    return signal.seqId() > subscribed.fromSeq()
        && entry(subscribed.trigger(), signal).matchParams().entrySet().stream()
            .allMatch(match ->
                Conditions.holds(
                    match.getValue().operator(),
                    signal.params().get(match.getKey()),
                    match.getValue().value()))
        && joinKey(subscribed.trigger(), signal).isPresent();
  }

  private static Optional<String> joinKey(Trigger trigger, Signal signal) {
    return JoinKey.of(entry(trigger, signal).joinKeys(), signal.params());
  }

  private static SignalTrigger.Entry entry(Trigger trigger, Signal signal) {
    return trigger.definition().definitions().getOrDefault(signal.name(), NOTHING_ASKED);
  }

  /** Queues signals, and takes out what goes together. */
  private List<Complete> join(Map<String, Trigger> joining, List<Waiting> arrived) {
    var keys = new LinkedHashSet<>(arrived.stream().map(Waiting::key).sorted().toList());
    queues.lock(keys);
    queues.add(arrived);
    var queued = new TreeMap<QueueKey, Map<String, List<Long>>>();
    for (var row : queues.read(keys)) {
      queued
          .computeIfAbsent(row.key(), _ -> new HashMap<>())
          .computeIfAbsent(row.name(), _ -> new ArrayList<>())
          .add(row.seq());
    }
    var complete = new ArrayList<Complete>();
    var consumed = new ArrayList<Waiting>();
    var emptied = new ArrayList<QueueKey>();
    queued.forEach((key, byName) -> {
      var trigger = joining.get(key.triggerId());
      if (trigger == null) {
        throw new IllegalStateException("a queue of a trigger that was not asked for");
      }
      var found = Queues.complete(trigger.definition().definitions().keySet(), byName);
      for (var match : found) {
        complete.add(new Complete(trigger, match));
        match.forEach((name, seq) -> consumed.add(new Waiting(key, name, seq)));
      }
      if (byName.values().stream().allMatch(numbers -> numbers.size() == found.size())) {
        emptied.add(key);
      }
    });
    queues.remove(consumed);
    queues.forget(emptied);
    return complete;
  }

  // ------------------------------------------------------------------ what comes of it

  private List<OutboxRow> consume(List<Complete> complete, List<Signal> arrived, long now) {
    var known = new HashMap<Place, Signal>();
    arrived.forEach(signal -> known.put(new Place(signal.name(), signal.seqId()), signal));
    var missing = new LinkedHashSet<Place>();
    for (var one : complete) {
      missing.addAll(places(one.signals()));
    }
    missing.removeAll(known.keySet());
    signals
        .find(missing)
        .forEach(signal -> known.put(new Place(signal.name(), signal.seqId()), signal));
    var decided = complete.stream().map(one -> decide(one, known, now)).toList();
    matches.insert(decided);
    flows.add(decided.stream().flatMap(Matcher::flows).toList());
    decided.forEach(match -> parkIfFailed(match, now));
    return starts.request(decided, now);
  }

  private static Stream<FlowStore.Flow> flows(Match match) {
    return match.signals().keySet().stream()
        .map(name -> new FlowStore.Flow(match.workflowId(), FlowStore.Kind.TRIGGERED, name));
  }

  private static Set<Place> places(SortedMap<String, Long> signals) {
    var places = new LinkedHashSet<Place>();
    signals.forEach((name, seq) -> places.add(new Place(name, seq)));
    return places;
  }

  private Match decide(Complete complete, Map<Place, Signal> known, long now) {
    var matched = new TreeMap<String, Signal>();
    for (var place : places(complete.signals())) {
      var signal = known.get(place);
      if (signal != null) {
        matched.put(place.name(), signal);
      }
    }
    var verdict =
        matched.size() < complete.signals().size()
            ? new Verdict.Failed("a signal was deleted before its trigger could consume it")
            : expressions.evaluate(complete.trigger(), matched, now);
    return match(complete.trigger(), complete.signals(), verdict, now);
  }

  private static Match match(
      Trigger trigger, SortedMap<String, Long> numbers, Verdict verdict, long now) {
    var id = Match.idOf(trigger.id(), numbers);
    return switch (verdict) {
      case Verdict.Start(var params, var dedup) ->
          new Match(
              id,
              trigger.id(),
              trigger.workflowId(),
              trigger.uuid(),
              numbers,
              Match.State.REQUESTED,
              Match.requestIdOf(trigger.id(), numbers, dedup),
              params,
              null,
              null,
              now);
      case Verdict.Not() -> without(trigger, numbers, id, Match.State.CONDITION_FALSE, null, now);
      case Verdict.Failed(var reason) ->
          without(trigger, numbers, id, Match.State.EXPRESSION_FAILED, reason, now);
    };
  }

  private static Match without(
      Trigger trigger,
      SortedMap<String, Long> numbers,
      String id,
      Match.State state,
      @Nullable String reason,
      long now) {
    return new Match(
        id,
        trigger.id(),
        trigger.workflowId(),
        trigger.uuid(),
        numbers,
        state,
        null,
        null,
        null,
        reason,
        now);
  }

  private void parkIfFailed(Match match, long now) {
    if (match.state() == Match.State.EXPRESSION_FAILED) {
      deadLetters.insert(
          new DeadLetter(
              match.id(),
              DeadLetter.Kind.MATCH,
              "signal trigger of " + match.workflowId(),
              match.id(),
              Map.of(),
              match.signals().toString().getBytes(StandardCharsets.UTF_8),
              match.reason() == null ? "" : match.reason(),
              now));
    }
  }

  /**
   * Decides once more about a match whose expressions failed.
   *
   * @return what is to be sent after the commit; empty if the match or its trigger is gone
   */
  public Optional<List<OutboxRow>> decideAgain(String matchId, long now) {
    var failed = matches.find(matchId).orElse(null);
    var trigger = failed == null ? null : triggers.find(failed.triggerId()).orElse(null);
    if (failed == null || trigger == null || failed.state() != Match.State.EXPRESSION_FAILED) {
      return Optional.empty();
    }
    var known = new HashMap<Place, Signal>();
    signals
        .find(places(failed.signals()))
        .forEach(signal -> known.put(new Place(signal.name(), signal.seqId()), signal));
    var decided = decide(new Complete(trigger, failed.signals()), known, now);
    if (!matches.decide(decided, Match.State.EXPRESSION_FAILED)) {
      return Optional.empty();
    }
    parkIfFailed(decided, now);
    return Optional.of(starts.request(List.of(decided), now));
  }
}
