package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.ChildArtifact;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.definition.Step;
import org.maestro.model.document.Limit;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;
import org.maestro.model.start.Initiator;

/** The run that a subworkflow step waits for. */
final class Children {
  /** Ancestors that a run may have, itself included. */
  @Limit("loops and subworkflows in each other")
  static final int MAX_DEPTH = 10;

  private final Run run;
  private final TurnParts parts;
  private final Earlier earlier;
  private final RunChanges changes;

  Children(Run run, TurnParts parts, Earlier earlier, RunChanges changes) {
    this.run = run;
    this.parts = parts;
    this.earlier = earlier;
    this.changes = changes;
  }

  /** Null if it is known already. */
  @Nullable Next started(StepAttempt attempt, RunCommand.ChildStarted started) {
    if (ChildArtifact.child(attempt.artifacts()) != null) {
      return null;
    }
    var child = started.child();
    if (child == null) {
      return Next.reported(
          attempt,
          new StepReport.JobFailed(
              StepReport.Kind.FATAL,
              "Its workflow could not be started: " + started.error(),
              Map.of()));
    }
    var artifacts = ChildArtifact.of(child, started.childUuid(), started.childVersion());
    return Next.reported(
        attempt,
        started.sync()
            ? new StepReport.JobStarted(artifacts)
            : new StepReport.JobCompleted(Map.of(), artifacts));
  }

  Next ended(StepAttempt attempt, RunCommand.ChildEnded ended) {
    var artifacts = attempt.artifacts();
    if (ChildArtifact.child(artifacts) == null) {
      artifacts = ChildArtifact.of(ended.child(), null, 0);
    }
    var as = asStep(ended.status());
    var message =
        as == StepStatus.SUCCEEDED ? "" : "Its run " + ended.child() + " ended " + ended.status();
    return new Next(
        attempt.withArtifacts(
            ChildArtifact.withRollup(artifacts, ended.status().name(), ended.rollup())),
        new StepEvent.ChildEnded(as, message));
  }

  static StepStatus asStep(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> StepStatus.SUCCEEDED;
      case STOPPED -> StepStatus.STOPPED;
      case TIMED_OUT -> StepStatus.TIMED_OUT;
      case CREATED, IN_PROGRESS, PAUSED, FAILED -> StepStatus.FATALLY_FAILED;
    };
  }

  Next launch(StepAttempt attempt) {
    var step = (Step.Subworkflow) run.plan.step(attempt.stepId());
    var facts = run.row.facts();
    var ancestors = new ArrayList<>(facts.initiator().ancestorPath());
    ancestors.add(
        new Initiator.Ancestor(
            run.key().workflowId(),
            run.key().instanceId(),
            run.key().runId(),
            attempt.stepId(),
            attempt.attemptId(),
            step.sync()));
    if (ancestors.size() >= MAX_DEPTH) {
      changes.send(
          refused(
              attempt,
              step,
              "expected fewer than "
                  + MAX_DEPTH
                  + " levels of runs, found "
                  + (ancestors.size() + 1)
                  + "; do the workflows call each other in a circle?"));
      return Next.waiting(attempt);
    }
    var own = attempt.params() == null ? Map.<String, Param>of() : attempt.params();
    var workflowId = String.valueOf(result(own, "subworkflow_id"));
    var version = result(own, "subworkflow_version");
    var previous = earlier.child(attempt);
    changes.then(
        new Effect.StartChild(
            run.key(),
            facts.owner(),
            attempt.stepId(),
            attempt.attemptId(),
            run.row.attempt(attempt.stepId(), attempt.attemptId()).uuid(),
            workflowId,
            version == null ? "active" : String.valueOf(version),
            step.sync(),
            parts.params().forSubworkflow(step, own, facts.params(), run.facts),
            new Initiator.Subworkflow(List.copyOf(ancestors)),
            facts.correlationId(),
            facts.instanceStepConcurrency(),
            previous != null && previous.workflowId().equals(workflowId)
                ? (Long) previous.instanceId()
                : null,
            earlier.childPolicy(attempt),
            earlier.way(attempt)));
    return Next.waiting(attempt);
  }

  private RunCommand.ChildStarted refused(
      StepAttempt attempt, Step.Subworkflow step, String error) {
    return new RunCommand.ChildStarted(
        run.key(), attempt.stepId(), attempt.attemptId(), null, null, 0, step.sync(), error);
  }

  private static @Nullable Object result(Map<String, Param> params, String name) {
    var param = params.get(name);
    return param == null ? null : param.evaluatedResult();
  }
}
