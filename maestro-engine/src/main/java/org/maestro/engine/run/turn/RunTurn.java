package org.maestro.engine.run.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.conductor.RunResult;
import org.maestro.conductor.Turn;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.start.Initiator;

/**
 * One command's worth of work on one run: what the command is, and what follows for the run as a
 * whole. Its steps are the business of {@link StepTurn}.
 */
final class RunTurn {
  private final Run run;
  private final TurnParts parts;
  private final RunChanges changes;
  private final RunEditor editor;
  private final StepTurn steps;
  private final Handlers handlers;

  /** In epoch milliseconds; the same for all that follows from the command. */
  private final long now;

  /** What the run machine has said and nobody has acted on. */
  private final ArrayDeque<Turn> turns = new ArrayDeque<>();

  RunTurn(Run run, TurnParts parts, RunChanges changes, long now) {
    this.run = run;
    this.parts = parts;
    this.changes = changes;
    this.now = now;
    editor = new RunEditor(run, changes);
    steps = new StepTurn(run, parts, editor, changes, turns, now);
    handlers = new Handlers(run, parts, changes, now);
  }

  void handle(RunCommand command) {
    if (run.fresh) {
      run.fresh = false;
      resume();
    }
    switch (command) {
      case RunCommand.StartRun _ -> start();
      case RunCommand.RecoverRun _ -> recover();
      case RunCommand.RunTimeCame _ -> runTimeCame();
      case RunCommand.EndRun end -> endRun(end.as(), end.because(), end.by());
      case RunCommand.JobReported(_, var step, var attempt, var report) ->
          steps.event(step, attempt, new StepEvent.Reported(report));
      case RunCommand.StepTimeCame time ->
          steps.event(time.stepId(), time.attemptId(), new StepEvent.TimeCame());
      case RunCommand.PermitsGranted granted -> steps.permitsGranted(granted);
      case RunCommand.ResumeStep resume ->
          steps.event(resume.stepId(), resume.attemptId(), new StepEvent.Resumed());
      case RunCommand.SignalCame came -> steps.signalCame(came);
      case RunCommand.BypassSignals bypass -> steps.bypassSignals(bypass);
      case RunCommand.ChildStarted started -> steps.childStarted(started);
      case RunCommand.ChildEnded ended -> steps.childEnded(ended);
      case RunCommand.ChunkReported reported -> steps.chunkReported(reported);
      case RunCommand.EndStep end -> steps.end(end);
      case RunCommand.RestartStep restart ->
          steps.again(restart.stepId(), restart.overrides(), restart.way(), false, restart.by());
      case RunCommand.RestartIterations restart -> steps.restartIterations(restart);
      case RunCommand.OrderChunk _, RunCommand.RecoverChunk _ ->
          throw new IllegalArgumentException("expected a command to a run, found " + command);
    }
    followTurns();
    editor.publish();
  }

  /** A run just loaded: whatever its last turn left due goes on. */
  private void resume() {
    if (run.row.status() != RunStatus.IN_PROGRESS) {
      return;
    }
    run.machine = RunLoader.machine(parts.machines(), run);
    var halt = run.row.progress().halt();
    turns.add(halt == null ? run.machine().start() : run.machine().halt(resultOf(halt)));
    followTurns();
  }

  private void start() {
    if (run.row.status() != RunStatus.CREATED) {
      return;
    }
    var dueAt = now + run.row.facts().timeoutMillis();
    editor.save(run.row.started(now, dueAt));
    changes.then(new Effect.WakeRun(run.key(), dueAt));
    run.machine = RunLoader.machine(parts.machines(), run);
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
        steps.eachUntouched(new StepEvent.Recovered());
      }
      case PAUSED, SUCCEEDED, FAILED, STOPPED, TIMED_OUT -> {}
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
      editor.save(run.row.with(run.row.progress().say(event), now));
      finishRun(as);
      return;
    }
    if (run.row.progress().halt() != null) {
      steps.each(new StepEvent.Reminded());
      return;
    }
    editor.save(run.row.with(run.row.progress().say(event).halted(as), now));
    turns.add(run.machine().halt(resultOf(as)));
  }

  private void finishRun(RunStatus as) {
    var rollup = Rollup.of(run);
    var inline = InlineWorkflow.isInline(run.key().workflowId());
    editor.save(
        run.row.ended(
            as, as == RunStatus.FAILED && !inline, now, run.row.progress().rolledUp(rollup)));
    if (!inline) {
      changes.then(new Effect.AdmitNext(run.key(), run.row.facts().backfillId()));
      if (run.row.startTime() != null) {
        handlers.begin(as);
        if (run.row.facts().alerts() != null) {
          changes.tell(AlertEvent.ofEnd(as));
        }
      }
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
    var names = parts.loops().names(run.row);
    var values = new LinkedHashMap<String, Object>();
    // What a run took over counts, too: it has not run again what had said so before.
    var attempts = new ArrayList<StepAttempt>();
    for (var stepId : run.plan.steps().keySet()) {
      var attempt = run.standing(stepId);
      if (attempt != null) {
        attempts.add(attempt);
      }
    }
    attempts.sort(Comparator.comparingLong(StepAttempt::seq));
    for (var attempt : attempts) {
      StepLoops.paramsOf(attempt)
          .forEach((name, param) -> {
            if (param.evaluatedResult() != null && names.contains(name)) {
              values.put(name, param.evaluatedResult());
            }
          });
    }
    return values;
  }

  private void followTurns() {
    for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
      turn.unsatisfied().forEach(steps::unreached);
      turn.due().forEach(steps::due);
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
    steps.event(stepId, attempt.attemptId(), new StepEvent.EndRequested(as, because, null));
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
