package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.loop.RestartNode;
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
final class Loops {
  private final Run run;
  private final TurnParts parts;
  private final StepParams params;
  private final Earlier earlier;
  private final RunChanges changes;
  private final long now;

  Loops(
      Run run, TurnParts parts, StepParams params, Earlier earlier, RunChanges changes, long now) {
    this.run = run;
    this.parts = parts;
    this.params = params;
    this.earlier = earlier;
    this.changes = changes;
    this.now = now;
  }

  // ------------------------------------------------------------------ foreach

  Next launchForeach(StepAttempt attempt) {
    var step = (Step.Foreach) run.plan.step(attempt.stepId());
    LoopRow loop;
    try {
      requireDepth();
      loop =
          parts
              .loops()
              .foreach(run, attempt, step, howAgain(attempt, earlier.goesOn(attempt)), now);
    } catch (ParamException e) {
      return refused(attempt, e);
    }
    run.loops.put(attempt.stepId(), loop);
    changes.loopCreated(loop);
    var artifacts = LoopArtifact.foreach(loop.key(), loop.facts());
    if (loop.facts().total() == 0) {
      return Next.reported(
          attempt,
          new StepReport.JobCompleted(
              Map.of(), LoopArtifact.withOverview(artifacts, Map.of(), Map.of())));
    }
    advance(loop);
    return Next.reported(attempt, new StepReport.JobStarted(artifacts));
  }

  private void requireDepth() {
    var levels = run.row.facts().initiator().ancestorPath().size() + 1;
    if (levels >= Children.MAX_DEPTH) {
      throw new ParamException(
          "",
          "expected fewer than "
              + Children.MAX_DEPTH
              + " levels of runs, found "
              + (levels + 1)
              + "; do the workflows call each other in a circle?");
    }
  }

  private static Next refused(StepAttempt attempt, ParamException e) {
    return Next.reported(
        attempt,
        new StepReport.JobFailed(
            StepReport.Kind.FATAL,
            "Its loop could not begin: " + String.join("; ", StepParams.linesOf(e)),
            Map.of()));
  }

  /** A step that had succeeded starts from scratch, unless a restart comes through it. */
  private StepLoops.Again howAgain(StepAttempt attempt, boolean goesOn) {
    var way = earlier.way(attempt);
    return new StepLoops.Again(goesOn && (!earlier.isDone(attempt) || !way.isEmpty()), way);
  }

