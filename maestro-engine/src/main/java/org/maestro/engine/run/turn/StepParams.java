package org.maestro.engine.run.turn;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.StepPlan;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.param.Param;
import org.maestro.param.ParamException;
import org.maestro.param.StepFacts;
import org.maestro.param.StepScope;

/** What the expressions of a step come to in the scope of one of its attempts. */
final class StepParams {
  private final Run run;
  private final TurnParts parts;
  private final RunChanges changes;
  private final long now;

  StepParams(Run run, TurnParts parts, RunChanges changes, long now) {
    this.run = run;
    this.parts = parts;
    this.changes = changes;
    this.now = now;
  }

  Next evaluate(StepAttempt attempt) {
    try {
      var evaluated = attempt.withParams(valuesOf(attempt));
      planOf(evaluated); // what it says can't be evaluated later either
      return new Next(evaluated, new StepEvent.Evaluated());
    } catch (ParamException e) {
      return new Next(notEvaluated(attempt, e), new StepEvent.NotEvaluable());
    }
  }

  private Map<String, Param> valuesOf(StepAttempt attempt) {
    var values =
        parts
            .params()
            .evaluateStep(
                run.plan.step(attempt.stepId()),
                run.row.facts().stepOverrides().getOrDefault(attempt.stepId(), Map.of()),
                attempt.overrides(),
                scopeOf(attempt),
                now);
    requireRoom(attempt.withParams(values));
    return values;
  }

  private StepAttempt notEvaluated(StepAttempt attempt, ParamException e) {
    return attempt.say(TimelineEvent.details(now, "Its params could not be evaluated", linesOf(e)));
  }

  /** What is kept of a run has to be read again, as a whole. */
  private void requireRoom(StepAttempt attempt) {
    var size = run.sizeWith(attempt);
    if (size > Run.LARGEST) {
      throw new ParamException(
          "/params",
          "expected the params, outputs and artifacts of all steps of a run to be at most %,d characters together as JSON, found about %,d with those of this step; show large params in fewer steps, or keep what is large elsewhere and pass its name"
              .formatted(Run.LARGEST, size));
    }
  }

  StepScope scopeOf(StepAttempt attempt) {
    return new StepScope(
        run.row.facts().params(),
        run.facts,
        new StepFacts(
            attempt.stepId(),
            attempt.seq(),
            run.row.attempt(attempt.stepId(), attempt.attemptId()).uuid(),
            attempt.attemptId(),
            attempt.retries().error()),
        new RunUpstream(run, attempt, parts.children()));
  }

  /**
   * What is fixed for an attempt whose params are evaluated.
   *
   * @throws ParamException if its time-out or its retries can't be
   */
  StepPlan planOf(StepAttempt attempt) {
    var step = run.plan.step(attempt.stepId());
    var workflowParams = run.row.facts().params();
    var sleepMillis = 0L;
    if (step.stepType() == StepType.SLEEP && attempt.params() != null) {
      var seconds = attempt.params().get("sleep_seconds");
      if (seconds != null && seconds.evaluatedResult() instanceof Number n) {
        sleepMillis = n.longValue() * 1000;
      }
    }
    var policy = step instanceof Step.Typed typed ? typed.retryPolicy() : null;
    return new StepPlan(
        step.stepType(),
        step.common().effectiveFailureMode(),
        parts.params().timeoutMillis(step.common().timeout(), workflowParams, run.facts),
        sleepMillis,
        parts.params().retryPlan(policy, workflowParams, run.facts));
  }

  /** Takes over what a report brings; an output that is refused is a failure of the job. */
  Next hear(StepAttempt attempt, StepReport report) {
    return switch (report) {
      case StepReport.JobStarted started ->
          Next.reported(attempt.withArtifacts(started.artifacts()), report);
      case StepReport.JobProgressed(var message) ->
          Next.reported(attempt.say(TimelineEvent.info(now, message)), report);
      case StepReport.JobFailed failed ->
          Next.reported(attempt.withArtifacts(failed.artifacts()), report);
      case StepReport.JobCompleted completed -> heardOutputs(attempt, completed);
      case StepReport.JobTerminated _ -> Next.reported(attempt, report);
    };
  }

