package org.maestro.engine.run.turn;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.conductor.Turn;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.run.ChildArtifact;
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
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.definition.StepType;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;

/**
 * What happens to the steps of a run within a turn: each event goes to {@link StepLifecycle}, what
 * it decides is kept and performed, and what that finds out is the next event, until the attempt
 * has to wait for something or has ended.
 */
final class StepTurn {
  private final Run run;
  private final TurnParts parts;
  private final RunEditor editor;
  private final long now;
  private final StepParams params;
  private final Gates gates;
  private final Earlier earlier;
  private final Children children;
  private final Loops loops;
  private final Jobs jobs;

  /** What the run machine has said and nobody has acted on. */
  private final ArrayDeque<Turn> turns;

  private final Set<String> skipped = new LinkedHashSet<>();
  private final Map<String, Map<String, Param>> manual = new LinkedHashMap<>();

  StepTurn(
      Run run,
      TurnParts parts,
      RunEditor editor,
      RunChanges changes,
      ArrayDeque<Turn> turns,
      long now) {
    this.run = run;
    this.parts = parts;
    this.editor = editor;
    this.turns = turns;
    this.now = now;
    earlier = new Earlier(run);
    params = new StepParams(run, parts, changes, now);
    gates = new Gates(run, parts, params, changes, now);
    children = new Children(run, parts, earlier, changes);
    loops = new Loops(run, parts, params, earlier, changes, now);
    jobs = new Jobs(run, children, loops, changes);
  }

  // ------------------------------------------------------------------ one event after the other

  /** Takes an attempt as far as it gets. */
  private void happen(Next first) {
    var next = first;
    for (var due = next.event(); due != null; due = next.event()) {
      var heard = hear(next.attempt(), due);
      var attempt = heard.attempt();
      var event = Objects.requireNonNull(heard.event());
      var decision =
          StepLifecycle.decide(
              attempt.state(), event, () -> params.planOf(attempt), attempt.retries(), now);
      switch (decision) {
        case Decision.Ignore _ -> {
          if (!due.equals(first.event())) {
            keep(next.attempt());
          }
          return;
        }
        case Decision.Note _ -> next = Next.waiting(attempt);
        case Decision.Act(var effects) -> next = perform(effects, standing(attempt));
        case Decision.Move move -> {
          var moved = attempt.after(event, move, now);
          if (isKept(moved.state())) {
            editor.save(moved);
          }
          next = perform(move.effects(), moved);
        }
      }
    }
    keep(next.attempt());
  }

  /** What a report brings is taken over before anybody decides what it means. */
  private Next hear(StepAttempt attempt, StepEvent event) {
    return event instanceof StepEvent.Reported(StepReport report)
            && !(attempt.state() instanceof StepState.Finished)
        ? params.hear(attempt, report)
        : new Next(attempt, event);
  }

  /** As it was before somebody asked for what has been asked already. */
  private StepAttempt standing(StepAttempt attempt) {
    return run.attempts.getOrDefault(attempt.stepId(), attempt);
  }

  /** Whether it can't be left in the same turn but by what has really happened. */
  private static boolean isKept(StepState state) {
    return switch (state) {
      case StepState.Passing _, StepState.AwaitingSignals _, StepState.AwaitingPermits _ -> false;
      case StepState.Paused _,
          StepState.Starting _,
          StepState.Running _,
          StepState.Ending _,
          StepState.AwaitingRetry _,
          StepState.Finished _ ->
          true;
    };
  }

  @SuppressWarnings("ReferenceEquality") // the same attempt has been saved
  private void keep(StepAttempt attempt) {
    if (run.attempts.get(attempt.stepId()) != attempt) {
      editor.save(attempt);
    }
  }

  private Next perform(List<StepEffect> effects, StepAttempt moved) {
    var next = Next.waiting(moved);
    for (var effect : effects) {
      var attempt = next.attempt();
      var found =
          switch (effect) {
            case StepEffect.AskSignals _ -> gates.askSignals(attempt);
            case StepEffect.Evaluate _ -> params.evaluate(attempt);
            case StepEffect.AskPermits _ -> gates.askPermits(attempt);
            case StepEffect.AskPermitsAgain _ -> gates.askPermitsAgain(attempt);
            case StepEffect.Launch _ -> jobs.launch(attempt);
            case StepEffect.Attach(boolean toEnd) -> jobs.attach(attempt, toEnd);
            case StepEffect.Terminate _ -> jobs.terminate(attempt);
            case StepEffect.Conclude(StepStatus as) -> params.conclude(attempt, as);
            case StepEffect.NextAttempt(RetryCounts retries) -> begin(attempt.stepId(), retries);
            case StepEffect.Plain plain -> {
              carryOut(plain, attempt);
              yield Next.waiting(attempt);
            }
          };
      next = found.event() == null ? new Next(found.attempt(), next.event()) : found;
    }
    return next;
  }

  private void carryOut(StepEffect.Plain effect, StepAttempt attempt) {
    switch (effect) {
      case StepEffect.CheckBreakpoint _ -> gates.checkBreakpoint(attempt);
      case StepEffect.ForgetSignals _ -> gates.forgetSignals(attempt);
      case StepEffect.RestorePermits _ -> gates.restorePermits(attempt);
      case StepEffect.ReleasePermits _ -> gates.releasePermits(attempt);
      case StepEffect.SetTimer(long at) -> jobs.wake(attempt, at);
      case StepEffect.AdvanceRun _ ->
          turns.add(run.machine().finish(attempt.stepId(), RunPlan.resultOf(attempt)));
    }
  }

