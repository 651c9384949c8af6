package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.conductor.RunMachine;
import org.maestro.engine.step.StepAttempt;
import org.maestro.param.InstanceFacts;

/**
 * A run in memory. Changed by {@link RunWork} only, on its shard's thread; thrown away, never
 * mended, when a turn breaks or its commit fails.
 */
public final class Run {
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

  /** The steps that this run is to execute; worked out when first needed. */
  private @Nullable Set<String> executed;

  /** Just loaded: its machine has not been built yet. */
  boolean fresh;

  @Nullable RunMachine machine;

  Run(RunRow row, RunPlan plan, InstanceFacts facts, RunHistory history) {
    this.row = row;
    this.plan = plan;
    this.facts = facts;
    this.history = history;
    history.reached().values().forEach(a -> lastSeq = Math.max(lastSeq, a.seq()));
  }

  RunKey key() {
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
        plan, new RunHistory.Past(row.facts().policy(), row.facts().restart(), attempts));
  }

  /** The number that stays with a step over all runs of its instance. */
  long seqOf(String stepId) {
    var here = attempts.get(stepId);
    var known = here == null ? history.reached().get(stepId) : here;
    return known != null ? known.seq() : ++lastSeq;
  }
}
