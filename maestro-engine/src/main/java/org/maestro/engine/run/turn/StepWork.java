package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.PermitRules;
import org.maestro.engine.run.ChildArtifact;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.step.Decision;
import org.maestro.engine.step.RetryCounts;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEffect;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.StepLifecycle;
import org.maestro.engine.step.StepPlan;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.StepTimes;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.param.Param;
import org.maestro.param.ParamException;
import org.maestro.param.StepFacts;
import org.maestro.param.StepScope;

/**
 * The way of a step's attempts: begins them, hears what becomes of them, and ends them, as {@link
 * StepLifecycle} decides.
 */
final class StepWork {
  private final RunWork work;
  private final Run run;
  private final RunAdvancer.Parts parts;
  private final RunChanges changes;
  private final long now;

  private final Set<String> skipped = new LinkedHashSet<>();
  private final Map<String, Map<String, Param>> manual = new LinkedHashMap<>();

  StepWork(RunWork work) {
    this.work = work;
    run = work.run;
    parts = work.parts;
    changes = work.changes;
    now = work.now;
  }

  /** Its turn has come in the DAG. */
  void beginDue(String stepId) {
    beginStep(
        stepId, manual.containsKey(stepId) ? RetryCounts.NONE.plusManual() : RetryCounts.NONE);
  }

  StepAttempt newAttempt(String stepId, RetryCounts retries, Map<String, Param> overrides) {
    var last = run.attempts.get(stepId);
    return StepAttempt.created(
        stepId,
        last == null ? 1 : last.attemptId() + 1,
        run.seqOf(stepId),
        retries,
        overrides,
        now);
  }

  void beginStep(String stepId, RetryCounts retries) {
    var overrides = manual.getOrDefault(stepId, overridesOf(stepId));
    var attempt = newAttempt(stepId, retries, overrides);
    if (skipped.contains(stepId) || isSkippedByRestart(stepId)) {
      attempt = attempt.say(TimelineEvent.info(now, "Skipped on request"));
      finish(evaluated(attempt), StepStatus.SKIPPED);
      return;
    }
    if (parts.breakpoints().isSet(run.key().workflowId(), stepId)) {
      work.save(
          attempt
              .in(new StepState.Paused(), attempt.times().paused(now))
              .say(TimelineEvent.info(now, "Paused at a breakpoint")));
      changes.then(new Effect.CheckBreakpoint(run.key(), stepId, attempt.attemptId()));
      return;
    }
    work.gates.awaitSignals(attempt);
  }

  private Map<String, Param> overridesOf(String stepId) {
    var last = run.attempts.get(stepId);
    return last != null
        ? last.overrides()
        : run.row.facts().stepOverrides().getOrDefault(stepId, Map.of());
  }

  private boolean isSkippedByRestart(String stepId) {
    var restart = run.row.facts().restart();
    return restart != null
        && restart.skipSteps().contains(stepId)
        && run.attempts.get(stepId) == null;
  }

  /** Evaluates, takes permits, runs. */
  void proceed(StepAttempt created) {
    StepAttempt attempt;
    try {
      attempt =
          created.withParams(evaluate(created)).in(created.state(), created.times().evaluated(now));
      planOf(attempt);
    } catch (ParamException e) {
      finish(
          created.say(
              TimelineEvent.details(now, "Its params could not be evaluated", RunWork.lines(e))),
          StepStatus.INTERNALLY_FAILED);
      return;
    }
    var limits = limitsOf(attempt.stepId());
    if (!limits.isEmpty()) {
      attempt = attempt.withPermits(List.copyOf(limits.keySet()));
      changes.asked(holderOf(attempt));
      if (!parts.permits().acquire(holderOf(attempt), limits)) {
        work.save(
            attempt
                .in(new StepState.AwaitingPermits(), attempt.times())
                .say(TimelineEvent.info(now, "Waits for permits of " + limits.keySet())));
        return;
      }
    }
    begin(attempt);
  }

  private void begin(StepAttempt attempt) {
    apply(
        attempt.in(attempt.state(), attempt.times().started(now)),
        StepLifecycle.begin(planOf(attempt), now));
  }