  // ------------------------------------------------------------------ how attempts begin

  /** Its turn has come in the DAG. */
  void due(String stepId) {
    var retries = RetryCounts.NONE;
    happen(begin(stepId, manual.containsKey(stepId) ? retries.plusManual() : retries));
  }

  /** The DAG does not lead to it. */
  void unreached(String stepId) {
    happen(new Next(created(stepId, RetryCounts.NONE, Map.of()), new StepEvent.Unreached()));
  }

  private Next begin(String stepId, RetryCounts retries) {
    var overrides = manual.getOrDefault(stepId, overridesOf(stepId));
    return new Next(
        created(stepId, retries, overrides),
        new StepEvent.Due(
            skipped.contains(stepId) || isSkippedByRestart(stepId), gates.hasBreakpoint(stepId)));
  }

  private StepAttempt created(String stepId, RetryCounts retries, Map<String, Param> overrides) {
    var last = run.attempts.get(stepId);
    return StepAttempt.created(
        stepId,
        last == null ? 1 : last.attemptId() + 1,
        run.seqOf(stepId),
        retries,
        overrides,
        now);
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

  // ------------------------------------------------------------------ what is told of attempts

  /** Something happened to an attempt; nothing if it is not the step's latest, or has ended. */
  void event(String stepId, long attemptId, StepEvent event) {
    var attempt = live(stepId, attemptId);
    if (attempt != null) {
      happen(new Next(attempt, event));
    }
  }

  private @Nullable StepAttempt live(String stepId, long attemptId) {
    var attempt = run.attempts.get(stepId);
    return attempt != null
            && attempt.attemptId() == attemptId
            && !(attempt.state() instanceof StepState.Finished)
        ? attempt
        : null;
  }

  private void happenIfAny(@Nullable Next next) {
    if (next != null) {
      happen(next);
    }
  }

  void signalCame(RunCommand.SignalCame came) {
    var attempt = live(came.stepId(), came.attemptId());
    if (attempt != null) {
      happenIfAny(gates.signalCame(attempt, came));
    }
  }

  void bypassSignals(RunCommand.BypassSignals bypass) {
    var attempt = live(bypass.stepId(), bypass.attemptId());
    if (attempt != null) {
      happenIfAny(gates.bypassSignals(attempt, bypass.by()));
    }
  }

  void permitsGranted(RunCommand.PermitsGranted granted) {
    var attempt = live(granted.stepId(), granted.attemptId());
    if (attempt != null) {
      happenIfAny(gates.permitsGranted(attempt));
    }
  }

  void childStarted(RunCommand.ChildStarted started) {
    var attempt = live(started.stepId(), started.attemptId());
    if (attempt != null) {
      happenIfAny(children.started(attempt, started));
    }
  }

  void childEnded(RunCommand.ChildEnded ended) {
    var attempt = live(ended.stepId(), ended.attemptId());
    if (attempt != null) {
      happenIfAny(
          run.plan.step(ended.stepId()).stepType() == StepType.WHILE
              ? loops.iterationEnded(attempt, ended)
              : children.ended(attempt, ended));
    }
  }

  void chunkReported(RunCommand.ChunkReported reported) {
    var attempt = live(reported.stepId(), reported.attemptId());
    if (attempt != null) {
      happenIfAny(loops.chunkReported(attempt, reported));
    }
  }

  void restartIterations(RunCommand.RestartIterations restart) {
    var attempt = run.attempts.get(restart.stepId());
    if (attempt != null) {
      happenIfAny(loops.restartIterations(attempt, restart));
    }
  }

  /** Something happened to all attempts. */
  void each(StepEvent event) {
    List.copyOf(run.attempts.values())
        .forEach(attempt -> event(attempt.stepId(), attempt.attemptId(), event));
  }

  /** Something happened to all attempts that have not been saved in this turn. */
  void eachUntouched(StepEvent event) {
    for (var attempt : List.copyOf(run.attempts.values())) {
      if (!editor.hasSaved(attempt)) {
        event(attempt.stepId(), attempt.attemptId(), event);
      }
    }
  }

  // ------------------------------------------------------------------ what people want of steps

  void end(RunCommand.EndStep end) {
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
    var mode = run.plan.step(end.stepId()).common().effectiveFailureMode();
    happen(
        new Next(
            attempt.say(TimelineEvent.action(now, nameOf(end.as()), end.by(), end.because())),
            new StepEvent.EndRequested(
                end.as() == StepStatus.FATALLY_FAILED ? StepLifecycle.failedAs(mode) : end.as(),
                end.because(),
                end.by())));
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
    var child = ChildArtifact.child(attempt.artifacts());
    editor.save(
        run.row.with(
            run.row
                .progress()
                .goingOn(
                    stepId,
                    new RunRow.Way(
                        attempt.attemptId() + 1,
                        way,
                        child == null ? earlier.child(attempt) : child,
                        run.plan.step(stepId).stepType() == StepType.WHILE
                            ? attempt.artifacts()
                            : Map.of()))
                .say(
                    TimelineEvent.action(
                        now, skip ? "SKIP" : "RESTART", by, "Step " + stepId + " is run again")),
            now));
    turns.add(run.machine().start());
  }
}
