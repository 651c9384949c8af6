package org.maestro.engine.run.turn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.ChildArtifact;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.SignalArtifact;
import org.maestro.engine.step.StepAttempt;
import org.maestro.param.Upstream;

/** The steps of a run in memory, as expressions see them. */
public final class RunUpstream implements Upstream {
  private final Run run;
  private final @Nullable StepAttempt own;
  private final ChildParams children;

  /**
   * @param own the attempt whose expressions are evaluated; null if none is
   */
  RunUpstream(Run run, @Nullable StepAttempt own, ChildParams children) {
    this.run = run;
    this.own = own;
    this.children = children;
  }

  /** Reads what lies outside the run: the runs that its steps started. */
  public interface ChildParams {
    @Nullable Object fromSubworkflow(RunKey child, String innerStep, String param);

    List<@Nullable Object> fromForeach(Run run, String foreachStep, String inner, String param);
  }

  @Override
  public @Nullable StepView step(String stepId) {
    var attempt = run.standing(stepId);
    return attempt == null
        ? null
        : new StepView(
            attempt.status(),
            attempt.times().end(),
            attempt.params() == null ? Map.of() : attempt.params());
  }

  @Override
  public List<@Nullable Object> fromForeach(String foreachStep, String innerStep, String param) {
    return children.fromForeach(run, foreachStep, innerStep, param);
  }

  @Override
  public @Nullable Object fromSubworkflow(String subworkflowStep, String innerStep, String param) {
    var attempt = run.standing(subworkflowStep);
    var child = attempt == null ? null : ChildArtifact.child(attempt.artifacts());
    if (child == null) {
      return null;
    }
    var begun = run.begun(child);
    return begun == null
        ? children.fromSubworkflow(child, innerStep, param)
        : ofBegun(begun, innerStep, param);
  }

  private static @Nullable Object ofBegun(Run child, String innerStep, String param) {
    var attempt = child.standing(innerStep);
    var found = attempt == null || attempt.params() == null ? null : attempt.params().get(param);
    return found == null ? null : found.evaluatedResult();
  }

  @Override
  public @Nullable Object fromSignalDependency(int index, String param) {
    if (own == null) {
      return null;
    }
    var dependencies = SignalArtifact.dependencies(own.artifacts());
    return index < 0 || index >= dependencies.size()
        ? null
        : dependencies.get(index).params().get(param);
  }
}
