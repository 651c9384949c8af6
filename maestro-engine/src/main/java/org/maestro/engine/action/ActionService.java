package org.maestro.engine.action;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.shard.ChangeFeed;
import org.maestro.engine.run.store.RunInspection;
import org.maestro.engine.start.Accepted;
import org.maestro.engine.start.RestartService;
import org.maestro.engine.start.RestartVersions;
import org.maestro.engine.start.StartRequest;
import org.maestro.engine.start.WorkflowRuns;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/**
 * Carries out what people ask of runs and steps. An action is kept before this answers; a blocking
 * one is also waited for, at most {@link #WAIT}.
 */
public final class ActionService {
  /** How long a blocking action is waited for; it stays in force afterwards. */
  public static final Duration WAIT = Duration.ofSeconds(5);

  private static final long RECHECK_MILLIS = 250;

  private final RunInspection inspection;
  private final RunCommands commands;
  private final ChangeFeed changes;
  private final RestartService restarts;
  private final WorkflowRuns workflowRuns;
  private final CompiledVersions versions;
  private final AccessPolicy access;
  private final InstantSource clock;

  public ActionService(
      RunInspection inspection,
      RunCommands commands,
      ChangeFeed changes,
      RestartService restarts,
      WorkflowRuns workflowRuns,
      CompiledVersions versions,
      AccessPolicy access,
      InstantSource clock) {
    this.inspection = inspection;
    this.commands = commands;
    this.changes = changes;
    this.restarts = restarts;
    this.workflowRuns = workflowRuns;
    this.versions = versions;
    this.access = access;
    this.clock = clock;
  }

  /** What can be asked of a run. */
  public enum RunAction {
    STOP,
    KILL,
    UNBLOCK
  }

  /** What can be asked of a step. */
  public enum StepAction {
    STOP,
    KILL,
    SKIP,
    BYPASS
  }

  /** What an action came to. */
  public record RunAnswer(RunKey run, RunStatus status, String info, TimelineEvent event) {}

  /**
   * What an action came to.
   *
   * @param attempt the step's latest attempt after it; null if the step has none in this run
   */
  public record StepAnswer(
      RunKey run, String stepId, @Nullable StepAttempt attempt, TimelineEvent event) {}

  /** Acts on every live instance of a workflow; for UNBLOCK on every failed one. */
  public TimelineEvent onWorkflow(Caller caller, String workflowId, RunAction action) {
    var resolved = versions.resolve(workflowId, VersionSelector.LATEST);
    access.require(caller, Access.RUN, workflowId, resolved.properties().owner());
    var now = clock.millis();
    return switch (action) {
      case STOP, KILL -> {
        var runs = workflowRuns.open(workflowId);
        runs.forEach(run -> commands.send(ending(run, action, caller)));
        yield TimelineEvent.action(
            now,
            action.name(),
            caller.name(),
            runs.size() == 1
                ? "1 instance is being ended"
                : "%d instances are being ended".formatted(runs.size()));
      }
      case UNBLOCK -> {
        var unblocked = workflowRuns.unblock(workflowId);
        yield TimelineEvent.action(
            now, "UNBLOCK", caller.name(), "%d failed runs hold nothing back".formatted(unblocked));
      }
    };
  }

  /**
   * Acts on one run.
   *
   * @param runId null for the latest
   * @throws ApiException 403 or 404
   */
  public RunAnswer onRun(
      Caller caller, String workflowId, long instanceId, @Nullable Long runId, RunAction action) {
    RunInspection.Inspected run;
    try {
      run =
          runId == null
              ? inspection.latest(workflowId, instanceId)
              : inspection.run(new RunKey(workflowId, instanceId, runId));
    } catch (RunInspection.UnreadableRunException e) {
      return onUnreadable(caller, e.run(), action);
    }
    access.require(caller, Access.RUN, workflowId, run.row().facts().owner());
    var event =
        TimelineEvent.action(
            clock.millis(), action.name(), caller.name(), "Asked for by " + caller.name());
    return switch (action) {
      case STOP, KILL -> {
        if (run.row().status().isTerminal()) {
          yield new RunAnswer(run.key(), run.row().status(), "The run has ended already", event);
        }
        commands.send(ending(run.key(), action, caller));
        var after = await(run.key(), inspected -> inspected.row().status().isTerminal());
        yield new RunAnswer(
            run.key(),
            after.row().status(),
            after.row().status().isTerminal() ? "Done" : "The action is kept and under way",
            event);
      }
      case UNBLOCK -> {
        if (run.row().status() != RunStatus.FAILED) {
          throw ApiException.conflict(
              "not-failed",
              "run %s is %s; only a FAILED run can be unblocked"
                  .formatted(run.key(), run.row().status()));
        }
        workflowRuns.unblock(workflowId, instanceId);
        yield new RunAnswer(run.key(), run.row().status(), "Done", event);
      }
    };
  }

