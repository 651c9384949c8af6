package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
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

  /** The latest attempt of each step in the runs before this one. */
  final Map<String, StepAttempt> earlier;

  /** The passes that its foreach and while steps run now, by step; read when first needed. */
  final Map<String, LoopRow> loops = new LinkedHashMap<>();

  long lastSeq;

  /** Just loaded: its machine has not been built yet. */
  boolean fresh;

  @Nullable RunMachine machine;

  Run(RunRow row, RunPlan plan, InstanceFacts facts, Map<String, StepAttempt> earlier) {
    this.row = row;
    this.plan = plan;
    this.facts = facts;
    this.earlier = earlier;
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

  /** A step as it stands over all runs; null if no run has reached it. */
  @Nullable StepAttempt latest(String stepId) {
    var attempt = attempts.get(stepId);
    return attempt != null ? attempt : earlier.get(stepId);
  }

  /** Each step that any run has reached, as it stands over all runs. */
  Map<String, StepAttempt> latest() {
    if (earlier.isEmpty()) {
      return attempts;
    }
    var latest = new LinkedHashMap<>(earlier);
    latest.putAll(attempts);
    return latest;
  }

  /** The number that stays with a step over all runs of its instance. */
  long seqOf(String stepId) {
    var known = latest(stepId);
    return known != null ? known.seq() : ++lastSeq;
  }
}
