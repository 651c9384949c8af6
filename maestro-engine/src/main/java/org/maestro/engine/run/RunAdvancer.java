package org.maestro.engine.run;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maestro.conductor.RunMachines;
import org.maestro.conductor.RunResult;
import org.maestro.conductor.StepResult;
import org.maestro.conductor.Turn;
import org.maestro.engine.breakpoint.Breakpoints;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.PermitRules;
import org.maestro.engine.permit.Permits;
import org.maestro.engine.step.Decision;
import org.maestro.engine.step.RetryCounts;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEffect;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.StepLifecycle;
import org.maestro.engine.step.StepPlan;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.StepTimes;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.param.Param;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamException;
import org.maestro.param.StepFacts;
import org.maestro.param.StepScope;

/**
 * Applies one command to one run: the only code that changes a run, and the only caller of the run
 * machine and of {@link StepLifecycle}. What has to be kept and what has to follow goes into {@link
 * RunChanges}; nothing happens outside before those are committed. Stateless: safe for all shards
 * at once.
 */
public final class RunAdvancer {
  /** Ancestors that a run may have, itself included. */
  private static final int MAX_DEPTH = 10;

  private final RunMachines machines;
  private final ParamEvaluator params;
  private final Permits permits;
  private final PermitRules.TagLimits tagLimits;
  private final Breakpoints breakpoints;
  private final RunUpstream.ChildParams children;
  private final StepLoops loops;
  private final StepSignals signals;
  private final InstantSource clock;

  public RunAdvancer(
      RunMachines machines,
      ParamEvaluator params,
      Permits permits,
      PermitRules.TagLimits tagLimits,
      Breakpoints breakpoints,
      RunUpstream.ChildParams children,
      StepLoops loops,
      InstantSource clock) {
    this.machines = machines;
    this.params = params;
    this.permits = permits;
    this.tagLimits = tagLimits;
    this.breakpoints = breakpoints;
    this.children = children;
    this.loops = loops;
    this.signals = new StepSignals(params);
    this.clock = clock;
  }

  /** Applies a command. Duplicates and late commands change nothing. */
  void apply(Run run, RunCommand command, RunChanges changes) {
    new Work(run, changes, clock.millis()).handle(command);
  }

  /** The identity of an attempt, which its job is known by. */
  static AttemptRef refOf(RunRow row, String stepId, long attemptId) {
    return refOf(row.key(), row.uuid(), stepId, attemptId);
  }