  private Map<String, Param> evaluate(StepAttempt attempt) {
    var params =
        parts
            .params()
            .evaluateStep(
                run.plan.step(attempt.stepId()),
                run.row.facts().stepOverrides().getOrDefault(attempt.stepId(), Map.of()),
                attempt.overrides(),
                scopeOf(attempt),
                now);
    requireRoom(attempt.withParams(params));
    return params;
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

  /** For a step that is skipped: what can be evaluated, so that its conditions can be. */
  private StepAttempt evaluated(StepAttempt attempt) {
    if (attempt.params() != null && attempt.times().evaluate() != null) {
      return attempt;
    }
    try {
      return attempt.withParams(evaluate(attempt));
    } catch (ParamException e) {
      return attempt.say(
          TimelineEvent.details(now, "Its params could not be evaluated", RunWork.lines(e)));
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

  private StepPlan planOf(StepAttempt attempt) {
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

  Map<String, Long> limitsOf(String stepId) {
    var facts = run.row.facts();
    var step = run.plan.step(stepId);
    var runTags = new ArrayList<>(run.plan.workflow().tags());
    runTags.addAll(facts.runtimeTags());
    return PermitRules.limits(
        step,
        runTags,
        run.key().workflowId(),
        facts.correlationId(),
        facts.stepConcurrency(),
        facts.instanceStepConcurrency(),
        step.stepType() == StepType.NOOP,
        parts.tagLimits());
  }

  PermitHolder holderOf(StepAttempt attempt) {
    return new PermitHolder(
        run.key().workflowId(),
        run.key().instanceId(),
        run.key().runId(),
        attempt.stepId(),
        attempt.attemptId());
  }

  void report(String stepId, long attemptId, StepReport report) {
    var attempt = run.attempts.get(stepId);
    if (attempt == null || attempt.attemptId() != attemptId) {
      return;
    }
    if (attempt.state() instanceof StepState.Finished) {
      return;
    }
    var heard = report;
    var before = attempt;
    switch (report) {
      case StepReport.JobStarted started -> attempt = attempt.withArtifacts(started.artifacts());
      case StepReport.JobFailed failed -> attempt = attempt.withArtifacts(failed.artifacts());
      case StepReport.JobCompleted completed -> {
        attempt = attempt.withArtifacts(completed.artifacts());
        try {
          attempt =
              attempt.withParams(
                  parts
                      .params()
                      .applyOutputs(
                          attempt.params() == null ? Map.of() : attempt.params(),
                          completed.outputs(),
                          now));
          requireRoom(attempt);
        } catch (ParamException e) {
          attempt = run.sizeWith(attempt) > Run.LARGEST ? before : attempt;
          heard =
              new StepReport.JobFailed(
                  StepReport.Kind.FATAL,
                  "The job's output was refused: " + String.join("; ", RunWork.lines(e)),
                  Map.of());
        }
      }
      case StepReport.JobTerminated _ -> {}
    }
    apply(attempt, decide(attempt, new StepEvent.Reported(heard)));
  }

  void endStep(RunCommand.EndStep end) {
    var attempt = run.attempts.get(end.stepId());
    if (attempt == null || run.row.status() != RunStatus.IN_PROGRESS) {
      return;
    }
    if (attempt.state() instanceof StepState.Finished) {
      if (end.as() == StepStatus.SKIPPED) {
        again(end.stepId(), Map.of(), List.of(), true, end.by());
      }
      return;
    }
    work.jobs.tellToEndAgain(end.stepId(), attempt.attemptId());
    attempt = run.attempts.getOrDefault(end.stepId(), attempt);
    if (attempt.state() instanceof StepState.Finished) {
      return;
    }
    var said = attempt.say(TimelineEvent.action(now, nameOf(end.as()), end.by(), end.because()));
    if (end.as() == StepStatus.SKIPPED) {
      said = evaluated(said);
    }
    var as =
        end.as() == StepStatus.FATALLY_FAILED ? StepLifecycle.failedAs(planOf(said)) : end.as();
    apply(said, decide(said, new StepEvent.EndRequested(as, end.because(), end.by())));
  }

  private static String nameOf(StepStatus as) {
    return as == StepStatus.SKIPPED ? "SKIP" : as == StepStatus.STOPPED ? "STOP" : "KILL";
  }

  /** Tries a failed step of this run again, or skips it although it has ended. */
  void again(
      String stepId,
      Map<String, Param> overrides,
      List<RestartNode> way,
      boolean skip,
      @Nullable String by) {
    var attempt = run.attempts.get(stepId);
    if (attempt == null
        || run.row.status() != RunStatus.IN_PROGRESS
        || run.row.progress().halt() != null
        || !(attempt.state() instanceof StepState.Finished)
        || attempt.status().isComplete()) {
      return;
    }
    run.attempts.remove(stepId);
    run.machine = RunLoader.machine(parts.machines(), run);
    run.attempts.put(stepId, attempt);
    manual.put(stepId, overrides.isEmpty() ? attempt.overrides() : overrides);
    if (skip) {
      skipped.add(stepId);
    }
    work.saveRow(
        run.row.with(
            run.row
                .progress()
                .goingOn(
                    stepId,
                    new RunRow.Way(
                        attempt.attemptId() + 1,
                        way,
                        ChildArtifact.child(attempt.artifacts()),
                        run.plan.step(stepId).stepType() == StepType.WHILE
                            ? attempt.artifacts()
                            : Map.of()))
                .say(
                    TimelineEvent.action(
                        now, skip ? "SKIP" : "RESTART", by, "Step " + stepId + " is run again")),
            now));
    work.turns.add(run.machine().start());
  }

  void event(String stepId, long attemptId, StepEvent event) {
    var attempt = run.attempts.get(stepId);
    if (attempt == null || attempt.attemptId() != attemptId) {
      return;
    }
    apply(attempt, decide(attempt, event));
  }

  Decision decide(StepAttempt attempt, StepEvent event) {
    if (attempt.state() instanceof StepState.Finished) {
      return Decision.ignore("the attempt has ended");
    }
    return StepLifecycle.decide(attempt.state(), event, planOf(attempt), attempt.retries(), now);
  }

  void apply(StepAttempt attempt, Decision decision) {
    switch (decision) {
      case Decision.Ignore _ -> {}
      case Decision.Note _ -> work.save(attempt);
      case Decision.Move move -> carryOut(attempt, move);
    }
  }

  private void carryOut(StepAttempt attempt, Decision.Move move) {
    var said = attempt;
    if (!move.say().isEmpty()) {
      said =
          said.say(
              move.to().status() == StepStatus.SUCCEEDED || move.to() instanceof StepState.Paused
                  ? TimelineEvent.info(now, move.say())
                  : TimelineEvent.warn(now, move.say()));
    }
    if (move.effects().contains(StepEffect.CONTINUE)) {
      if (move.to() instanceof StepState.Paused) {
        work.gates.awaitSignals(said.letGo());
      } else if (move.to() instanceof StepState.AwaitingSignals) {
        proceed(said);
      } else {
        begin(said);
      }
      return;
    }
    if (move.to() instanceof StepState.Finished finished) {
      if (move.effects().contains(StepEffect.START_NEXT_ATTEMPT)) {
        work.save(said.in(finished, said.times().ended(endOf(said))));
        work.jobs.release(said);
        beginStep(said.stepId(), counted(said.retries(), finished.as()));
      } else {
        finish(said, finished.as());
      }
      return;
    }
    var next = work.save(said.in(move.to(), timesIn(said.times(), move.to())));
    if (move.to() instanceof StepState.AwaitingRetry) {
      work.jobs.release(next);
    }
    for (var effect : move.effects()) {
      switch (effect) {
        case LAUNCH -> work.jobs.launch(next);
        case TERMINATE -> work.jobs.terminate(next);
        case SET_TIMER -> work.jobs.wake(next, next.state().wakeAt());
        case CONTINUE, START_NEXT_ATTEMPT, ADVANCE_RUN -> {}
      }
    }
  }

  private long endOf(StepAttempt attempt) {
    var end = attempt.times().end();
    return end == null ? now : end;
  }

  private static RetryCounts counted(RetryCounts counts, StepStatus failed) {
    return switch (failed) {
      case USER_FAILED -> counts.plusError();
      case PLATFORM_FAILED -> counts.plusPlatform();
      case TIMEOUT_FAILED -> counts.plusTimeout();
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
          COMPLETED_WITH_ERROR,
          FATALLY_FAILED,
          INTERNALLY_FAILED,
          STOPPED,
          TIMED_OUT ->
          counts;
    };
  }

  private StepTimes timesIn(StepTimes times, StepState to) {
    return switch (to) {
      case StepState.Running _ -> times.execute() == null ? times.executing(now) : times;
      case StepState.AwaitingRetry _ -> times.ended(now);
      case StepState.Paused _,
          StepState.AwaitingSignals _,
          StepState.AwaitingPermits _,
          StepState.Starting _,
          StepState.Ending _,
          StepState.Finished _ ->
          times;
    };
  }

  /** The attempt has ended for good: what follows in the DAG? */
  void finish(StepAttempt attempt, StepStatus as) {
    var step = run.plan.step(attempt.stepId());
    var status = as;
    var said = attempt;
    Set<String> taken = Set.of();
    if (attempt.state() instanceof StepState.AwaitingSignals) {
      work.gates.forgetSignals(attempt);
    }
    List<SignalRequest.Announce> announced = List.of();
    if (as == StepStatus.SUCCEEDED) {
      try {
        announced = outputsOf(step, said);
        said = said.withArtifacts(StepSignals.artifact(announced));
      } catch (ParamException e) {
        status = StepStatus.INTERNALLY_FAILED;
        said =
            said.say(
                TimelineEvent.details(
                    now, "Its signal_outputs could not be announced", RunWork.lines(e)));
      }
    }
    if (status.isComplete() && status != StepStatus.UNSATISFIED) {
      try {
        taken = takenFrom(step, said);
      } catch (ParamException e) {
        status = StepStatus.INTERNALLY_FAILED;
        said =
            said.say(
                TimelineEvent.details(now, "A condition could not be evaluated", RunWork.lines(e)));
      }
    }
    var times =
        status == StepStatus.SUCCEEDED ? said.times().finished(now) : said.times().ended(now);
    var ended = work.save(said.in(new StepState.Finished(status), times).withTaken(taken));
    work.jobs.release(ended);
    if (status == StepStatus.SUCCEEDED) {
      announced.forEach(changes::ask);
    }
    work.turns.add(run.machine().finish(ended.stepId(), RunPlan.resultOf(ended)));
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
}
