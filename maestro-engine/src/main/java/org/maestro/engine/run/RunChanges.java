package org.maestro.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.message.SignalRequest;

/**
 * What one turn changed about one run; empty until something did. Part of a {@link Batch}; used by
 * the shard's thread only.
 */
final class RunChanges {
  private final RunKey key;
  private @Nullable RunRow row;
  private @Nullable Quarantine quarantined;
  private final Map<String, StepAttempt> attempts = new LinkedHashMap<>();
  private final List<RunCommand> messages = new ArrayList<>();
  private final List<StatusChange> events = new ArrayList<>();
  private final List<SignalRequest> signals = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<PermitHolder> asked = new ArrayList<>();
  private final Map<LoopKey, LoopRow> loopsCreated = new LinkedHashMap<>();
  private final Map<LoopKey, LoopRow> loopsChanged = new LinkedHashMap<>();
  private final List<Spawn> spawned = new ArrayList<>();
  private @Nullable IterationFacts created;
  private final Map<String, Long> sizes = new HashMap<>();
  private long size;

  RunChanges(RunKey key) {
    this.key = key;
  }

  RunKey key() {
    return key;
  }

  void row(RunRow changed) {
    row = changed;
  }

  @Nullable RunRow row() {
    return row;
  }

  /** The run is new: its row is to be inserted, and says this of the iteration that it is. */
  void created(IterationFacts facts) {
    created = facts;
  }

  /** What a new run's row says; null if the row is there already. */
  @Nullable IterationFacts created() {
    return created;
  }

  void loopCreated(LoopRow loop) {
    loopsCreated.put(loop.key(), loop);
  }

  void loopChanged(LoopRow loop) {
    if (loopsCreated.containsKey(loop.key())) {
      loopsCreated.put(loop.key(), loop);
    } else {
      loopsChanged.put(loop.key(), loop);
    }
  }

  Collection<LoopRow> loopsCreated() {
    return loopsCreated.values();
  }

  Collection<LoopRow> loopsChanged() {
    return loopsChanged.values();
  }

  /** An iteration of a while step that begins in the same turn, on the same shard. */
  record Spawn(LoopKey loop, RunKey run, IterationFacts facts) {}

  void spawn(Spawn iteration) {
    spawned.add(iteration);
  }

  /** Hands over what has been spawned since the last call. */
  List<Spawn> takeSpawned() {
    var taken = List.copyOf(spawned);
    spawned.clear();
    return taken;
  }

  /** Hands over the messages to a shard; they are not sent then. */
  List<RunCommand> takeMessages(java.util.function.Predicate<RunCommand> which) {
    var taken = messages.stream().filter(which).toList();
    messages.removeIf(which);
    return taken;
  }

  /**
   * What becomes of a run without its row being read.
   *
   * @param as PAUSED, for good, or the status that it ends with
   */
  record Quarantine(RunKey run, RunStatus as, String reason, long at) {}

  /** The run stands still from now on, unless it is ended already. */
  void quarantine(String reason, long at) {
    if (quarantined == null || !quarantined.as().isTerminal()) {
      quarantined = new Quarantine(key, RunStatus.PAUSED, reason, at);
    }
  }

  /** The run ends, with its attempts, whatever its row holds. */
  void giveUp(RunStatus as, String reason, long at) {
    quarantined = new Quarantine(key, as, reason, at);
  }

  @Nullable Quarantine quarantined() {
    return quarantined;
  }

  /**
   * @param characters about how many of JSON it has
   */
  void attempt(StepAttempt changed, long characters) {
    var name = changed.stepId() + '/' + changed.attemptId();
    attempts.put(name, changed);
    var before = sizes.put(name, characters);
    size += characters - (before == null ? 0 : before);
  }

  /** About how many characters of JSON the attempts have that changed. */
  long size() {
    return size;
  }

  Iterable<StepAttempt> attempts() {
    return attempts.values();
  }

  int attemptCount() {
    return attempts.size();
  }

  void send(RunCommand message) {
    messages.add(message);
  }

  List<RunCommand> messages() {
    return messages;
  }

  void publish(StatusChange event) {
    events.add(event);
  }

  List<StatusChange> events() {
    return events;
  }

  /** Asks the signal service. */
  void ask(SignalRequest request) {
    signals.add(request);
  }

  List<SignalRequest> signals() {
    return signals;
  }

  void then(Effect effect) {
    effects.add(effect);
  }

  List<Effect> effects() {
    return effects;
  }

  /** Permits that this turn took or queues for; given back if it can't be committed. */
  void asked(PermitHolder holder) {
    asked.add(holder);
  }

  List<PermitHolder> asked() {
    return asked;
  }

  boolean isEmpty() {
    return row == null
        && quarantined == null
        && attempts.isEmpty()
        && loopsCreated.isEmpty()
        && loopsChanged.isEmpty()
        && messages.isEmpty()
        && signals.isEmpty()
        && effects.isEmpty();
  }
}
