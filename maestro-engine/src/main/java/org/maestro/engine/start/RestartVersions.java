package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.ResolvedVersion;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.store.RunInspection;
import org.maestro.model.param.Param;
import org.maestro.model.start.RestartPolicy;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;

/** Restarts in another version: which one is meant, whether it fits, and what is taken over. */
public final class RestartVersions {
  private final CompiledVersions versions;
  private final RunInspection inspection;

  RestartVersions(CompiledVersions versions, RunInspection inspection) {
    this.versions = versions;
    this.inspection = inspection;
  }

  /**
   * A version of the workflow that a run is of, which is not another one of the same id.
   *
   * @param internalId of the run's workflow
   * @throws ApiException 404 if there is no such version, 409 if the workflow is another one
   */
  ResolvedVersion resolve(String workflowId, long internalId, VersionSelector selector) {
    var found = versions.resolve(workflowId, selector);
    if (found.internalId() != internalId) {
      throw ApiException.conflict(
          "other-workflow",
          "version: workflow \"%s\" was deleted and pushed anew since this instance began; start a new instance"
              .formatted(workflowId));
    }
    return found;
  }

  /**
   * What the next run takes over of the params of the one before, which was of another version.
   *
   * @param given names of params that come with the restart
   * @throws ApiException 422 with every reason why the instance can't go on in the new version
   */
  Map<String, Param> params(
      StartStore.LastRun last,
      long versionId,
      RestartPolicy policy,
      RunFacts.Restart restart,
      Set<String> given) {
    var run = inspection.run(last.key());
    var workflow =
        inspection.workflow(last.key().workflowId(), last.facts().internalId(), versionId);
    var change = new VersionChange(run.plan().workflow(), workflow, versionId);
    var problems =
        new ArrayList<>(
            change.problems(
                run.reached(),
                run.before(new RunPlan(workflow)).toRun(policy, restart),
                policy != RestartPolicy.RESTART_FROM_BEGINNING));
    var kept = change.kept(last.facts().params(), given, problems);
    if (!problems.isEmpty()) {
      throw doesNotFit(
          "run %s can't go on in version %d: %s"
              .formatted(last.key(), versionId, String.join("; ", problems)));
    }
    return kept;
  }

  /** Refuses a version without the step that a restart is to begin with; null for none. */
  static void requireStep(ResolvedVersion next, @Nullable String stepId) {
    if (stepId != null
        && next.workflow().steps().stream().noneMatch(step -> step.id().equals(stepId))) {
      throw doesNotFit(
          "version %d of workflow \"%s\" has no step \"%s\" to restart from; restart from another step, or from the beginning"
              .formatted(next.versionId(), next.workflowId(), stepId));
    }
  }

  private static ApiException doesNotFit(String why) {
    return new ApiException(ProblemKind.UNPROCESSABLE_ENTITY, "version-does-not-fit", why);
  }

  /** The answer to somebody who wants a run that goes on to do so in another version. */
  public static ApiException ofALiveRun(RunInspection.Inspected run) {
    return ApiException.conflict(
        "version-of-a-live-run",
        "version: run %s goes on in version %d, and a version changes between runs only; wait for its end, or stop it"
            .formatted(run.key(), run.row().versionId()));
  }

  static ApiException ofAnIteration(RunKey run) {
    return ApiException.badRequest(
        "version-of-an-iteration",
        "version: iteration %s is restarted alone, and stays in the version of its loop; give upstream_restart_mode RESTART_FROM_INLINE_ROOT to restart its workflow in another one"
            .formatted(run));
  }

  static ApiException belowAnotherRun(RunKey run) {
    return ApiException.badRequest(
        "version-below-another-run",
        "version: run %s was started by the run of another workflow, which a restart would restart, too; give upstream_restart_mode RESTART_FROM_INLINE_ROOT to restart it alone"
            .formatted(run));
  }
}
