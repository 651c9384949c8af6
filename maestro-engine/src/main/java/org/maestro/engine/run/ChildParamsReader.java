package org.maestro.engine.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;

/** Reads parameters of the runs that steps started, from the database. */
public final class ChildParamsReader implements RunUpstream.ChildParams {
  private final RunInspection inspection;
  private final LoopStore loops;

  public ChildParamsReader(RunInspection inspection, LoopStore loops) {
    this.inspection = inspection;
    this.loops = loops;
  }

  @Override
  public @Nullable Object fromSubworkflow(RunKey child, String innerStep, String param) {
    try {
      var attempt = inspection.run(child).latest(innerStep);
      var found = attempt == null || attempt.params() == null ? null : attempt.params().get(param);
      return found == null ? null : found.evaluatedResult();
    } catch (ApiException _) {
      return null; // deleted
    }
  }

  @Override
  public List<@Nullable Object> fromForeach(
      Run run, String foreachStep, String inner, String param) {
    var attempt = run.latest(foreachStep);
    var loop = attempt == null ? null : LoopArtifact.loop(attempt.artifacts());
    if (loop == null) {
      return List.of();
    }
    return loops.ofStep(
        loop.workflowId(),
        inner,
        reached -> {
          var found = StepLoops.paramsOf(reached).get(param);
          return found == null ? null : found.evaluatedResult();
        });
  }
}
