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
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.model.definition.StepType;
import org.maestro.model.instance.RunStatus;

/** What runs a step, whatever its type: launches it, finds it again after a take-over, ends it. */
final class Jobs {
  private final Run run;
  private final Children children;
  private final Loops loops;
  private final RunChanges changes;

  Jobs(Run run, Children children, Loops loops, RunChanges changes) {
    this.run = run;
    this.children = children;
    this.loops = loops;
    this.changes = changes;
  }

  Next launch(StepAttempt attempt) {
    return switch (typeOf(attempt)) {
      case SUBWORKFLOW -> children.launch(attempt);
      case FOREACH -> loops.launchForeach(attempt);
      case WHILE -> loops.launchWhile(attempt);
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
          TEMPLATE -> {
        changes.then(new Effect.LaunchJob(launchOf(attempt)));
        yield Next.waiting(attempt);
      }
    };
  }

  private StepType typeOf(StepAttempt attempt) {
    return run.plan.step(attempt.stepId()).stepType();
  }

  private Launch launchOf(StepAttempt attempt) {
    var values = new LinkedHashMap<String, Object>();
    if (attempt.params() != null) {
      attempt
          .params()
          .forEach((name, param) -> {
            var value = SecretText.valueOf(param);
            if (value != null) {
              values.put(name, value);
            }
          });
    }
    return new Launch(
        run.row.attempt(attempt.stepId(), attempt.attemptId()),
        typeOf(attempt),
        run.row.facts().owner(),
        values,
        null,
        timeoutAt(attempt.state()));
  }

  private static @Nullable Long timeoutAt(StepState state) {
    if (state instanceof StepState.Starting starting) {
      return starting.timeoutAt();
    }
    return state instanceof StepState.Running running ? running.timeoutAt() : null;
  }

  /** After a take-over: whoever has not been told what it is to do is told now. */
  Next attach(StepAttempt attempt, boolean toEnd) {
    return switch (typeOf(attempt)) {
      case SUBWORKFLOW -> {
        var child = ChildArtifact.child(attempt.artifacts());
        yield child == null ? children.launch(attempt) : reattach(attempt, child, toEnd);
      }
      // Its chunks are looked at by the owners of their own shards.
      case FOREACH -> {
        if (LoopArtifact.loop(attempt.artifacts()) == null) {
          yield loops.launchForeach(attempt);
        }
        yield toEnd ? terminate(attempt) : Next.waiting(attempt);
      }
      case WHILE -> {
        var iteration = loops.iterationOf(attempt);
        yield iteration == null ? loops.launchWhile(attempt) : reattach(attempt, iteration, toEnd);
      }
      case SLEEP, NOOP -> Next.waiting(attempt);
      case HTTP, SHELL, PYTHON, JAR, DOCKER, KUBERNETES, NOTEBOOK, TITUS, SQL, SPARK, TEMPLATE -> {
        changes.then(new Effect.AttachJob(launchOf(attempt), toEnd));
        yield Next.waiting(attempt);
      }
    };
  }

  private Next reattach(StepAttempt attempt, RunKey child, boolean toEnd) {
    if (toEnd) {
      return endChild(attempt, child);
    }
    changes.then(new Effect.CheckChild(run.key(), attempt.stepId(), attempt.attemptId(), child));
    return Next.waiting(attempt);
  }

  Next terminate(StepAttempt attempt) {
    return switch (typeOf(attempt)) {
      case SUBWORKFLOW -> endChild(attempt, ChildArtifact.child(attempt.artifacts()));
      case FOREACH -> loops.endForeach(attempt, runStatus(attempt));
      case WHILE -> endChild(attempt, loops.iterationOf(attempt));
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
          TEMPLATE -> {
        changes.then(
            new Effect.TerminateJob(
                typeOf(attempt), run.row.attempt(attempt.stepId(), attempt.attemptId())));
        yield Next.waiting(attempt);
      }
    };
  }

  private Next endChild(StepAttempt attempt, @Nullable RunKey child) {
    if (child != null && attempt.state() instanceof StepState.Ending ending) {
      changes.send(new RunCommand.EndRun(child, runStatus(attempt), ending.because(), null));
      changes.then(new Effect.CheckChild(run.key(), attempt.stepId(), attempt.attemptId(), child));
    }
    return Next.waiting(attempt);
  }

  /** What the runs of an attempt that is being ended are to end as. */
  private static RunStatus runStatus(StepAttempt attempt) {
    if (!(attempt.state() instanceof StepState.Ending ending)) {
      return RunStatus.STOPPED;
    }
    return switch (ending.as()) {
      case FATALLY_FAILED, COMPLETED_WITH_ERROR -> RunStatus.FAILED;
      case TIMED_OUT, TIMEOUT_FAILED -> RunStatus.TIMED_OUT;
      case NOT_CREATED,
          CREATED,
          INITIALIZED,
          PAUSED,
          WAITING_FOR_SIGNALS,
          EVALUATING_PARAMS,
          WAITING_FOR_PERMITS,
          STARTING,
          RUNNING,
          FINISHING,
          DISABLED,
          UNSATISFIED,
          SKIPPED,
          SUCCEEDED,
          USER_FAILED,
          PLATFORM_FAILED,
          INTERNALLY_FAILED,
          STOPPED ->
          RunStatus.STOPPED;
    };
  }

  void wake(StepAttempt attempt, long at) {
    changes.then(new Effect.WakeStep(run.key(), attempt.stepId(), attempt.attemptId(), at));
  }
}