  /** On a run that this engine can't read: it can be ended, and forgotten about. */
  private RunAnswer onUnreadable(Caller caller, RunKey run, RunAction action) {
    var resolved = versions.resolve(run.workflowId(), VersionSelector.LATEST);
    access.require(caller, Access.RUN, run.workflowId(), resolved.properties().owner());
    switch (action) {
      case STOP, KILL -> {
        commands.send(ending(run, action, caller));
        await(run, () -> statusOf(run), RunStatus::isTerminal);
      }
      case UNBLOCK -> workflowRuns.unblock(run.workflowId(), run.instanceId());
    }
    var status = statusOf(run);
    return new RunAnswer(
        run,
        status,
        action == RunAction.UNBLOCK || status.isTerminal()
            ? "Done"
            : "The action is kept and under way",
        TimelineEvent.action(
            clock.millis(), action.name(), caller.name(), "Asked for by " + caller.name()));
  }

  private RunStatus statusOf(RunKey run) {
    return inspection
        .status(run)
        .orElseThrow(() -> ApiException.notFound("no-such-run", "there is no run " + run));
  }

  private static RunCommand ending(RunKey run, RunAction action, Caller caller) {
    var killed = action == RunAction.KILL;
    return new RunCommand.EndRun(
        run,
        killed ? RunStatus.FAILED : RunStatus.STOPPED,
        (killed ? "Killed by " : "Stopped by ") + caller.name(),
        caller.name());
  }

  /**
   * Acts on a step of the latest run.
   *
   * @param blocking whether to wait until it has taken effect
   * @throws ApiException 403, 404, 408 or 409
   */
  public StepAnswer onStep(
      Caller caller,
      String workflowId,
      long instanceId,
      String stepId,
      StepAction action,
      boolean blocking) {
    var run = inspection.readable(workflowId, instanceId);
    access.require(caller, Access.RUN, workflowId, run.row().facts().owner());
    var attempt = stepOf(run, stepId);
    var event =
        TimelineEvent.action(
            clock.millis(), action.name(), caller.name(), "Asked for by " + caller.name());
    switch (action) {
      case SKIP -> {
        if (run.row().status().isTerminal()) {
          return skippedInNewRun(caller, run, stepId, blocking, event);
        }
      }
      case STOP, KILL -> {
        if (attempt.status().isFinal()) {
          throw notPossible(run, stepId, attempt, action);
        }
      }
      case BYPASS -> {
        if (attempt.status() != StepStatus.WAITING_FOR_SIGNALS) {
          throw notPossible(run, stepId, attempt, action);
        }
      }
    }
    if (run.row().status().isTerminal() || attempt.status().isComplete()) {
      throw notPossible(run, stepId, attempt, action);
    }
    commands.send(command(run.key(), attempt, action, caller));
    if (!blocking) {
      return new StepAnswer(run.key(), stepId, attempt, event);
    }
    var after =
        await(
            run.key(),
            inspected -> {
              var now = inspected.current().get(stepId);
              return now != null && now.status().isFinal() && now.status() != attempt.status();
            });
    var ended = after.current().get(stepId);
    if (ended == null || !ended.status().isFinal()) {
      throw new ApiException(
          ProblemKind.REQUEST_TIMEOUT,
          "action-under-way",
          "step \"%s\" of run %s has not ended within %d s; the action stays in force"
              .formatted(stepId, run.key(), WAIT.toSeconds()));
    }
    return new StepAnswer(run.key(), stepId, ended, event);
  }

  private static StepAttempt stepOf(RunInspection.Inspected run, String stepId) {
    if (!run.plan().steps().containsKey(stepId)) {
      throw ApiException.notFound(
          "no-such-step",
          "workflow \"%s\" has no step \"%s\"; it has %s"
              .formatted(run.key().workflowId(), stepId, run.plan().steps().keySet()));
    }
    var attempt = run.latest(stepId);
    if (attempt == null) {
      throw ApiException.conflict(
          "step-not-created",
          "run %s has not reached step \"%s\" yet".formatted(run.key(), stepId));
    }
    return attempt;
  }

  private static ApiException notPossible(
      RunInspection.Inspected run, String stepId, StepAttempt attempt, StepAction action) {
    return ApiException.conflict(
        "action-not-possible",
        "step \"%s\" of run %s is %s; %s is not possible then"
            .formatted(stepId, run.key(), attempt.status(), action));
  }

