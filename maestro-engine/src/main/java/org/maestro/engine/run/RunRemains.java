package org.maestro.engine.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;

/**
 * What columns still say of a run that the engine can't read, or can't go on with, and whatever can
 * be read besides. Enough to end it.
 *
 * @param facts null if they can't be read: then nobody knows whether a step waits for this run
 * @param live the attempts that have not ended
 */
public record RunRemains(
    RunKey key, String uuid, RunStatus status, @Nullable RunFacts facts, List<LiveAttempt> live) {

  /**
   * An attempt that has not ended.
   *
   * @param child the run that it started, as far as that can be read
   */
  public record LiveAttempt(
      String stepId, long attemptId, StepStatus status, @Nullable RunKey child) {}

  /** How the attempts end when the run ends so. */
  public static StepStatus stepsEndAs(RunStatus as) {
    return switch (as) {
      case FAILED -> StepStatus.FATALLY_FAILED;
      case TIMED_OUT -> StepStatus.TIMED_OUT;
      case CREATED, IN_PROGRESS, PAUSED, SUCCEEDED, STOPPED -> StepStatus.STOPPED;
    };
  }

  /** Ends run, attempts, jobs and children, and tells whoever waits for it. */
  public void end(RunCommand.EndRun end, Throwable why, RunChanges changes, long now) {
    changes.giveUp(
        end.as(), end.because() + ". The engine could not read or go on with the run: " + why, now);
    for (var attempt : live) {
      changes.then(
          new Effect.TerminateAnyJob(key.attempt(uuid, attempt.stepId(), attempt.attemptId())));
      changes.then(
          new Effect.ReleasePermits(
              new PermitHolder(
                  key.workflowId(),
                  key.instanceId(),
                  key.runId(),
                  attempt.stepId(),
                  attempt.attemptId())));
      var child = attempt.child();
      if (child != null) {
        changes.send(new RunCommand.EndRun(child, end.as(), end.because(), null));
      }
    }
    if (!InlineWorkflow.isInline(key.workflowId())) {
      changes.then(new Effect.AdmitNext(key, facts == null ? null : facts.backfillId()));
    }
    changes.publish(
        new StatusChange(
            key,
            uuid,
            facts == null ? "" : facts.correlationId(),
            null,
            null,
            null,
            List.of(new StatusChange.Passed(status.name(), end.as().name(), now))));
    // Whoever waits for an iteration is known from its loop.
    if (facts != null && !InlineWorkflow.isInline(key.workflowId())) {
      tellParent(facts, end, changes);
    }
  }

  private void tellParent(RunFacts known, RunCommand.EndRun end, RunChanges changes) {
    var ancestors = known.initiator().ancestorPath();
    if (!ancestors.isEmpty() && !Boolean.FALSE.equals(ancestors.getLast().sync())) {
      var parent = ancestors.getLast();
      changes.send(
          new RunCommand.ChildEnded(
              new RunKey(parent.workflowId(), parent.instanceId(), parent.runId()),
              parent.stepId(),
              parent.stepAttemptId(),
              key,
              end.as(),
              null));
    }
  }
}
