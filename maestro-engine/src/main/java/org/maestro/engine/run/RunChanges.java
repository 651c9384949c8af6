package org.maestro.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.message.SignalRequest;

/**
 * What one turn changed about one run; empty until something did. Part of a {@link Batch}; used by
 * the shard's thread only.
 */
public final class RunChanges {
  private final RunKey key;
  private @Nullable RunRow row;
  private @Nullable Quarantine quarantined;
  private final Map<String, StepAttempt> attempts = new LinkedHashMap<>();
  private final List<RunCommand> messages = new ArrayList<>();
  private final List<StatusChange> events = new ArrayList<>();
  private final List<SignalRequest> signals = new ArrayList<>();
  private final List<AlertEvent> told = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<PermitHolder> asked = new ArrayList<>();
  private final Map<LoopKey, LoopRow> loopsCreated = new LinkedHashMap<>();
  private final Map<LoopKey, LoopRow> loopsChanged = new LinkedHashMap<>();
  private final List<Spawn> spawned = new ArrayList<>();
  private @Nullable IterationFacts created;
  private boolean begunInTurn;
  private final Map<String, Long> sizes = new HashMap<>();
  private long size;

  RunChanges(RunKey key) {
    this.key = key;
  }

  public RunKey key() {
    return key;
  }

  public void row(RunRow changed) {
    row = changed;
  }

  public @Nullable RunRow row() {
    return row;
  }

  /** The run is new: its row is to be inserted, and says this of the iteration that it is. */
  public void created(IterationFacts facts) {
    created = facts;
  }

  /** What a new run's row says; null if the row is there already. */
  public @Nullable IterationFacts created() {
    return created;
  }

  /** The run is new, and stands for itself: its row is to be inserted as it is. */
  public void begunInTurn() {
    begunInTurn = true;
  }

  /** Whether its row, which isn't there yet, is a whole one. */
  public boolean isBegunInTurn() {
    return begunInTurn;
  }

  public void loopCreated(LoopRow loop) {
    loopsCreated.put(loop.key(), loop);
  }

  public void loopChanged(LoopRow loop) {
    if (loopsCreated.containsKey(loop.key())) {
      loopsCreated.put(loop.key(), loop);
    } else {
      loopsChanged.put(loop.key(), loop);
    }
  }

  public Collection<LoopRow> loopsCreated() {
    return loopsCreated.values();
  }

  public Collection<LoopRow> loopsChanged() {
    return loopsChanged.values();
  }

  /** An iteration of a while step that begins in the same turn, on the same shard. */
  public record Spawn(LoopKey loop, RunKey run, IterationFacts facts) {}

  public void spawn(Spawn iteration) {
    spawned.add(iteration);
  }

  /** Hands over what has been spawned since the last call. */
  public List<Spawn> takeSpawned() {
    var taken = List.copyOf(spawned);
    spawned.clear();
    return taken;
  }

  /** Hands over the messages to a shard; they are not sent then. */
  public List<RunCommand> takeMessages(java.util.function.Predicate<RunCommand> which) {
    var taken = messages.stream().filter(which).toList();
    messages.removeIf(which);
    return taken;
  }

  /**
   * What becomes of a run without its row being read.
   *
   * @param as PAUSED, for good, or the status that it ends with
   */
  public record Quarantine(RunKey run, RunStatus as, String reason, long at) {}

  /** The run stands still from now on, unless it is ended already. */
  public void quarantine(String reason, long at) {
    if (quarantined == null || !quarantined.as().isTerminal()) {
      quarantined = new Quarantine(key, RunStatus.PAUSED, reason, at);
    }
  }

  /** The run ends, with its attempts, whatever its row holds. */
  void giveUp(RunStatus as, String reason, long at) {
    quarantined = new Quarantine(key, as, reason, at);
  }

  public @Nullable Quarantine quarantined() {
    return quarantined;
  }

  /**
   * Keeps an attempt as it is now.
   *
   * @param characters about how many of JSON it has
   */
  public void attempt(StepAttempt changed, long characters) {
    var name = changed.stepId() + '/' + changed.attemptId();
    attempts.put(name, changed);
    var before = sizes.put(name, characters);
    size += characters - (before == null ? 0 : before);
  }

  /** About how many characters of JSON the attempts have that changed. */
  long size() {
    return size;
  }

  public Iterable<StepAttempt> attempts() {
    return attempts.values();
  }

  int attemptCount() {
    return attempts.size();
  }

  public void send(RunCommand message) {
    messages.add(message);
  }

  public List<RunCommand> messages() {
    return messages;
  }

  /** Somebody may have to be told of this. */
  public void tell(AlertEvent event) {
    told.add(event);
  }

  public List<AlertEvent> told() {
    return told;
  }

  public void publish(StatusChange event) {
    events.add(event);
  }

  public List<StatusChange> events() {
    return events;
  }

  /** Asks the signal service. */
  public void ask(SignalRequest request) {
    signals.add(request);
  }

  public List<SignalRequest> signals() {
    return signals;
  }

  public void then(Effect effect) {
    effects.add(effect);
  }

  public List<Effect> effects() {
    return effects;
  }

  /** Permits that this turn took or queues for; given back if it can't be committed. */
  public void asked(PermitHolder holder) {
    asked.add(holder);
  }

  public List<PermitHolder> asked() {
    return asked;
  }

  /** Whether the run, its attempts or its loops are kept differently; messages are no change. */
  boolean keepsWork() {
    return row != null || !attempts.isEmpty() || !loopsCreated.isEmpty() || !loopsChanged.isEmpty();
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