  private void advance(LoopRow loop) {
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

  /** Null if that changes nothing about the step. */
  @Nullable Next chunkReported(StepAttempt attempt, RunCommand.ChunkReported reported) {
    var loop = openLoop(reported.stepId(), attempt);
    if (loop == null || !loop.key().equals(reported.loop())) {
      return null;
    }
    var before = Objects.requireNonNull(loop.progress());
    var heard = before.reported(reported.chunk(), reported.report());
    if (heard.equals(before)) {
      return null;
    }
    var mode = run.plan.step(reported.stepId()).common().effectiveFailureMode();
    var next = loop.with(heard);
    if (heard.over() && mode == FailureMode.FAIL_IMMEDIATELY && heard.ending() == null) {
      follow(next, heard.end(RunStatus.FAILED));
    } else {
      advance(next);
    }
    var progress =
        Objects.requireNonNull(Objects.requireNonNull(run.loops.get(reported.stepId())).progress());
    return progress.finished() ? ended(attempt, next) : null;
  }

  private Next ended(StepAttempt attempt, LoopRow loop) {
    var totals = parts.loops().totals(loop.key(), loop.facts());
    var status = totals.status(loop.facts().total());
    var message = status == RunStatus.SUCCEEDED ? "" : words(loop, totals);
    return new Next(
        attempt.withArtifacts(
            LoopArtifact.withOverview(attempt.artifacts(), totals.stats(), totals.leaves())),
        new StepEvent.ChildEnded(Children.asStep(status), message));
  }

  private static String words(LoopRow loop, StepLoops.Totals totals) {
    var total = loop.facts().total();
    var ended = totals.ended().values().stream().mapToLong(Long::longValue).sum();
    var failed = ended - totals.ended().getOrDefault(RunStatus.SUCCEEDED, 0L);
    var words = new ArrayList<String>();
    totals.ended().forEach((status, count) -> words.add(count + " ended " + status));
    if (ended < total) {
      var most = Objects.requireNonNullElse(loop.facts().maxFailures(), 0L);
      words.add(
          (total - ended)
              + " were not started"
              + (failed <= most
                  ? ""
                  : ", as max_failures allows for " + (most == 0 ? "none" : most)));
    }
    var message = "Of %d iterations %s".formatted(total, String.join(", ", words));
    return totals.firstFailed() == null
        ? message
        : "%s; iteration %d failed first%s"
            .formatted(
                message,
                totals.firstFailed(),
                totals.because() == null ? "" : ", " + totals.because());
  }

  /** Null if the loop doesn't go on. */
  @Nullable Next restartIterations(StepAttempt attempt, RunCommand.RestartIterations restart) {
    var loop = openLoop(restart.stepId(), attempt);
    if (loop == null || attempt.state() instanceof StepState.Ending) {
      return null;
    }
    var which = restart.which();
    var ways =
        which == null || restart.way().isEmpty()
            ? Map.<Long, List<RestartNode>>of()
            : Map.of(which.first(), restart.way());
    follow(
        loop,
        Objects.requireNonNull(loop.progress())
            .again(which, ways, loop.facts().width(), loop.facts().strict()));
    return Next.waiting(
        attempt.say(
            TimelineEvent.action(
                now,
                "RESTART",
                restart.by(),
                which == null
                    ? "All iterations that did not succeed are run again"
                    : which.size() + " iterations are run again")));
  }

  Next endForeach(StepAttempt attempt, RunStatus as) {
    var loop = openLoop(attempt.stepId(), attempt);
    if (loop == null) {
      return LoopArtifact.loop(attempt.artifacts()) == null
          ? Next.waiting(attempt)
          // Nothing is kept that could report.
          : new Next(attempt, new StepEvent.ChildEnded(Children.asStep(as), ""));
    }
    var step = Objects.requireNonNull(loop.progress()).end(as);
    follow(loop, step);
    return step.progress().finished() ? ended(attempt, loop) : Next.waiting(attempt);
  }

  // ------------------------------------------------------------------ while

  Next launchWhile(StepAttempt attempt) {
    var step = (Step.While) run.plan.step(attempt.stepId());
    var known = attempt;
    try {
      requireDepth();
      var before = earlier.pass(attempt);
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
      var leaves = last == null || first == 1 ? Map.<String, Long>of() : kept(loop, last, first);
      known =
          attempt.withArtifacts(LoopArtifact.whileLoop(loop.key(), loop.facts(), first, leaves));
      var next = nextIteration(known, loop, first, values);
      return next.event() == null
          ? Next.reported(next.attempt(), new StepReport.JobStarted(Map.of()))
          : next;
    } catch (ParamException e) {
      return refused(known, e);
    }
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
  private Next nextIteration(
      StepAttempt attempt, LoopRow loop, long iteration, Map<String, Object> values) {
    var step = (Step.While) run.plan.step(attempt.stepId());
    var own = StepLoops.paramsOf(attempt);
    if (!parts.params().whileCondition(step, values, own, params.scopeOf(attempt))) {
      return new Next(attempt, new StepEvent.ChildEnded(StepStatus.SUCCEEDED, ""));
    }
    if (iteration > StepLoops.MAX_ITERATIONS) {
      var message =
          "expected at most %,d iterations, and its condition still holds"
              .formatted(StepLoops.MAX_ITERATIONS);
      return new Next(attempt, new StepEvent.ChildEnded(StepStatus.FATALLY_FAILED, message));
    }
    var goesOn =
        loop.facts().goesOn(loop.key())
            && iteration == LoopArtifact.firstIteration(attempt.artifacts());
    var way = goesOn ? loop.facts().nodes() : List.<RestartNode>of();
    var fresh = IterationFacts.of(loop.key().loopRun(), loop.facts(), values);
    changes.spawn(
        new RunChanges.Spawn(
            loop.key(),
            new RunKey(loop.key().workflowId(), iteration, loop.key().loopRun()),
            goesOn
                ? fresh.again(
                    way.isEmpty() ? RestartPolicy.RESTART_FROM_INCOMPLETE : way.getFirst().policy(),
                    way)
                : fresh));
    return Next.waiting(
        attempt.withArtifacts(
            LoopArtifact.iterationBegins(attempt.artifacts(), iteration, values)));
  }

  /** Null if it is not the iteration that the step waits for. */
  @Nullable Next iterationEnded(StepAttempt attempt, RunCommand.ChildEnded ended) {
    var loop = parts.loops().current(run, attempt);
    if (loop == null
        || ended.child().runId() != loop.key().loopRun()
        || ended.child().instanceId() != LoopArtifact.lastIteration(attempt.artifacts())) {
      return null;
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
      return new Next(known, new StepEvent.ChildEnded(Children.asStep(ended.status()), message));
    }
    var values = LoopArtifact.values(known.artifacts());
    if (ended.values() != null) {
      ended.values().forEach((name, value) -> values.replace(name, value));
    }
    try {
      return nextIteration(known, loop, ended.child().instanceId() + 1, values);
    } catch (ParamException e) {
      return new Next(
          known,
          new StepEvent.ChildEnded(
              StepStatus.FATALLY_FAILED,
              "Its condition could not be evaluated: " + String.join("; ", StepParams.linesOf(e))));
    }
  }

  /** The iteration of a while step that an attempt waits for; null if its pass has none. */
  @Nullable RunKey iterationOf(StepAttempt attempt) {
    var loop = parts.loops().current(run, attempt);
    return loop == null
        ? null
        : new RunKey(
            loop.key().workflowId(),
            LoopArtifact.lastIteration(attempt.artifacts()),
            loop.key().loopRun());
  }
}
