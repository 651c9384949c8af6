package org.maestro.engine.run.turn;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.IterationFacts;
import org.maestro.engine.run.LoopArtifact;
import org.maestro.engine.run.LoopRow;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunKey;
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
      loop =
          parts
              .loops()
              .foreach(run, attempt, step, howAgain(attempt, work.children.goesOn(attempt)), now);
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

  /** A step that had succeeded starts from scratch, unless a restart comes through it. */
  private StepLoops.Again howAgain(StepAttempt attempt, boolean goesOn) {
    var way = work.children.way(attempt);
    return new StepLoops.Again(goesOn && (!work.children.isDone(attempt) || !way.isEmpty()), way);
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
    var totals = parts.loops().totals(loop.key(), loop.facts());
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
    var ways =
        which == null || restart.way().isEmpty()
            ? Map.<Long, List<RestartNode>>of()
            : Map.of(which.first(), restart.way());
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
            .again(which, ways, loop.facts().width(), loop.facts().strict()));
  }

  void launchWhile(StepAttempt attempt) {
    var step = (Step.While) run.plan.step(attempt.stepId());
    try {
      requireDepth();
      var before = lastPass(attempt);
      var loop =
          parts.loops().whileLoop(run, attempt, step, howAgain(attempt, before != null), now);
      run.loops.put(attempt.stepId(), loop);
      changes.loopCreated(loop);
      var last = loop.facts().goesOn(loop.key()) ? before : null;
      var first = firstOf(loop, last);
      var values =
          last == null
              ? Map.<String, Object>of()
              : first == LoopArtifact.lastIteration(last)
                  ? LoopArtifact.values(last)
                  : parts.loops().valuesOf(loop.key().workflowId(), first);
      if (values.isEmpty()) {
        first = 1;
        values = parts.params().firstLoopValues(StepLoops.paramsOf(attempt));
      }
      work.steps.report(
          attempt.stepId(),
          attempt.attemptId(),
          new StepReport.JobStarted(
              LoopArtifact.whileLoop(
                  loop.key(),
                  loop.facts(),
                  first,
                  last == null || first == 1 ? Map.of() : kept(loop, last, first))));
      nextIteration(
          Objects.requireNonNull(run.attempts.get(attempt.stepId())), loop, first, values);
    } catch (ParamException e) {
      refuseLoop(attempt, e);
    }
  }

  /** The artifacts of the pass that an attempt may go on with; null if there is none. */
  private @Nullable Map<String, Object> lastPass(StepAttempt attempt) {
    var again = run.row.progress().ways().get(attempt.stepId());
    if (again != null && !again.pass().isEmpty()) {
      return again.pass();
    }
    var before = run.goesOnFrom(attempt.stepId());
    return before == null || LoopArtifact.loop(before.artifacts()) == null
        ? null
        : before.artifacts();
  }

  /** The iteration that a pass begins with: that on the way down, or the last one. */
  private static long firstOf(LoopRow loop, @Nullable Map<String, Object> last) {
    if (last == null) {
      return 1;
    }
    var reached = Math.max(1, LoopArtifact.lastIteration(last));
    var only = loop.facts().only();
    return only == null ? reached : Math.min(reached, only + 1);
  }

  /** The steps below the iterations before one, by status. */
  private Map<String, Long> kept(LoopRow loop, Map<String, Object> last, long first) {
    var leaves = new TreeMap<>(Objects.requireNonNullElse(LoopArtifact.rollup(last), Map.of()));
    var reached = LoopArtifact.lastIteration(last);
    for (var one : parts.loops().leavesOf(loop.key().workflowId(), first, reached)) {
      one.forEach((status, count) ->
          leaves.computeIfPresent(status, (_, all) -> all > count ? (Long) (all - count) : null));
    }
    return leaves;
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
        loop.facts().goesOn(loop.key())
            && iteration == LoopArtifact.firstIteration(attempt.artifacts());
    var way = goesOn ? loop.facts().nodes() : List.<RestartNode>of();
    var fresh = IterationFacts.of(loop.key().loopRun(), loop.facts(), values);
    work.save(
        attempt.withArtifacts(
            LoopArtifact.iterationBegins(attempt.artifacts(), iteration, values)));
    changes.spawn(
        new RunChanges.Spawn(
            loop.key(),
            key,
            goesOn
                ? fresh.again(
                    way.isEmpty() ? RestartPolicy.RESTART_FROM_INCOMPLETE : way.getFirst().policy(),
                    way)
                : fresh));
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
      if (LoopArtifact.loop(attempt.artifacts()) != null) { // nothing is kept that could report
        work.steps.apply(
            attempt,
            work.steps.decide(attempt, new StepEvent.ChildEnded(ChildWork.asStep(as), "")));
      }
      return;
    }
    var step = Objects.requireNonNull(loop.progress()).end(as);
    follow(loop, step);
    if (step.progress().finished()) {
      foreachEnded(attempt, loop);
    }
  }
}
