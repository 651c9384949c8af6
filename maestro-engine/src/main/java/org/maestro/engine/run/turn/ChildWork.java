package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.run.ChildArtifact;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;

/** The run that a subworkflow step waits for. */
final class ChildWork {
  /** Ancestors that a run may have, itself included. */
  static final int MAX_DEPTH = 10;

  private final RunWork work;
  private final Run run;
  private final RunAdvancer.Parts parts;
  private final RunChanges changes;

  ChildWork(RunWork work) {
    this.work = work;
    run = work.run;
    parts = work.parts;
    changes = work.changes;
  }

  void childStarted(RunCommand.ChildStarted started) {
    var attempt = run.attempts.get(started.stepId());
    if (attempt == null
        || attempt.attemptId() != started.attemptId()
        || ChildArtifact.child(attempt.artifacts()) != null) {
      return;
    }
    var child = started.child();
    if (child == null) {
      work.steps.report(
          started.stepId(),
          started.attemptId(),
          new StepReport.JobFailed(
              StepReport.Kind.FATAL,
              "Its workflow could not be started: " + started.error(),
              Map.of()));
      return;
    }
    var artifacts = ChildArtifact.of(child, started.childUuid(), started.childVersion());
    work.steps.report(
        started.stepId(),
        started.attemptId(),
        started.sync()
            ? new StepReport.JobStarted(artifacts)
            : new StepReport.JobCompleted(Map.of(), artifacts));
  }

  void childEnded(RunCommand.ChildEnded ended) {
    var attempt = run.attempts.get(ended.stepId());
    if (attempt == null || attempt.attemptId() != ended.attemptId()) {
      return;
    }
    if (attempt.state() instanceof StepState.Finished) {
      return;
    }
    if (run.plan.step(ended.stepId()).stepType() == StepType.WHILE) {
      work.loops.iterationEnded(attempt, ended);
      return;
    }
    var artifacts = attempt.artifacts();
    if (ChildArtifact.child(artifacts) == null) {
      artifacts = ChildArtifact.of(ended.child(), null, 0);
    }
    attempt =
        attempt.withArtifacts(
            ChildArtifact.withRollup(artifacts, ended.status().name(), ended.rollup()));
    var as = asStep(ended.status());
    var message =
        as == StepStatus.SUCCEEDED ? "" : "Its run " + ended.child() + " ended " + ended.status();
    work.steps.apply(attempt, work.steps.decide(attempt, new StepEvent.ChildEnded(as, message)));
  }

  static StepStatus asStep(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> StepStatus.SUCCEEDED;
      case STOPPED -> StepStatus.STOPPED;
      case TIMED_OUT -> StepStatus.TIMED_OUT;
      case CREATED, IN_PROGRESS, PAUSED, FAILED -> StepStatus.FATALLY_FAILED;
    };
  }

  void launchChild(StepAttempt attempt) {
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
      return;
    }
    var own = attempt.params() == null ? Map.<String, Param>of() : attempt.params();
    var workflowId = String.valueOf(result(own, "subworkflow_id"));
    var version = result(own, "subworkflow_version");
    var previous = childBefore(attempt);
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
            childPolicy(attempt),
            way(attempt)));
  }

  /** The run that the latest of earlier attempts to start one started; null if none did. */
  private @Nullable RunKey childBefore(StepAttempt attempt) {
    var again = run.row.progress().ways().get(attempt.stepId());
    if (again != null && again.child() != null && again.attemptId() <= attempt.attemptId()) {
      return again.child();
    }
    return run.history.children().get(attempt.stepId());
  }

  private RestartPolicy childPolicy(StepAttempt attempt) {
    var way = way(attempt);
    if (!way.isEmpty()) {
      return way.getFirst().policy();
    }
    return goesOn(attempt) && !isDone(attempt)
        ? RestartPolicy.RESTART_FROM_INCOMPLETE
        : RestartPolicy.RESTART_FROM_BEGINNING;
  }

  /** Whether the step had succeeded before this run: then it starts from scratch. */
  boolean isDone(StepAttempt attempt) {
    var before = run.goesOnFrom(attempt.stepId());
    return attempt.attemptId() == 1 && before != null && before.status() == StepStatus.SUCCEEDED;
  }

  /** Whether what earlier attempts of the step have come to counts for this one. */
  boolean goesOn(StepAttempt attempt) {
    return attempt.attemptId() > 1 || run.goesOnFrom(attempt.stepId()) != null;
  }

  /** The nodes below this attempt that a restart is on its way to. */
  List<RestartNode> way(StepAttempt attempt) {
    var again = run.row.progress().ways().get(attempt.stepId());
    if (again != null && again.attemptId() == attempt.attemptId()) {
      return again.nodes();
    }
    var restart = run.row.facts().restart();
    return restart != null && attempt.attemptId() == 1 && attempt.stepId().equals(restart.stepId())
        ? restart.path()
        : List.of();
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