  private static RunCommand command(
      RunKey run, StepAttempt attempt, StepAction action, Caller caller) {
    var stepId = attempt.stepId();
    return switch (action) {
      case STOP ->
          new RunCommand.EndStep(
              run, stepId, StepStatus.STOPPED, "Stopped by " + caller.name(), caller.name());
      case KILL ->
          new RunCommand.EndStep(
              run, stepId, StepStatus.FATALLY_FAILED, "Killed by " + caller.name(), caller.name());
      case SKIP ->
          new RunCommand.EndStep(
              run, stepId, StepStatus.SKIPPED, "Skipped by " + caller.name(), caller.name());
      case BYPASS -> new RunCommand.BypassSignals(run, stepId, attempt.attemptId(), caller.name());
    };
  }

  private StepAnswer skippedInNewRun(
      Caller caller,
      RunInspection.Inspected run,
      String stepId,
      boolean blocking,
      TimelineEvent event) {
    var accepted = restarts.restartFromStep(caller, run, stepId, StartRequest.PLAIN, true);
    return startedAgain(accepted, stepId, blocking, event);
  }

  /**
   * Restarts an instance.
   *
   * @throws ApiException 400, 403, 404, 409 or 422
   */
  public Accepted restart(Caller caller, String workflowId, long instanceId, StartRequest request) {
    return restarts.restart(caller, workflowId, instanceId, request);
  }

  /**
   * Restarts a step: in place while its run goes on, else in a new run.
   *
   * @throws ApiException 400, 403, 404, 408, 409 or 422
   */
  public StepAnswer restartStep(
      Caller caller,
      String workflowId,
      long instanceId,
      String stepId,
      StartRequest request,
      boolean blocking) {
    var run = inspection.readable(workflowId, instanceId);
    access.require(caller, Access.RUN, workflowId, run.row().facts().owner());
    var attempt = stepOf(run, stepId);
    var event =
        TimelineEvent.action(
            clock.millis(), "RESTART", caller.name(), "Asked for by " + caller.name());
    if (run.row().status().isTerminal()) {
      return startedAgain(
          restarts.restartFromStep(caller, run, stepId, request, false), stepId, blocking, event);
    }
    if (request.version() != null) {
      throw RestartVersions.ofALiveRun(run);
    }
    var step = run.plan().steps().get(stepId);
    if (attempt.status().isComplete()
        || !attempt.status().isFinal()
        || step == null
        || step.common().effectiveFailureMode() != FailureMode.FAIL_AFTER_RUNNING) {
      throw ApiException.conflict(
          "action-not-possible",
          ("step \"%s\" of run %s is %s with failure mode %s; while a run goes on, only a step that"
                  + " has failed for good under FAIL_AFTER_RUNNING can be restarted")
              .formatted(
                  stepId,
                  run.key(),
                  attempt.status(),
                  step == null ? "?" : step.common().effectiveFailureMode()));
    }
    for (var other : request.stepRunParams().keySet()) {
      if (!other.equals(stepId)) {
        throw ApiException.badRequest(
            "params-of-another-step",
            "step_run_params: expected params of step \"%s\", found some of \"%s\", which is not restarted"
                .formatted(stepId, other));
      }
    }
    var overrides = request.stepRunParams().getOrDefault(stepId, request.runParams());
    commands.send(
        new RunCommand.RestartStep(run.key(), stepId, overrides, List.of(), caller.name()));
    if (!blocking) {
      return new StepAnswer(run.key(), stepId, attempt, event);
    }
    var after =
        await(
            run.key(),
            inspected -> {
              var now = inspected.current().get(stepId);
              return now != null && now.attemptId() > attempt.attemptId();
            });
    return new StepAnswer(run.key(), stepId, after.current().get(stepId), event);
  }

  private StepAnswer startedAgain(
      Accepted accepted, String stepId, boolean blocking, TimelineEvent event) {
    if (!blocking) {
      return new StepAnswer(accepted.run(), stepId, null, event);
    }
    var after =
        await(
            accepted.run(),
            inspected ->
                inspected.current().containsKey(stepId) || inspected.row().status().isTerminal());
    return new StepAnswer(accepted.run(), stepId, after.current().get(stepId), event);
  }

  private RunInspection.Inspected await(RunKey run, Predicate<RunInspection.Inspected> reached) {
    return await(run, () -> inspection.run(run), reached);
  }

  /** Looks again whenever the run changes here, and now and then in case it changes elsewhere. */
  private <T> T await(RunKey run, Supplier<T> look, Predicate<T> reached) {
    var changed = new Semaphore(0);
    var until = clock.millis() + WAIT.toMillis();
    try (var _ = changes.listen(run, changed::release)) {
      while (true) {
        var now = look.get();
        var left = until - clock.millis();
        if (reached.test(now) || left <= 0) {
          return now;
        }
        var _ = changed.tryAcquire(Math.min(left, RECHECK_MILLIS), TimeUnit.MILLISECONDS);
        changed.drainPermits();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return look.get();
    }
  }
}
