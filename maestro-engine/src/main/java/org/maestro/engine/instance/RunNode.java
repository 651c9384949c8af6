package org.maestro.engine.instance;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore.StoredAttempt;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.start.RestartPolicy;

/**
 * A run with its steps, as far as they were read.
 *
 * @param steps the latest attempt of each step over this run and the ones before it
 */
public record RunNode(StoredRun run, RunPlan plan, Map<String, StoredAttempt> steps) {
  private static final Set<RestartPolicy> FRESH =
      Set.of(
          RestartPolicy.START_FRESH_NEW_RUN,
          RestartPolicy.RESTART_FROM_BEGINNING,
          RestartPolicy.START_CUSTOMIZED_RUN,
          RestartPolicy.RESTART_CUSTOMIZED_RUN);

  /** Of attempts in the order of their runs. */
  public static RunNode of(StoredRun run, RunPlan plan, Collection<StoredAttempt> attempts) {
    var steps = new LinkedHashMap<String, StoredAttempt>();
    for (var attempt : attempts) {
      steps.put(attempt.attempt().stepId(), attempt);
    }
    return new RunNode(run, plan, steps);
  }

  /** Of the run. */
  public RunKey key() {
    return run.key();
  }

  /**
   * A step as it counts for this run: what earlier runs did counts only if this run took it over.
   */
  public @Nullable StepAttempt step(String stepId) {
    var stored = steps.get(stepId);
    if (stored == null
        || (stored.run().runId() != key().runId() && FRESH.contains(run.row().facts().policy()))) {
      return null;
    }
    return stored.attempt();
  }

  /** The live runs that live steps of this run wait for. */
  List<RunKey> liveChildren() {
    return plan.steps().keySet().stream()
        .map(this::step)
        .filter(RunNode::awaitsChild)
        .map(attempt -> RunRecords.child(attempt.artifacts()))
        .toList();
  }

  private static boolean awaitsChild(@Nullable StepAttempt attempt) {
    return attempt != null
        && !attempt.status().isTerminal()
        && RunRecords.child(attempt.artifacts()) != null
        && RunRecords.childRollup(attempt.artifacts()) == null;
  }
}
