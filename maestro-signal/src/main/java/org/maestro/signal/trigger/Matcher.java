package org.maestro.signal.trigger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.model.signal.MatchState;
import org.maestro.signal.announce.FlowStore;
import org.maestro.signal.announce.Signal;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.announce.SignalStore.Place;
import org.maestro.signal.match.Conditions;
import org.maestro.signal.match.JoinKey;
import org.maestro.signal.match.Queues;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.trigger.QueueStore.QueueKey;
import org.maestro.signal.trigger.QueueStore.Waiting;
import org.maestro.signal.trigger.TriggerStore.Subscribed;

/**
 * Offers new signals to the triggers that want their name, in the caller's transaction, which holds
 * the name's row: so every signal is offered once. A trigger without expressions asks for its start
 * in the same transaction. For the others what they consumed is written, and {@link Decisions} asks
 * their expressions afterwards: nobody waits for those behind a lock.
 */
public final class Matcher {
  private static final SignalTrigger.Entry NOTHING_ASKED =
      new SignalTrigger.Entry(Map.of(), List.of());

  private final TriggerStore triggers;
  private final QueueStore queues;
  private final MatchStore matches;
  private final SignalStore signals;
  private final TriggerExpressions expressions;
  private final Verdicts verdicts;
  private final Decisions decisions;
  private final FlowStore flows;

  public Matcher(
      TriggerStore triggers,
      QueueStore queues,
      MatchStore matches,
      SignalStore signals,
      TriggerExpressions expressions,
      Verdicts verdicts,
      Decisions decisions,
      FlowStore flows) {
    this.triggers = triggers;
    this.queues = queues;
    this.matches = matches;
    this.signals = signals;
    this.expressions = expressions;
    this.verdicts = verdicts;
    this.decisions = decisions;
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
        && subscribed.announcers().include(signal)
        && meets(subscribed.trigger(), signal);
  }

  private static boolean meets(Trigger trigger, Signal signal) {
    return entry(trigger, signal).matchParams().entrySet().stream()
            .allMatch(match ->
                Conditions.holds(
                    match.getValue().operator(),
                    signal.params().get(match.getKey()),
                    match.getValue().value()))
        && joinKey(trigger, signal).isPresent();
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
    flows.add(complete.stream().flatMap(Matcher::flows).toList());
    var undecided =
        complete.stream()
            .filter(one -> TriggerExpressions.hasAny(one.trigger()))
            .map(one -> Undecided.of(one.trigger(), one.signals(), now))
            .toList();
    decisions.later(undecided);
    var plain = complete.stream().filter(one -> !TriggerExpressions.hasAny(one.trigger())).toList();
    var known = signals(plain, arrived);
    return verdicts.write(
        plain.stream()
            .map(one ->
                Verdicts.match(
                    one.trigger(),
                    one.signals(),
                    expressions.verdict(one.trigger(), one.signals(), known, now),
                    now))
            .toList(),
        now);
  }

  /** Those that have just arrived and those that have waited for them. */
  private Map<Place, Signal> signals(List<Complete> complete, List<Signal> arrived) {
    var known = new HashMap<Place, Signal>();
    arrived.forEach(signal -> known.put(new Place(signal.name(), signal.seqId()), signal));
    var missing = new LinkedHashSet<Place>();
    complete.forEach(one -> missing.addAll(Place.of(one.signals())));
    missing.removeAll(known.keySet());
    signals
        .find(missing)
        .forEach(signal -> known.put(new Place(signal.name(), signal.seqId()), signal));
    return known;
  }

  private static Stream<FlowStore.Flow> flows(Complete complete) {
    var workflowId = complete.trigger().workflowId();
    return complete.signals().keySet().stream()
        .map(name -> new FlowStore.Flow(workflowId, FlowStore.Kind.TRIGGERED, name));
  }

  /**
   * Has a match decided once more whose expressions failed, after the commit: by its trigger, or by
   * the one that its workflow has in its place now.
   *
   * @return false if the match is gone, or no trigger or several are in the place of its own
   */
  public boolean decideAgain(String matchId) {
    var failed = matches.find(matchId).orElse(null);
    if (failed == null || failed.state() != MatchState.EXPRESSION_FAILED) {
      return false;
    }
    var trigger = triggers.find(failed.triggerId()).or(() -> mended(failed));
    trigger.ifPresent(present ->
        decisions.later(List.of(Undecided.of(present, failed.signals(), failed.matchTime()))));
    return trigger.isPresent();
  }

  /** The one trigger of the workflow that would have consumed the same signals. */
  private Optional<Trigger> mended(Match failed) {
    var consumed = signals.find(Place.of(failed.signals()));
    var found =
        triggers.ofWorkflow(failed.workflowId()).stream()
            .filter(trigger ->
                trigger.definition().definitions().keySet().equals(failed.signals().keySet()))
            .filter(trigger -> consumed.stream().allMatch(signal -> meets(trigger, signal)))
            .filter(trigger ->
                consumed.stream().map(signal -> joinKey(trigger, signal)).distinct().count() <= 1)
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
