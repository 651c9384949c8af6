package org.maestro.engine.run.turn;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.ChildArtifact;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.LoopArtifact;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.model.definition.StepType;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;

/**
 * What runs a step: launches it, finds it again after a take-over, ends it, and lets its permits
 * go.
 */
final class JobWork {
  /** How long whoever has been told to end is waited for before it is told again. */
  private static final long TELL_AGAIN_MILLIS = 10_000;

  private final RunWork work;
  private final Run run;
  private final RunAdvancer.Parts parts;
  private final RunChanges changes;

  JobWork(RunWork work) {
    this.work = work;
    run = work.run;
    parts = work.parts;
    changes = work.changes;
  }

  void recoverAttempt(StepAttempt attempt) {
    switch (attempt.state()) {
      case StepState.Paused _, StepState.Finished _ -> {}
      // Whoever has not been told yet what it waits for is told by the outbox.
      case StepState.AwaitingSignals _ -> {}
      case StepState.AwaitingPermits _ -> {
        if (parts
            .permits()
            .acquire(work.steps.holderOf(attempt), work.steps.limitsOf(attempt.stepId()))) {
          changes.asked(work.steps.holderOf(attempt));
          work.steps.event(attempt.stepId(), attempt.attemptId(), new StepEvent.PermitsGranted());
        }
      }
      case StepState.Starting starting -> {
        restorePermits(attempt);
        wake(attempt, starting.timeoutAt());
        reattach(attempt, false);
      }
      case StepState.Running running -> {
        restorePermits(attempt);
        wake(attempt, running.doneAt() == null ? running.timeoutAt() : running.wakeAt());
        reattach(attempt, false);
      }
      case StepState.Ending _ -> {
        restorePermits(attempt);
        reattach(attempt, true);
      }
      case StepState.AwaitingRetry waiting -> wake(attempt, waiting.at());
    }
  }

  private void restorePermits(StepAttempt attempt) {
    parts.permits().restore(work.steps.holderOf(attempt), work.steps.limitsOf(attempt.stepId()));
  }

  private void reattach(StepAttempt attempt, boolean terminate) {
    var type = run.plan.step(attempt.stepId()).stepType();
    var child = ChildArtifact.child(attempt.artifacts());
    if (type == StepType.SUBWORKFLOW) {
      if (child == null) {
        work.children.launchChild(attempt);
      } else {
        if (terminate) {
          terminate(attempt);
        }
        changes.then(
            new Effect.CheckChild(run.key(), attempt.stepId(), attempt.attemptId(), child));
      }
    } else if (type == StepType.FOREACH) {
      // Its chunks are looked at by the owners of their own shards.
      if (LoopArtifact.loop(attempt.artifacts()) == null) {
        work.loops.launchForeach(attempt);
      } else if (terminate) {
        terminate(attempt);
      }
    } else if (type == StepType.WHILE) {
      work.loops.reattachWhile(attempt, terminate);
    } else if (type != StepType.SLEEP && type != StepType.NOOP) {
      changes.then(new Effect.AttachJob(launchOf(attempt), terminate));
    }
  }

  void release(StepAttempt attempt) {
    if (!attempt.permits().isEmpty()) {
      changes.then(new Effect.ReleasePermits(work.steps.holderOf(attempt)));
    }
  }

  void wake(StepAttempt attempt, @Nullable Long at) {
    if (at != null) {
      changes.then(new Effect.WakeStep(run.key(), attempt.stepId(), attempt.attemptId(), at));
    }
  }

  void launch(StepAttempt attempt) {
    switch (run.plan.step(attempt.stepId()).stepType()) {
      case SUBWORKFLOW -> work.children.launchChild(attempt);
      case FOREACH -> work.loops.launchForeach(attempt);
      case WHILE -> work.loops.launchWhile(attempt);
      case NOOP,
          SLEEP,
          HTTP,
          SHELL,
          PYTHON,
          JAR,
          DOCKER,
          KUBERNETES,
          NOTEBOOK,
          TITUS,
          SQL,
          SPARK,
          TEMPLATE ->
          changes.then(new Effect.LaunchJob(launchOf(attempt)));
    }
  }

  private Launch launchOf(StepAttempt attempt) {
    var values = new LinkedHashMap<String, Object>();
    if (attempt.params() != null) {
      attempt
          .params()
          .forEach((name, param) -> {
            if (param.evaluatedResult() != null) {
              values.put(name, param.evaluatedResult());
            }
          });
    }
    return new Launch(
        run.row.attempt(attempt.stepId(), attempt.attemptId()),
        run.plan.step(attempt.stepId()).stepType(),
        run.row.facts().owner(),
        values,
        null);
  }

  void terminate(StepAttempt attempt) {
    var type = run.plan.step(attempt.stepId()).stepType();
    if (type != StepType.SUBWORKFLOW && type != StepType.FOREACH && type != StepType.WHILE) {
      changes.then(
          new Effect.TerminateJob(type, run.row.attempt(attempt.stepId(), attempt.attemptId())));
      return;
    }
    if (!(attempt.state() instanceof StepState.Ending ending)) {
      return;
    }
    var as =
        ending.as() == StepStatus.FATALLY_FAILED || ending.as() == StepStatus.COMPLETED_WITH_ERROR
            ? RunStatus.FAILED
            : ending.as() == StepStatus.TIMED_OUT || ending.as() == StepStatus.TIMEOUT_FAILED
                ? RunStatus.TIMED_OUT
                : RunStatus.STOPPED;
    if (type == StepType.FOREACH) {
      work.loops.endForeach(attempt, as);
      wakeWhileEnding(attempt);
      return;
    }
    var loop = type == StepType.WHILE ? parts.loops().current(run, attempt) : null;
    var child =
        loop == null
            ? ChildArtifact.child(attempt.artifacts())
            : new RunKey(
                loop.key().workflowId(),
                LoopArtifact.lastIteration(attempt.artifacts()),
                loop.key().loopRun());
    if (child != null) {
      changes.send(new RunCommand.EndRun(child, as, ending.because(), null));
      changes.then(new Effect.CheckChild(run.key(), attempt.stepId(), attempt.attemptId(), child));
    }
    wakeWhileEnding(attempt);
  }

  /** Whoever is to report may be gone, or may not have heard: then it is told again. */
  private void wakeWhileEnding(StepAttempt attempt) {
    wake(attempt, work.now + TELL_AGAIN_MILLIS);
  }

  /** Tells the runs of an attempt that is being ended to end, once more; others are left alone. */
  void tellToEndAgain(String stepId, long attemptId) {
    var attempt = run.attempts.get(stepId);
    if (attempt == null
        || attempt.attemptId() != attemptId
        || !(attempt.state() instanceof StepState.Ending)) {
      return;
    }
    switch (run.plan.step(stepId).stepType()) {
      case SUBWORKFLOW, FOREACH, WHILE -> terminate(attempt);
      case NOOP,
          SLEEP,
          HTTP,
          SHELL,
          PYTHON,
          JAR,
          DOCKER,
          KUBERNETES,
          NOTEBOOK,
          TITUS,
          SQL,
          SPARK,
          TEMPLATE -> {}
    }
  }
}
