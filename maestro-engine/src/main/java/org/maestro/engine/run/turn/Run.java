package org.maestro.engine.run.turn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.conductor.RunMachine;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.LoopRow;
import org.maestro.engine.run.RunHistory;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.param.Param;
import org.maestro.param.InstanceFacts;
import org.maestro.param.JsonLength;

/**
 * A run in memory. Changed by this room only, on its shard's thread; thrown away, never mended,
 * when a turn breaks or its commit fails.
 */
public final class Run {
  /**
   * Characters of JSON that the params and artifacts of all its steps may have together, so that it
   * can be read again with the memory of any node.
   */
  static final long LARGEST = 32_000_000;

  RunRow row;
  final RunPlan plan;
  final InstanceFacts facts;

  /** The latest attempt of each step in this run. */
  final Map<String, StepAttempt> attempts = new LinkedHashMap<>();

  /** What the runs before this one have left. */
  final RunHistory history;

  /** The passes that its foreach and while steps run now, by step; read when first needed. */
  final Map<String, LoopRow> loops = new LinkedHashMap<>();

  long lastSeq;

  /** What the attempts have, by step. */
  private final Map<String, Weight> weights = new HashMap<>();

  /** About how many characters of JSON it has, with what runs before it have left. */
  private long size;

  private record Weight(
      @Nullable Map<String, Param> params, Map<String, Object> artifacts, long characters) {}

  /** The steps that this run is to execute; worked out when first needed. */
  private @Nullable Set<String> executed;

  /** Just loaded: its machine has not been built yet. */
  boolean fresh;

  /** Runs that have begun in this turn. */
  private final Map<RunKey, Run> children = new HashMap<>();

  @Nullable RunMachine machine;

  public Run(RunRow row, RunPlan plan, InstanceFacts facts, RunHistory history) {
    this.row = row;
    this.plan = plan;
    this.facts = facts;
    this.history = history;
    history.reached().values().forEach(a -> lastSeq = Math.max(lastSeq, a.seq()));
    history.reached().values().forEach(a -> size += sizeOf(a));
    if (!InlineWorkflow.isInline(row.key().workflowId())) { // else they are those of its loop
      size += JsonLength.of(row.facts().params());
    }
  }

  /** A run that one of its steps waits for has begun in this turn. */
  public void begun(Run child) {
    children.put(child.key(), child);
  }

  /** A run that one of its steps began in this turn, and nobody else can read; null if none. */
  @Nullable Run begun(RunKey child) {
    return children.get(child);
  }

  /** What has begun can be read by everybody now. */
  public void committed() {
    children.clear();
  }

  /** The run as it is kept. */
  public RunRow row() {
    return row;
  }

  /** About how many characters of JSON it has. */
  public long size() {
    return size;
  }

  /** What it would come to if a step stood so. */
  long sizeWith(StepAttempt attempt) {
    var known = weights.get(attempt.stepId());
    return size - (known == null ? 0 : known.characters()) + sizeOf(attempt);
  }

  /** An attempt as it stands now; returns how much it has. */
  long weigh(StepAttempt attempt) {
    var known = weights.get(attempt.stepId());
    if (known != null
        && isSame(known.params(), attempt.params())
        && isSame(known.artifacts(), attempt.artifacts())) {
      return known.characters();
    }
    var now = new Weight(attempt.params(), attempt.artifacts(), sizeOf(attempt));
    weights.put(attempt.stepId(), now);
    size += now.characters() - (known == null ? 0 : known.characters());
    return now.characters();
  }

  @SuppressWarnings("ReferenceEquality") // the same map has the same length
  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    return one == other;
  }

  private static long sizeOf(StepAttempt attempt) {
    return JsonLength.of(attempt.params()) + JsonLength.of(attempt.artifacts());
  }

  public RunKey key() {
    return row.key();
  }

  RunMachine machine() {
    if (machine == null) {
      throw new IllegalStateException("expected run " + key() + " to have been started");
    }
    return machine;
  }

  /**
   * A step as it stands: in this run, or in one before it if this run has nothing to do with it.
   * Null if this run has yet to reach it.
   */
  @Nullable StepAttempt standing(String stepId) {
    var attempt = attempts.get(stepId);
    if (attempt != null || history.standing().isEmpty()) {
      return attempt;
    }
    if (executed == null) {
      executed = plan.toRun(row.facts().policy(), row.facts().restart(), history.standing());
    }
    return executed.contains(stepId) ? null : history.standing().get(stepId);
  }

  /**
   * The attempt that this run's first attempt of a step goes on from: null if there is none, or if
   * this run starts from scratch.
   */
  @Nullable StepAttempt goesOnFrom(String stepId) {
    return fromScratch() ? null : history.standing().get(stepId);
  }

  /** Whether nothing that earlier runs came to counts in this one. */
  boolean fromScratch() {
    return switch (row.facts().policy()) {
      case START_FRESH_NEW_RUN, RESTART_FROM_BEGINNING, START_CUSTOMIZED_RUN -> true;
      case RESTART_FROM_INCOMPLETE, RESTART_FROM_SPECIFIC, RESTART_CUSTOMIZED_RUN -> false;
    };
  }

  /** What it leaves to a run after it. */
  RunHistory leaves() {
    return history.after(
        plan,
        new RunHistory.Past(
            row.facts().policy(), row.facts().restart(), attempts, row.progress().children()));
  }

  /** The number that stays with a step over all runs of its instance. */
  long seqOf(String stepId) {
    var here = attempts.get(stepId);
    var known = here == null ? history.reached().get(stepId) : here;
    return known != null ? known.seq() : ++lastSeq;
  }
}