  /**
   * The identity of an attempt, which its job is known by.
   *
   * @param uuid the run's
   */
  public static AttemptRef refOf(RunKey run, String uuid, String stepId, long attemptId) {
    var name = uuid + '/' + run.runId() + '/' + stepId + '/' + attemptId;
    return new AttemptRef(
        run.workflowId(),
        run.instanceId(),
        run.runId(),
        stepId,
        attemptId,
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }

  /** One command's worth of work on one run. */
  private final class Work {
    private final Run run;
    private final RunChanges changes;
    private final long now;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final Map<String, StepStatus> before = new LinkedHashMap<>();
    private final Set<String> skipped = new LinkedHashSet<>();
    private final Map<String, Map<String, Param>> manual = new LinkedHashMap<>();
    private final Map<String, RunKey> previousChildren = new LinkedHashMap<>();

    Work(Run run, RunChanges changes, long now) {
      this.run = run;
      this.changes = changes;
      this.now = now;
    }

    void handle(RunCommand command) {
      var statusBefore = run.row.status();
      if (run.fresh) {
        run.fresh = false;
        resume();
      }
      switch (command) {
        case RunCommand.StartRun _ -> start();
        case RunCommand.RecoverRun _ -> recover();
        case RunCommand.JobReported reported ->
            report(reported.stepId(), reported.attemptId(), reported.report());
        case RunCommand.StepTimeCame time ->
            event(time.stepId(), time.attemptId(), new StepEvent.TimeCame());
        case RunCommand.RunTimeCame _ -> runTimeCame();
        case RunCommand.SignalCame came -> signalCame(came);
        case RunCommand.BypassSignals bypass -> bypassSignals(bypass);
        case RunCommand.PermitsGranted granted ->
            event(granted.stepId(), granted.attemptId(), new StepEvent.PermitsGranted());
        case RunCommand.ChildStarted started -> childStarted(started);
        case RunCommand.ChildEnded ended -> childEnded(ended);
        case RunCommand.EndRun end -> endRun(end.as(), end.because(), end.by());
        case RunCommand.EndStep end -> endStep(end);
        case RunCommand.RestartStep restart ->
            again(restart.stepId(), restart.overrides(), false, restart.by());
        case RunCommand.ResumeStep resume ->
            event(resume.stepId(), resume.attemptId(), new StepEvent.Resumed());
        case RunCommand.ChunkReported reported -> chunkReported(reported);
        case RunCommand.RestartIterations restart -> restartIterations(restart);
        case RunCommand.OrderChunk _, RunCommand.RecoverChunk _ ->
            throw new IllegalArgumentException("expected a command to a run, found " + command);
      }
      followTurns();
      publish(statusBefore);
    }

    // ---------------------------------------------------------------- the run

    /** A run just loaded: whatever its last turn left due goes on. */
    private void resume() {
      if (run.row.status() != RunStatus.IN_PROGRESS) {
        return;
      }
      run.machine = RunLoader.machine(machines, run);
      var halt = run.row.progress().halt();
      turns.add(halt == null ? run.machine().start() : run.machine().halt(resultOf(halt)));
      followTurns();
    }

    private void start() {
      if (run.row.status() != RunStatus.CREATED) {
        return;
      }
      var dueAt = now + run.row.facts().timeoutMillis();
      saveRow(run.row.started(now, dueAt));
      changes.then(new Effect.WakeRun(run.key(), dueAt));
      run.machine = RunLoader.machine(machines, run);
      turns.add(run.machine().start());
    }

    private void recover() {
      switch (run.row.status()) {
        case CREATED -> {
          if (run.row.admitted()) {
            start();
          }
        }
        case IN_PROGRESS -> {
          if (run.row.dueAt() != null) {
            changes.then(new Effect.WakeRun(run.key(), run.row.dueAt()));
          }
          for (var attempt : List.copyOf(run.attempts.values())) {
            if (!before.containsKey(attempt.stepId() + '/' + attempt.attemptId())) {
              recoverAttempt(attempt);
            }
          }
        }
        case PAUSED, SUCCEEDED, FAILED, STOPPED, TIMED_OUT -> {}
      }
    }

    private void recoverAttempt(StepAttempt attempt) {
      switch (attempt.state()) {
        case StepState.Paused _, StepState.Finished _ -> {}
        // Whoever has not been told yet what it waits for is told by the outbox.
        case StepState.AwaitingSignals _ -> {}
        case StepState.AwaitingPermits _ -> {
          if (permits.acquire(holderOf(attempt), limitsOf(attempt.stepId()))) {
            changes.granted(holderOf(attempt));
            event(attempt.stepId(), attempt.attemptId(), new StepEvent.PermitsGranted());
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
      permits.restore(holderOf(attempt), limitsOf(attempt.stepId()));
    }

    private void reattach(StepAttempt attempt, boolean terminate) {
      var type = run.plan.step(attempt.stepId()).stepType();
      var child = ChildArtifact.child(attempt.artifacts());
      if (type == StepType.SUBWORKFLOW) {
        if (child == null) {
          launchChild(attempt);
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
          launchForeach(attempt);
        }
      } else if (type == StepType.WHILE) {
        reattachWhile(attempt, terminate);
      } else if (type != StepType.SLEEP && type != StepType.NOOP) {
        changes.then(new Effect.AttachJob(launchOf(attempt), terminate));
      }
    }

    private void runTimeCame() {
      var dueAt = run.row.dueAt();
      if (run.row.status() != RunStatus.IN_PROGRESS || dueAt == null) {
        return;
      }
      if (now < dueAt) {
        changes.then(new Effect.WakeRun(run.key(), dueAt));
        return;
      }
      endRun(
          RunStatus.TIMED_OUT,
          "The run timed out after " + run.row.facts().timeoutMillis() + " ms",
          null);
    }

    private void endRun(RunStatus as, String because, @Nullable String by) {
      if (run.row.status().isTerminal()) {
        return;
      }
      var event =
          by == null
              ? TimelineEvent.info(now, because)
              : TimelineEvent.action(now, as == RunStatus.FAILED ? "KILL" : "STOP", by, because);
      if (run.row.status() != RunStatus.IN_PROGRESS) {
        saveRow(run.row.with(run.row.progress().say(event), now));
        finishRun(as);
        return;
      }
      if (run.row.progress().halt() != null) {
        return;
      }
      saveRow(run.row.with(run.row.progress().say(event).halted(as), now));
      turns.add(run.machine().halt(resultOf(as)));
    }

    private void finishRun(RunStatus as) {
      var rollup = Rollup.of(run);
      var inline = InlineWorkflow.isInline(run.key().workflowId());
      saveRow(
          run.row.ended(
              as, as == RunStatus.FAILED && !inline, now, run.row.progress().rolledUp(rollup)));
      if (!inline) {
        changes.then(new Effect.AdmitNext(run.key(), run.row.facts().backfillId()));
      } else if (run.row.facts().initiator() instanceof Initiator.Foreach) {
        return; // its chunk counts it within this turn
      }
      var ancestors = run.row.facts().initiator().ancestorPath();
      if (!ancestors.isEmpty()) {
        var parent = ancestors.getLast();
        if (!Boolean.FALSE.equals(parent.sync())) {
          changes.send(
              new RunCommand.ChildEnded(
                  new RunKey(parent.workflowId(), parent.instanceId(), parent.runId()),
                  parent.stepId(),
                  parent.stepAttemptId(),
                  run.key(),
                  as,
                  rollup,
                  loopValues()));
        }
      }
    }

    /** What an iteration of a while step leaves the loop params at; null for other runs. */
    private @Nullable Map<String, Object> loopValues() {
      if (!(run.row.facts().initiator() instanceof Initiator.While)) {
        return null;
      }
      var names = loops.names(run.row);
      var values = new LinkedHashMap<String, Object>();
      run.attempts.values().stream()
          .sorted(Comparator.comparingLong(StepAttempt::seq))
          .forEach(attempt ->
              StepLoops.paramsOf(attempt)
                  .forEach((name, param) -> {
                    if (param.evaluatedResult() != null && names.contains(name)) {
                      values.put(name, param.evaluatedResult());
                    }
                  }));
      return values;
    }

    private void followTurns() {
      for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
        for (var stepId : turn.unsatisfied()) {
          var attempt = newAttempt(stepId, RetryCounts.NONE, Map.of());
          save(
              attempt.in(
                  new StepState.Finished(StepStatus.UNSATISFIED), attempt.times().ended(now)));
        }
        for (var stepId : turn.due()) {
          beginStep(
              stepId,
              manual.containsKey(stepId) ? RetryCounts.NONE.plusManual() : RetryCounts.NONE);
        }
        for (var stepId : turn.toStop()) {
          stop(stepId);
        }
        var ended = turn.ended();
        if (ended != null) {
          finishRun(statusOf(ended));
        }
      }
    }

    /** Ends a step because its run is told to end, or because another step failed at once. */
    private void stop(String stepId) {
      var attempt = run.attempts.get(stepId);
      if (attempt == null) {
        return;
      }
      var halt = run.row.progress().halt();
      var as =
          halt == null
              ? StepStatus.STOPPED
              : switch (halt) {
                case FAILED -> StepStatus.FATALLY_FAILED;
                case TIMED_OUT -> StepStatus.TIMED_OUT;
                case CREATED, IN_PROGRESS, PAUSED, SUCCEEDED, STOPPED -> StepStatus.STOPPED;
              };
      var because =
          halt == null
              ? "Ended because another step of the run failed"
              : "Ended because the run was told to end as " + halt;
      event(stepId, attempt.attemptId(), new StepEvent.EndRequested(as, because, null));
    }

    // ---------------------------------------------------------------- steps

    private StepAttempt newAttempt(
        String stepId, RetryCounts retries, Map<String, Param> overrides) {
      var last = run.attempts.get(stepId);
      return StepAttempt.created(
          stepId,
          last == null ? 1 : last.attemptId() + 1,
          run.seqOf(stepId),
          retries,
          overrides,
          now);
    }

    private void beginStep(String stepId, RetryCounts retries) {
      var overrides = manual.getOrDefault(stepId, overridesOf(stepId));
      var attempt = newAttempt(stepId, retries, overrides);
      if (skipped.contains(stepId) || isSkippedByRestart(stepId)) {
        attempt = attempt.say(TimelineEvent.info(now, "Skipped on request"));
        finish(evaluated(attempt), StepStatus.SKIPPED);
        return;
      }
      if (breakpoints.isSet(run.key().workflowId(), stepId)) {
        save(
            attempt
                .in(new StepState.Paused(), attempt.times().paused(now))
                .say(TimelineEvent.info(now, "Paused at a breakpoint")));
        changes.then(new Effect.CheckBreakpoint(run.key(), stepId, attempt.attemptId()));
        return;
      }
      awaitSignals(attempt);
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

    /** Waits for the signals that the step depends on, if any; then goes on. */
    private void awaitSignals(StepAttempt attempt) {
      var step = run.plan.step(attempt.stepId());
      if (step.common().signalDependencies().isEmpty()) {
        proceed(attempt);
        return;
      }
      var last = run.attempts.get(attempt.stepId());
      var known =
          last == null
              ? List.<SignalArtifact.Dependency>of()
              : SignalArtifact.dependencies(last.artifacts());
      if (SignalArtifact.isMet(known)) {
        proceed(attempt.withArtifacts(SignalArtifact.of(known)));
        return;
      }
      List<SignalArtifact.Dependency> dependencies;
      try {
        dependencies = signals.dependencies(step, scopeOf(attempt));
      } catch (ParamException e) {
        finish(
            attempt.say(
                TimelineEvent.details(
                    now, "Its signal_dependencies could not be evaluated", lines(e))),
            StepStatus.INTERNALLY_FAILED);
        return;
      }
      var names = dependencies.stream().map(SignalArtifact.Dependency::name).distinct().toList();
      save(
          attempt
              .withArtifacts(SignalArtifact.of(dependencies))
              .in(new StepState.AwaitingSignals(), attempt.times().awaitingSignals(now))
              .say(TimelineEvent.info(now, "Waits for the signals " + names)));
      for (int i = 0; i < dependencies.size(); i++) {
        changes.ask(
            StepSignals.request(StepSignals.gate(run.key(), attempt, i), dependencies.get(i), now));
      }
    }

    private void signalCame(RunCommand.SignalCame came) {
      var attempt = awaitingSignals(came.stepId(), came.attemptId());
      if (attempt == null) {
        return;
      }
      var dependencies = SignalArtifact.dependencies(attempt.artifacts());
      var which = came.dependency();
      if (which >= dependencies.size()
          || dependencies.get(which).status() != SignalArtifact.Status.PENDING) {
        return;
      }
      dependencies.set(which, dependencies.get(which).matched(came.seqId(), came.params()));
      var told =
          attempt
              .withArtifacts(SignalArtifact.of(dependencies))
              .say(
                  TimelineEvent.info(
                      now,
                      "Signal [%s] number %d has come"
                          .formatted(dependencies.get(which).name(), came.seqId())));
      if (SignalArtifact.isMet(dependencies)) {
        apply(told, decide(told, new StepEvent.SignalsCame()));
      } else {
        save(told);
      }
    }

    private void bypassSignals(RunCommand.BypassSignals bypass) {
      var attempt = awaitingSignals(bypass.stepId(), bypass.attemptId());
      if (attempt == null) {
        return;
      }
      forgetSignals(attempt);
      var dependencies = SignalArtifact.dependencies(attempt.artifacts());
      dependencies.replaceAll(d -> d.status() == SignalArtifact.Status.PENDING ? d.skipped() : d);
      var told =
          attempt
              .withArtifacts(SignalArtifact.of(dependencies))
              .say(
                  TimelineEvent.action(
                      now,
                      "BYPASS_STEP_DEPENDENCIES",
                      bypass.by(),
                      "Goes on without the signals that have not come"));
      apply(told, decide(told, new StepEvent.SignalsCame()));
    }

    private @Nullable StepAttempt awaitingSignals(String stepId, long attemptId) {
      var attempt = run.attempts.get(stepId);
      return attempt != null
              && attempt.attemptId() == attemptId
              && attempt.state() instanceof StepState.AwaitingSignals
          ? attempt
          : null;
    }

    private void forgetSignals(StepAttempt attempt) {
      var dependencies = SignalArtifact.dependencies(attempt.artifacts());
      for (int i = 0; i < dependencies.size(); i++) {
        if (dependencies.get(i).status() == SignalArtifact.Status.PENDING) {
          changes.ask(
              new SignalRequest.Forget(
                  dependencies.get(i).name(), StepSignals.gate(run.key(), attempt, i)));
        }
      }
    }

    /** Evaluates, takes permits, runs. */
    private void proceed(StepAttempt created) {
      StepAttempt attempt;
      try {
        attempt =
            created
                .withParams(evaluate(created))
                .in(created.state(), created.times().evaluated(now));
        planOf(attempt);
      } catch (ParamException e) {
        finish(
            created.say(TimelineEvent.details(now, "Its params could not be evaluated", lines(e))),
            StepStatus.INTERNALLY_FAILED);
        return;
      }
      var limits = limitsOf(attempt.stepId());
      if (!limits.isEmpty()) {
        attempt = attempt.withPermits(List.copyOf(limits.keySet()));
        if (!permits.acquire(holderOf(attempt), limits)) {
          save(
              attempt
                  .in(new StepState.AwaitingPermits(), attempt.times())
                  .say(TimelineEvent.info(now, "Waits for permits of " + limits.keySet())));
          return;
        }
        changes.granted(holderOf(attempt));
      }
      begin(attempt);
    }

    private void begin(StepAttempt attempt) {
      apply(
          attempt.in(attempt.state(), attempt.times().started(now)),
          StepLifecycle.begin(planOf(attempt), now));
    }

    private Map<String, Param> evaluate(StepAttempt attempt) {
      return params.evaluateStep(
          run.plan.step(attempt.stepId()),
          run.row.facts().stepOverrides().getOrDefault(attempt.stepId(), Map.of()),
          attempt.overrides(),
          scopeOf(attempt),
          now);
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
            TimelineEvent.details(now, "Its params could not be evaluated", lines(e)));
      }
    }

    private StepScope scopeOf(StepAttempt attempt) {
      return new StepScope(
          run.row.facts().params(),
          run.facts,
          new StepFacts(
              attempt.stepId(),
              attempt.seq(),
              refOf(run.row, attempt.stepId(), attempt.attemptId()).uuid(),
              attempt.attemptId(),
              attempt.retries().error()),
          new RunUpstream(run, attempt, children));
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
          params.timeoutMillis(step.common().timeout(), workflowParams, run.facts),
          sleepMillis,
          params.retryPlan(policy, workflowParams, run.facts));
    }

    private Map<String, Long> limitsOf(String stepId) {
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
          tagLimits);
    }

    private PermitHolder holderOf(StepAttempt attempt) {
      return new PermitHolder(
          run.key().workflowId(),
          run.key().instanceId(),
          run.key().runId(),
          attempt.stepId(),
          attempt.attemptId());
    }

    private void report(String stepId, long attemptId, StepReport report) {
      var attempt = run.attempts.get(stepId);
      if (attempt == null || attempt.attemptId() != attemptId) {
        return;
      }
      if (attempt.state() instanceof StepState.Finished) {
        return;
      }
      var heard = report;
      switch (report) {
        case StepReport.JobStarted started -> attempt = attempt.withArtifacts(started.artifacts());
        case StepReport.JobFailed failed -> attempt = attempt.withArtifacts(failed.artifacts());
        case StepReport.JobCompleted completed -> {
          attempt = attempt.withArtifacts(completed.artifacts());
          try {
            attempt =
                attempt.withParams(
                    params.applyOutputs(
                        attempt.params() == null ? Map.of() : attempt.params(),
                        completed.outputs(),
                        now));
          } catch (ParamException e) {
            heard =
                new StepReport.JobFailed(
                    StepReport.Kind.FATAL,
                    "The job's output was refused: " + String.join("; ", lines(e)),
                    Map.of());
          }
        }
        case StepReport.JobTerminated _ -> {}
      }
      apply(attempt, decide(attempt, new StepEvent.Reported(heard)));
    }

    private void childStarted(RunCommand.ChildStarted started) {
      var attempt = run.attempts.get(started.stepId());
      if (attempt == null
          || attempt.attemptId() != started.attemptId()
          || ChildArtifact.child(attempt.artifacts()) != null) {
        return;
      }
      var child = started.child();
      if (child == null) {
        report(
            started.stepId(),
            started.attemptId(),
            new StepReport.JobFailed(
                StepReport.Kind.FATAL,
                "Its workflow could not be started: " + started.error(),
                Map.of()));
        return;
      }
      var artifacts = ChildArtifact.of(child, started.childUuid(), started.childVersion());
      report(
          started.stepId(),
          started.attemptId(),
          started.sync()
              ? new StepReport.JobStarted(artifacts)
              : new StepReport.JobCompleted(Map.of(), artifacts));
    }

    private void childEnded(RunCommand.ChildEnded ended) {
      var attempt = run.attempts.get(ended.stepId());
      if (attempt == null || attempt.attemptId() != ended.attemptId()) {
        return;
      }
      if (attempt.state() instanceof StepState.Finished) {
        return;
      }
      if (run.plan.step(ended.stepId()).stepType() == StepType.WHILE) {
        iterationEnded(attempt, ended);
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
      apply(attempt, decide(attempt, new StepEvent.ChildEnded(as, message)));
    }

    private static StepStatus asStep(RunStatus status) {
      return switch (status) {
        case SUCCEEDED -> StepStatus.SUCCEEDED;
        case STOPPED -> StepStatus.STOPPED;
        case TIMED_OUT -> StepStatus.TIMED_OUT;
        case CREATED, IN_PROGRESS, PAUSED, FAILED -> StepStatus.FATALLY_FAILED;
      };
    }

    // ---------------------------------------------------------------- foreach

    private void launchForeach(StepAttempt attempt) {
      var step = (Step.Foreach) run.plan.step(attempt.stepId());
      LoopRow loop;
      try {
        requireDepth();
        loop = loops.foreach(run, attempt, step, howAgain(attempt.stepId()), now);
      } catch (ParamException e) {
        refuseLoop(attempt, e);
        return;
      }
      run.loops.put(attempt.stepId(), loop);
      changes.loopCreated(loop);
      var artifacts = LoopArtifact.foreach(loop.key(), loop.facts());
      if (loop.facts().total() == 0) {
        report(
            attempt.stepId(),
            attempt.attemptId(),
            new StepReport.JobCompleted(
                Map.of(), LoopArtifact.withOverview(artifacts, Map.of(), Map.of())));
        return;
      }
      report(attempt.stepId(), attempt.attemptId(), new StepReport.JobStarted(artifacts));
      advanceForeach(loop);
    }

    private void requireDepth() {
      var levels = run.row.facts().initiator().ancestorPath().size() + 1;
      if (levels >= MAX_DEPTH) {
        throw new ParamException(
            "",
            "expected fewer than "
                + MAX_DEPTH
                + " levels of runs, found "
                + (levels + 1)
                + "; do the workflows call each other in a circle?");
      }
    }

    private void refuseLoop(StepAttempt attempt, ParamException e) {
      report(
          attempt.stepId(),
          attempt.attemptId(),
          new StepReport.JobFailed(
              StepReport.Kind.FATAL,
              "Its loop could not begin: " + String.join("; ", lines(e)),
              Map.of()));
    }

    private StepLoops.Again howAgain(String stepId) {
      var before = run.earlier.get(stepId);
      var again = run.attempts.get(stepId);
      return new StepLoops.Again(
          childPolicy(stepId),
          childPath(stepId),
          before != null
              && before.status() == StepStatus.SUCCEEDED
              && (again == null || again.attemptId() == 1));
    }

    private void advanceForeach(LoopRow loop) {
      var progress = Objects.requireNonNull(loop.progress());
      follow(loop, progress.advance(loop.facts().width(), loop.facts().strict()));
    }

    private void follow(LoopRow loop, LoopProgress.Step step) {
      var changed = loop.with(step.progress());
      run.loops.put(loop.facts().stepId(), changed);
      changes.loopChanged(changed);
      for (var order : step.orders()) {
        changes.send(new RunCommand.OrderChunk(RunKey.ofChunk(loop.key(), order.chunk()), order));
      }
    }

    /** The pass of a foreach step that goes on; null if it does not. */
    private @Nullable LoopRow openLoop(String stepId, StepAttempt attempt) {
      if (attempt.state() instanceof StepState.Finished
          || run.plan.step(stepId).stepType() != StepType.FOREACH) {
        return null;
      }
      var loop = loops.current(run, attempt);
      return loop == null || loop.progress() == null ? null : loop;
    }

    private void chunkReported(RunCommand.ChunkReported reported) {
      var attempt = run.attempts.get(reported.stepId());
      if (attempt == null || attempt.attemptId() != reported.attemptId()) {
        return;
      }
      var loop = openLoop(reported.stepId(), attempt);
      if (loop == null || !loop.key().equals(reported.loop())) {
        return;
      }
      var before = Objects.requireNonNull(loop.progress());
      var heard = before.reported(reported.chunk(), reported.report());
      if (heard.equals(before)) {
        return;
      }
      var mode = run.plan.step(reported.stepId()).common().effectiveFailureMode();
      var next = loop.with(heard);
      if (reported.report().failed()
          && mode == FailureMode.FAIL_IMMEDIATELY
          && heard.ending() == null) {
        follow(next, heard.end(RunStatus.FAILED));
      } else {
        advanceForeach(next);
      }
      var progress =
          Objects.requireNonNull(
              Objects.requireNonNull(run.loops.get(reported.stepId())).progress());
      if (progress.finished()) {
        foreachEnded(attempt, next);
      }
    }

    private void foreachEnded(StepAttempt attempt, LoopRow loop) {
      var totals = loops.totals(loop.key());
      var status = totals.status(loop.facts().total());
      var known =
          attempt.withArtifacts(
              LoopArtifact.withOverview(attempt.artifacts(), totals.stats(), totals.leaves()));
      var message =
          status == RunStatus.SUCCEEDED
              ? ""
              : "Of %d iterations %s".formatted(loop.facts().total(), words(totals));
      apply(known, decide(known, new StepEvent.ChildEnded(asStep(status), message)));
    }

    private static String words(StepLoops.Totals totals) {
      return String.join(
          ", ",
          totals.ended().entrySet().stream()
              .map(entry -> entry.getValue() + " ended " + entry.getKey())
              .toList());
    }

    private void restartIterations(RunCommand.RestartIterations restart) {
      var attempt = run.attempts.get(restart.stepId());
      var loop = attempt == null ? null : openLoop(restart.stepId(), attempt);
      if (attempt == null || loop == null || attempt.state() instanceof StepState.Ending) {
        return;
      }
      var which = restart.which();
      save(
          attempt.say(
              TimelineEvent.action(
                  now,
                  "RESTART",
                  restart.by(),
                  which == null
                      ? "All iterations that did not succeed are run again"
                      : which.size() + " iterations are run again")));
      follow(
          loop,
          Objects.requireNonNull(loop.progress())
              .again(which, loop.facts().width(), loop.facts().strict()));
    }

    // ---------------------------------------------------------------- while

    private void launchWhile(StepAttempt attempt) {
      var step = (Step.While) run.plan.step(attempt.stepId());
      try {
        requireDepth();
        var again = howAgain(attempt.stepId());
        var before = run.earlier.get(attempt.stepId());
        var loop = loops.whileLoop(run, attempt, step, again, now);
        run.loops.put(attempt.stepId(), loop);
        changes.loopCreated(loop);
        var goesOn =
            before != null && loop.facts().policy() == RestartPolicy.RESTART_FROM_INCOMPLETE
                ? before
                : null;
        var first =
            goesOn == null ? 1 : Math.max(1, LoopArtifact.lastIteration(goesOn.artifacts()));
        var values =
            goesOn == null || LoopArtifact.values(goesOn.artifacts()).isEmpty()
                ? params.firstLoopValues(StepLoops.paramsOf(attempt))
                : LoopArtifact.values(goesOn.artifacts());
        report(
            attempt.stepId(),
            attempt.attemptId(),
            new StepReport.JobStarted(LoopArtifact.whileLoop(loop.key(), loop.facts(), first)));
        nextIteration(
            Objects.requireNonNull(run.attempts.get(attempt.stepId())), loop, first, values);
      } catch (ParamException e) {
        refuseLoop(attempt, e);
      }
    }

    /** Begins an iteration of a while step, or ends the step because its condition says so. */
    private void nextIteration(
        StepAttempt attempt, LoopRow loop, long iteration, Map<String, Object> values) {
      var step = (Step.While) run.plan.step(attempt.stepId());
      if (!params.whileCondition(step, values, StepLoops.paramsOf(attempt), scopeOf(attempt))) {
        apply(attempt, decide(attempt, new StepEvent.ChildEnded(StepStatus.SUCCEEDED, "")));
        return;
      }
      if (iteration > StepLoops.MAX_ITERATIONS) {
        var message =
            "expected at most %,d iterations, and its condition still holds"
                .formatted(StepLoops.MAX_ITERATIONS);
        apply(
            attempt, decide(attempt, new StepEvent.ChildEnded(StepStatus.FATALLY_FAILED, message)));
        return;
      }
      var key = new RunKey(loop.key().workflowId(), iteration, loop.key().loopRun());
      var goesOn =
          loop.facts().previous() != null
              && loop.facts().policy() == RestartPolicy.RESTART_FROM_INCOMPLETE
              && iteration == LoopArtifact.firstIteration(attempt.artifacts());
      save(
          attempt.withArtifacts(
              LoopArtifact.iterationBegins(attempt.artifacts(), iteration, values)));
      changes.spawn(
          new RunChanges.Spawn(
              loop.key(),
              key,
              IterationFacts.of(
                  loop.key().loopRun(),
                  loop.facts(),
                  values,
                  goesOn ? RestartPolicy.RESTART_FROM_INCOMPLETE : null,
                  null)));
    }

    private void iterationEnded(StepAttempt attempt, RunCommand.ChildEnded ended) {
      var loop = loops.current(run, attempt);
      if (loop == null
          || ended.child().runId() != loop.key().loopRun()
          || ended.child().instanceId() != LoopArtifact.lastIteration(attempt.artifacts())) {
        return;
      }
      var known =
          attempt.withArtifacts(
              LoopArtifact.iterationEnded(
                  attempt.artifacts(), ended.status().name(), ended.rollup()));
      if (ended.status() != RunStatus.SUCCEEDED || attempt.state() instanceof StepState.Ending) {
        var message =
            ended.status() == RunStatus.SUCCEEDED
                ? ""
                : "Its iteration " + ended.child().instanceId() + " ended " + ended.status();
        apply(known, decide(known, new StepEvent.ChildEnded(asStep(ended.status()), message)));
        return;
      }
      save(known);
      var values = LoopArtifact.values(known.artifacts());
      if (ended.values() != null) {
        ended.values().forEach((name, value) -> values.replace(name, value));
      }
      try {
        nextIteration(known, loop, ended.child().instanceId() + 1, values);
      } catch (ParamException e) {
        apply(
            known,
            decide(
                known,
                new StepEvent.ChildEnded(
                    StepStatus.FATALLY_FAILED,
                    "Its condition could not be evaluated: " + String.join("; ", lines(e)))));
      }
    }

    private void reattachWhile(StepAttempt attempt, boolean terminate) {
      var loop = loops.current(run, attempt);
      if (loop == null) {
        launchWhile(attempt);
        return;
      }
      var iteration = LoopArtifact.lastIteration(attempt.artifacts());
      var child = new RunKey(loop.key().workflowId(), iteration, loop.key().loopRun());
      if (terminate) {
        terminate(attempt);
      }
      changes.then(new Effect.CheckChild(run.key(), attempt.stepId(), attempt.attemptId(), child));
    }

    private void endStep(RunCommand.EndStep end) {
      var attempt = run.attempts.get(end.stepId());
      if (attempt == null || run.row.status() != RunStatus.IN_PROGRESS) {
        return;
      }
      if (attempt.state() instanceof StepState.Finished) {
        if (end.as() == StepStatus.SKIPPED) {
          again(end.stepId(), Map.of(), true, end.by());
        }
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
    private void again(
        String stepId, Map<String, Param> overrides, boolean skip, @Nullable String by) {
      var attempt = run.attempts.get(stepId);
      if (attempt == null
          || run.row.status() != RunStatus.IN_PROGRESS
          || run.row.progress().halt() != null
          || !(attempt.state() instanceof StepState.Finished)
          || attempt.status().isComplete()) {
        return;
      }
      var child = ChildArtifact.child(attempt.artifacts());
      if (child != null) {
        previousChildren.put(stepId, child);
      }
      run.attempts.remove(stepId);
      run.machine = RunLoader.machine(machines, run);
      run.attempts.put(stepId, attempt);
      manual.put(stepId, overrides.isEmpty() ? attempt.overrides() : overrides);
      if (skip) {
        skipped.add(stepId);
      }
      saveRow(
          run.row.with(
              run.row
                  .progress()
                  .say(
                      TimelineEvent.action(
                          now, skip ? "SKIP" : "RESTART", by, "Step " + stepId + " is run again")),
              now));
      turns.add(run.machine().start());
    }

    private void event(String stepId, long attemptId, StepEvent event) {
      var attempt = run.attempts.get(stepId);
      if (attempt == null || attempt.attemptId() != attemptId) {
        return;
      }
      apply(attempt, decide(attempt, event));
    }

    private Decision decide(StepAttempt attempt, StepEvent event) {
      if (attempt.state() instanceof StepState.Finished) {
        return Decision.ignore("the attempt has ended");
      }
      return StepLifecycle.decide(attempt.state(), event, planOf(attempt), attempt.retries(), now);
    }

    private void apply(StepAttempt attempt, Decision decision) {
      switch (decision) {
        case Decision.Ignore _ -> {}
        case Decision.Note _ -> save(attempt);
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
          awaitSignals(said.letGo());
        } else if (move.to() instanceof StepState.AwaitingSignals) {
          proceed(said);
        } else {
          begin(said);
        }
        return;
      }
      if (move.to() instanceof StepState.Finished finished) {
        if (move.effects().contains(StepEffect.START_NEXT_ATTEMPT)) {
          save(said.in(finished, said.times().ended(endOf(said))));
          release(said);
          beginStep(said.stepId(), counted(said.retries(), finished.as()));
        } else {
          finish(said, finished.as());
        }
        return;
      }
      var next = save(said.in(move.to(), timesIn(said.times(), move.to())));
      if (move.to() instanceof StepState.AwaitingRetry) {
        release(next);
      }
      for (var effect : move.effects()) {
        switch (effect) {
          case LAUNCH -> launch(next);
          case TERMINATE -> terminate(next);
          case SET_TIMER -> wake(next, next.state().wakeAt());
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
    private void finish(StepAttempt attempt, StepStatus as) {
      var step = run.plan.step(attempt.stepId());
      var status = as;
      var said = attempt;
      Set<String> taken = Set.of();
      if (attempt.state() instanceof StepState.AwaitingSignals) {
        forgetSignals(attempt);
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
                      now, "Its signal_outputs could not be announced", lines(e)));
        }
      }
      if (status.isComplete() && status != StepStatus.UNSATISFIED) {
        try {
          taken = takenFrom(step, said);
        } catch (ParamException e) {
          status = StepStatus.INTERNALLY_FAILED;
          said =
              said.say(TimelineEvent.details(now, "A condition could not be evaluated", lines(e)));
        }
      }
      var times =
          status == StepStatus.SUCCEEDED ? said.times().finished(now) : said.times().ended(now);
      var ended = save(said.in(new StepState.Finished(status), times).withTaken(taken));
      release(ended);
      if (status == StepStatus.SUCCEEDED) {
        announced.forEach(changes::ask);
      }
      turns.add(run.machine().finish(ended.stepId(), resultFor(ended)));
    }

    private List<SignalRequest.Announce> outputsOf(Step step, StepAttempt attempt) {
      return step.common().signalOutputs().isEmpty() && attempt.artifacts().isEmpty()
          ? List.of()
          : signals.outputs(
              run.key(),
              step,
              attempt,
              refOf(run.row, attempt.stepId(), attempt.attemptId()).uuid(),
              scopeOf(attempt),
              now);
    }

    private StepResult resultFor(StepAttempt ended) {
      return RunPlan.resultOf(ended);
    }

    private Set<String> takenFrom(Step step, StepAttempt attempt) {
      var successors = step.common().transition().successors();
      if (successors.isEmpty()) {
        return Set.of();
      }
      var taken = new LinkedHashSet<String>();
      var scope = scopeOf(attempt);
      successors.forEach((successor, condition) -> {
        if (params.condition(
            condition, attempt.params() == null ? Map.of() : attempt.params(), scope)) {
          taken.add(successor);
        }
      });
      return taken;
    }

    private void release(StepAttempt attempt) {
      if (!attempt.permits().isEmpty()) {
        changes.then(new Effect.ReleasePermits(holderOf(attempt)));
      }
    }

    // ---------------------------------------------------------------- effects

    private void wake(StepAttempt attempt, @Nullable Long at) {
      if (at != null) {
        changes.then(new Effect.WakeStep(run.key(), attempt.stepId(), attempt.attemptId(), at));
      }
    }

    private void launch(StepAttempt attempt) {
      switch (run.plan.step(attempt.stepId()).stepType()) {
        case SUBWORKFLOW -> launchChild(attempt);
        case FOREACH -> launchForeach(attempt);
        case WHILE -> launchWhile(attempt);
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
          refOf(run.row, attempt.stepId(), attempt.attemptId()),
          run.plan.step(attempt.stepId()).stepType(),
          run.row.facts().owner(),
          values,
          null);
    }

    private void launchChild(StepAttempt attempt) {
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
      var lastRun = run.earlier.get(attempt.stepId());
      @Nullable RunKey previous = lastRun == null ? null : ChildArtifact.child(lastRun.artifacts());
      previous = previousChildren.getOrDefault(attempt.stepId(), previous);
      changes.then(
          new Effect.StartChild(
              run.key(),
              attempt.stepId(),
              attempt.attemptId(),
              refOf(run.row, attempt.stepId(), attempt.attemptId()).uuid(),
              workflowId,
              version == null ? "active" : String.valueOf(version),
              step.sync(),
              params.forSubworkflow(step, own, facts.params(), run.facts),
              new Initiator.Subworkflow(List.copyOf(ancestors)),
              facts.correlationId(),
              facts.instanceStepConcurrency(),
              previous != null && previous.workflowId().equals(workflowId)
                  ? (Long) previous.instanceId()
                  : null,
              childPolicy(attempt.stepId()),
              childPath(attempt.stepId())));
    }

    private RestartPolicy childPolicy(String stepId) {
      var path = childPath(stepId);
      if (!path.isEmpty()) {
        return path.getFirst().policy();
      }
      return run.row.facts().policy() == RestartPolicy.RESTART_FROM_BEGINNING
          ? RestartPolicy.RESTART_FROM_BEGINNING
          : RestartPolicy.RESTART_FROM_INCOMPLETE;
    }

    /** The nodes below this step that a restart from above is on its way to. */
    private List<RunFacts.Node> childPath(String stepId) {
      var restart = run.row.facts().restart();
      if (restart == null || restart.path().isEmpty() || !stepId.equals(restart.stepId())) {
        return List.of();
      }
      return restart.path();
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

    private void terminate(StepAttempt attempt) {
      var type = run.plan.step(attempt.stepId()).stepType();
      if (type != StepType.SUBWORKFLOW && type != StepType.FOREACH && type != StepType.WHILE) {
        changes.then(
            new Effect.TerminateJob(type, refOf(run.row, attempt.stepId(), attempt.attemptId())));
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
        endForeach(attempt, as);
        return;
      }
      var loop = type == StepType.WHILE ? loops.current(run, attempt) : null;
      var child =
          loop == null
              ? ChildArtifact.child(attempt.artifacts())
              : new RunKey(
                  loop.key().workflowId(),
                  LoopArtifact.lastIteration(attempt.artifacts()),
                  loop.key().loopRun());
      if (child != null) {
        changes.send(new RunCommand.EndRun(child, as, ending.because(), null));
      }
    }

    private void endForeach(StepAttempt attempt, RunStatus as) {
      var loop = openLoop(attempt.stepId(), attempt);
      if (loop == null) {
        return;
      }
      var step = Objects.requireNonNull(loop.progress()).end(as);
      follow(loop, step);
      if (step.progress().finished()) {
        foreachEnded(attempt, loop);
      }
    }

    // ---------------------------------------------------------------- keeping

    private void saveRow(RunRow row) {
      run.row = row;
      changes.row(row);
    }

    private StepAttempt save(StepAttempt attempt) {
      var known = run.attempts.get(attempt.stepId());
      before.putIfAbsent(
          attempt.stepId() + '/' + attempt.attemptId(),
          known != null && known.attemptId() == attempt.attemptId()
              ? known.status()
              : StepStatus.NOT_CREATED);
      run.attempts.put(attempt.stepId(), attempt);
      changes.attempt(attempt);
      return attempt;
    }

    private void publish(RunStatus statusBefore) {
      var row = run.row;
      if (row.status() != statusBefore) {
        var passed = new ArrayList<StatusChange.Passed>();
        var from = statusBefore;
        if (from == RunStatus.CREATED && row.startTime() != null && row.status().isTerminal()) {
          passed.add(
              new StatusChange.Passed(from.name(), RunStatus.IN_PROGRESS.name(), row.startTime()));
          from = RunStatus.IN_PROGRESS;
        }
        passed.add(new StatusChange.Passed(from.name(), row.status().name(), row.modifyTime()));
        changes.publish(
            new StatusChange(
                row.key(), row.uuid(), row.facts().correlationId(), null, null, null, passed));
      }
      for (var attempt : changes.attempts()) {
        var from = before.get(attempt.stepId() + '/' + attempt.attemptId());
        if (from != null && from != attempt.status()) {
          changes.publish(
              new StatusChange(
                  row.key(),
                  row.uuid(),
                  row.facts().correlationId(),
                  attempt.stepId(),
                  attempt.attemptId(),
                  attempt.seq(),
                  Passage.of(from, attempt)));
        }
      }
      before.clear();
    }

    private static List<String> lines(ParamException e) {
      return e.problems().stream().map(p -> p.pointer() + ": " + p.message()).toList();
    }
  }

  private static RunResult resultOf(RunStatus as) {
    return switch (as) {
      case FAILED -> RunResult.FAILED;
      case TIMED_OUT -> RunResult.TIMED_OUT;
      case STOPPED -> RunResult.STOPPED;
      case CREATED, IN_PROGRESS, PAUSED, SUCCEEDED ->
          throw new IllegalArgumentException("expected a status to end a run with, found " + as);
    };
  }

  private static RunStatus statusOf(RunResult result) {
    return switch (result) {
      case SUCCEEDED -> RunStatus.SUCCEEDED;
      case FAILED -> RunStatus.FAILED;
      case STOPPED -> RunStatus.STOPPED;
      case TIMED_OUT -> RunStatus.TIMED_OUT;
    };
  }
}
