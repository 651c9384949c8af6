package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.start.RestartPolicy;

/**
 * What the runs before a run have left. A step that a run was to execute and did not reach has no
 * result any more, whatever it had come to before that run.
 *
 * @param standing the attempt by which each step stands; none for steps without a result
 * @param reached the latest attempt of each step that any run has reached: who it is, not what it
 *     came to
 * @param children the latest run that each subworkflow step started, whichever attempt that was
 */
public record RunHistory(
    Map<String, StepAttempt> standing,
    Map<String, StepAttempt> reached,
    Map<String, RunKey> children) {
  public static final RunHistory NONE = new RunHistory(Map.of(), Map.of(), Map.of());

  /**
   * One of the runs, oldest first.
   *
   * @param attempts the latest attempt of each step in it
   * @param children the latest runs that attempts before those started
   */
  public record Past(
      RestartPolicy policy,
      RunFacts.@Nullable Restart restart,
      Map<String, StepAttempt> attempts,
      Map<String, RunKey> children) {}

  public static RunHistory of(RunPlan plan, List<Past> runs) {
    var history = NONE;
    for (var run : runs) {
      history = history.after(plan, run);
    }
    return history;
  }

  /** What is left after one more run. */
  public RunHistory after(RunPlan plan, Past run) {
    var all = new LinkedHashMap<>(reached);
    all.putAll(run.attempts());
    var still = new LinkedHashMap<>(standing);
    if (!still.isEmpty()) {
      still.keySet().removeAll(plan.toRun(run.policy(), run.restart(), standing));
    }
    still.putAll(run.attempts());
    var started = new LinkedHashMap<>(children);
    started.putAll(run.children());
    run.attempts()
        .forEach((stepId, attempt) -> {
          var child = ChildArtifact.child(attempt.artifacts());
          if (child != null) {
            started.put(stepId, child);
          }
        });
    return new RunHistory(still, all, started);
  }
}
