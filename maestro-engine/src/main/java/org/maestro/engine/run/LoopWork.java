package org.maestro.engine.run;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.ParamException;

/** The iterations of foreach and while steps. */
final class LoopWork {
  private final RunWork work;
  private final Run run;
  private final RunAdvancer.Parts parts;
  private final RunChanges changes;
  private final long now;

  LoopWork(RunWork work) {
    this.work = work;
    run = work.run;
    parts = work.parts;
    changes = work.changes;
    now = work.now;
  }

  void launchForeach(StepAttempt attempt) {
    var step = (Step.Foreach) run.plan.step(attempt.stepId());
    LoopRow loop;
    try {
      requireDepth();
      loop = parts.loops().foreach(run, attempt, step, howAgain(attempt.stepId()), now);
    } catch (ParamException e) {
      refuseLoop(attempt, e);
      return;
    }
    run.loops.put(attempt.stepId(), loop);
    changes.loopCreated(loop);
    var artifacts = LoopArtifact.foreach(loop.key(), loop.facts());
    if (loop.facts().total() == 0) {
      work.steps.report(
          attempt.stepId(),
          attempt.attemptId(),
          new StepReport.JobCompleted(
              Map.of(), LoopArtifact.withOverview(artifacts, Map.of(), Map.of())));
      return;
    }
    work.steps.report(attempt.stepId(), attempt.attemptId(), new StepReport.JobStarted(artifacts));
    advanceForeach(loop);
  }

  private void requireDepth() {
    var levels = run.row.facts().initiator().ancestorPath().size() + 1;
    if (levels >= ChildWork.MAX_DEPTH) {
      throw new ParamException(
          "",
          "expected fewer than "
              + ChildWork.MAX_DEPTH
              + " levels of runs, found "
              + (levels + 1)
              + "; do the workflows call each other in a circle?");
    }
  }

  private void refuseLoop(StepAttempt attempt, ParamException e) {
    work.steps.report(
        attempt.stepId(),
        attempt.attemptId(),
        new StepReport.JobFailed(
            StepReport.Kind.FATAL,
            "Its loop could not begin: " + String.join("; ", RunWork.lines(e)),
            Map.of()));
  }

  private StepLoops.Again howAgain(String stepId) {
    var before = run.earlier.get(stepId);
    var again = run.attempts.get(stepId);
    return new StepLoops.Again(
        work.children.childPolicy(stepId),
        work.children.childPath(stepId),
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
    var loop = parts.loops().current(run, attempt);
    return loop == null || loop.progress() == null ? null : loop;
  }

  void chunkReported(RunCommand.ChunkReported reported) {
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
        Objects.requireNonNull(Objects.requireNonNull(run.loops.get(reported.stepId())).progress());
    if (progress.finished()) {
      foreachEnded(attempt, next);
    }
  }

  private void foreachEnded(StepAttempt attempt, LoopRow loop) {
    var totals = parts.loops().totals(loop.key());
    var status = totals.status(loop.facts().total());
    var known =
        attempt.withArtifacts(
            LoopArtifact.withOverview(attempt.artifacts(), totals.stats(), totals.leaves()));
    var message =
        status == RunStatus.SUCCEEDED
            ? ""
            : "Of %d iterations %s".formatted(loop.facts().total(), words(totals));
    work.steps.apply(
        known,
        work.steps.decide(known, new StepEvent.ChildEnded(ChildWork.asStep(status), message)));
  }

  private static String words(StepLoops.Totals totals) {
    return String.join(
        ", ",
        totals.ended().entrySet().stream()
            .map(entry -> entry.getValue() + " ended " + entry.getKey())
            .toList());
  }

  void restartIterations(RunCommand.RestartIterations restart) {
    var attempt = run.attempts.get(restart.stepId());
    var loop = attempt == null ? null : openLoop(restart.stepId(), attempt);
    if (attempt == null || loop == null || attempt.state() instanceof StepState.Ending) {
      return;
    }
    var which = restart.which();
    work.save(
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

  void launchWhile(StepAttempt attempt) {
    var step = (Step.While) run.plan.step(attempt.stepId());
    try {
      requireDepth();
      var again = howAgain(attempt.stepId());
      var before = run.earlier.get(attempt.stepId());
      var loop = parts.loops().whileLoop(run, attempt, step, again, now);
      run.loops.put(attempt.stepId(), loop);
      changes.loopCreated(loop);
      var goesOn =
          before != null && loop.facts().policy() == RestartPolicy.RESTART_FROM_INCOMPLETE
              ? before
              : null;
      var first = goesOn == null ? 1 : Math.max(1, LoopArtifact.lastIteration(goesOn.artifacts()));
      var values =
          goesOn == null || LoopArtifact.values(goesOn.artifacts()).isEmpty()
              ? parts.params().firstLoopValues(StepLoops.paramsOf(attempt))
              : LoopArtifact.values(goesOn.artifacts());
      work.steps.report(
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
    if (!parts
        .params()
        .whileCondition(step, values, StepLoops.paramsOf(attempt), work.steps.scopeOf(attempt))) {
      work.steps.apply(
          attempt, work.steps.decide(attempt, new StepEvent.ChildEnded(StepStatus.SUCCEEDED, "")));
      return;
    }
    if (iteration > StepLoops.MAX_ITERATIONS) {
      var message =
          "expected at most %,d iterations, and its condition still holds"
              .formatted(StepLoops.MAX_ITERATIONS);
      work.steps.apply(
          attempt,
          work.steps.decide(attempt, new StepEvent.ChildEnded(StepStatus.FATALLY_FAILED, message)));
      return;
    }
    var key = new RunKey(loop.key().workflowId(), iteration, loop.key().loopRun());
    var goesOn =
        loop.facts().previous() != null
            && loop.facts().policy() == RestartPolicy.RESTART_FROM_INCOMPLETE
            && iteration == LoopArtifact.firstIteration(attempt.artifacts());
    work.save(
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

  void iterationEnded(StepAttempt attempt, RunCommand.ChildEnded ended) {
    var loop = parts.loops().current(run, attempt);
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
      work.steps.apply(
          known,
          work.steps.decide(
              known, new StepEvent.ChildEnded(ChildWork.asStep(ended.status()), message)));
      return;
    }
    work.save(known);
    var values = LoopArtifact.values(known.artifacts());
    if (ended.values() != null) {
      ended.values().forEach((name, value) -> values.replace(name, value));
    }
    try {
      nextIteration(known, loop, ended.child().instanceId() + 1, values);
    } catch (ParamException e) {
      work.steps.apply(
          known,
          work.steps.decide(
              known,
              new StepEvent.ChildEnded(
                  StepStatus.FATALLY_FAILED,
                  "Its condition could not be evaluated: " + String.join("; ", RunWork.lines(e)))));
    }
  }

  void reattachWhile(StepAttempt attempt, boolean terminate) {
    var loop = parts.loops().current(run, attempt);
    if (loop == null) {
      launchWhile(attempt);
      return;
    }
    var iteration = LoopArtifact.lastIteration(attempt.artifacts());
    var child = new RunKey(loop.key().workflowId(), iteration, loop.key().loopRun());
    if (terminate) {
      work.jobs.terminate(attempt);
    }
    changes.then(new Effect.CheckChild(run.key(), attempt.stepId(), attempt.attemptId(), child));
  }

  void endForeach(StepAttempt attempt, RunStatus as) {
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
}