  private Next heardOutputs(StepAttempt attempt, StepReport.JobCompleted completed) {
    var heard = attempt.withArtifacts(completed.artifacts());
    var silent = unreported(attempt, completed);
    if (!silent.isEmpty()) {
      return Next.reported(
          heard,
          new StepReport.JobFailed(
              StepReport.Kind.USER,
              "The job has ended well, but did not report %s, which its outputs declare; report %s, or give %s a first value"
                  .formatted(
                      String.join(", ", silent),
                      silent.size() == 1 ? "it" : "them",
                      silent.size() == 1 ? "it" : "each"),
              Map.of()));
    }
    try {
      var known = heard.params() == null ? Map.<String, Param>of() : heard.params();
      heard = heard.withParams(parts.params().applyOutputs(known, completed.outputs(), now));
      requireRoom(heard);
      return Next.reported(heard, completed);
    } catch (ParamException e) {
      return Next.reported(
          run.sizeWith(heard) > Run.LARGEST ? attempt : heard,
          new StepReport.JobFailed(
              StepReport.Kind.FATAL,
              "The job's output was refused: " + String.join("; ", linesOf(e)),
              Map.of()));
    }
  }

  /** What a job has to say and hasn't. */
  private List<String> unreported(StepAttempt attempt, StepReport.JobCompleted completed) {
    return run.plan.step(attempt.stepId()) instanceof Step.Typed typed
        ? typed.outputs().stream().filter(name -> !completed.outputs().containsKey(name)).toList()
        : List.of();
  }

  /** What follows from the end of a step: the signals it announces, the conditions that hold. */
  Next conclude(StepAttempt attempt, StepStatus as) {
    var step = run.plan.step(attempt.stepId());
    var ended = as == StepStatus.SKIPPED ? withValues(attempt) : attempt;
    List<SignalRequest.Announce> announced = List.of();
    if (as == StepStatus.SUCCEEDED) {
      try {
        announced = outputsOf(step, ended);
        ended = ended.withArtifacts(StepSignals.artifact(announced));
      } catch (ParamException e) {
        return unfinished(ended, "Its signal_outputs could not be announced", e);
      }
    }
    try {
      ended = ended.withTaken(takenFrom(step, ended));
    } catch (ParamException e) {
      return unfinished(ended, "A condition could not be evaluated", e);
    }
    announced.forEach(changes::ask);
    return new Next(ended, new StepEvent.Concluded());
  }

  private Next unfinished(StepAttempt attempt, String message, ParamException e) {
    return new Next(
        attempt.say(TimelineEvent.details(now, message, linesOf(e))), new StepEvent.NotEvaluable());
  }

  /** For a step that is skipped: what can be evaluated, so that its conditions can be. */
  private StepAttempt withValues(StepAttempt attempt) {
    if (attempt.params() != null && attempt.times().evaluate() != null) {
      return attempt;
    }
    try {
      return attempt.withParams(valuesOf(attempt));
    } catch (ParamException e) {
      return notEvaluated(attempt, e);
    }
  }

  private List<SignalRequest.Announce> outputsOf(Step step, StepAttempt attempt) {
    return step.common().signalOutputs().isEmpty() && attempt.artifacts().isEmpty()
        ? List.of()
        : parts
            .signals()
            .outputs(
                run.key(),
                step,
                attempt,
                run.row.attempt(attempt.stepId(), attempt.attemptId()).uuid(),
                scopeOf(attempt),
                now);
  }

  private Set<String> takenFrom(Step step, StepAttempt attempt) {
    var successors = step.common().transition().successors();
    if (successors.isEmpty()) {
      return Set.of();
    }
    var taken = new LinkedHashSet<String>();
    var scope = scopeOf(attempt);
    successors.forEach((successor, condition) -> {
      if (parts
          .params()
          .condition(condition, attempt.params() == null ? Map.of() : attempt.params(), scope)) {
        taken.add(successor);
      }
    });
    return taken;
  }

  static List<String> linesOf(ParamException e) {
    return e.problems().stream()
        .map(p -> p.pointer().isEmpty() ? p.message() : p.pointer() + ": " + p.message())
        .toList();
  }
}
