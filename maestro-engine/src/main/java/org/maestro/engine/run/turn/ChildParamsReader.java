package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.LoopArtifact;
import org.maestro.engine.run.LoopRow;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunInspection;
import org.maestro.engine.step.StepAttempt;
import org.maestro.param.JsonLength;
import org.maestro.service.problem.ApiException;

/** Reads parameters of the runs that steps started, from the database. */
public final class ChildParamsReader implements RunUpstream.ChildParams {
  /** Iterations that are read with one statement. */
  private static final int TOGETHER = 500;

  /** Characters of JSON that the values of all iterations may have: more is no param's value. */
  private static final long MOST_VALUES = 4_000_000;

  private final RunInspection inspection;
  private final LoopStore loops;

  public ChildParamsReader(RunInspection inspection, LoopStore loops) {
    this.inspection = inspection;
    this.loops = loops;
  }

  @Override
  public @Nullable Object fromSubworkflow(RunKey child, String innerStep, String param) {
    try {
      var attempt = inspection.run(child).standing(innerStep);
      var found = attempt == null || attempt.params() == null ? null : attempt.params().get(param);
      return found == null ? null : found.evaluatedResult();
    } catch (ApiException _) {
      return null; // deleted
    }
  }

  @Override
  public List<@Nullable Object> fromForeach(
      Run run, String foreachStep, String inner, String param) {
    var attempt = run.standing(foreachStep);
    var key = attempt == null ? null : LoopArtifact.loop(attempt.artifacts());
    var loop = key == null ? null : loops.loop(key).orElse(null);
    if (key == null || loop == null) {
      return List.of();
    }
    var total = loop.facts().total();
    var reached = loops.ofStep(key.workflowId(), inner, total, new Collected(inner, param)::of);
    var again = loops.runAgain(key.workflowId(), total);
    var since = loop.facts().since(key);
    var toRunAgain = toRunAgain(loop);
    // One entry for each iteration, at its place: null where it has no value.
    var collected = new ArrayList<@Nullable Object>(Collections.nCopies((int) total, null));
    for (var part : parts(reached)) {
      var standing = standing(key, inner, part, again);
      for (var one : part) {
        var last = again.get(one.instanceId());
        if (passOf(last) < since) {
          continue; // of a pass that counts no more
        }
        if (toRunAgain.contains(one.instanceId() - 1)) {
          continue; // what it came to before counts no more, and it has not come to anything since
        }
        var kept = standing.get(one.instanceId());
        if (last == null || last.runId() == one.runId()) {
          collected.set((int) one.instanceId() - 1, one.value());
        } else if (kept != null) {
          collected.set((int) one.instanceId() - 1, result(kept, param));
        }
      }
    }
    return collected;
  }

  /** Iterations that were to be run once more, and had not begun when the loop ended. */
  private IndexSet toRunAgain(LoopRow loop) {
    var which = IndexSet.NONE;
    for (var chunk : loops.chunks(loop.key(), loop.facts(), 0, Long.MAX_VALUE)) {
      which = which.union(chunk.again());
    }
    return which;
  }

  /** A restart of one iteration by itself belongs to no pass: then the number of its run tells. */
  private static long passOf(LoopStore.@Nullable IterationRun last) {
    return last == null ? 1 : last.loopRun() == null ? last.runId() : last.loopRun();
  }

  /** Values as they are read, up to a size. */
  private static final class Collected {
    private final String step;
    private final String param;
    private long size;

    Collected(String step, String param) {
      this.step = step;
      this.param = param;
    }

    @Nullable Object of(StepAttempt attempt) {
      var value = result(attempt, param);
      size += 1 + JsonLength.of(value);
      if (size > MOST_VALUES) {
        throw new IllegalArgumentException(
            "expected param %s of step %s to have at most %,d characters over all iterations, found more; pass on what is large by name"
                .formatted(param, step, MOST_VALUES));
      }
      return value;
    }
  }

  private static @Nullable Object result(StepAttempt attempt, String param) {
    var found = StepLoops.paramsOf(attempt).get(param);
    return found == null ? null : found.evaluatedResult();
  }

  private static List<List<LoopStore.Reached>> parts(List<LoopStore.Reached> all) {
    var parts = new ArrayList<List<LoopStore.Reached>>();
    for (int from = 0; from < all.size(); from += TOGETHER) {
      parts.add(all.subList(from, Math.min(all.size(), from + TOGETHER)));
    }
    return parts;
  }

  /** How the step stands in those iterations whose last run has not reached it. */
  private Map<Long, StepAttempt> standing(
      LoopKey loop,
      String inner,
      List<LoopStore.Reached> reached,
      Map<Long, LoopStore.IterationRun> again) {
    var keys = new ArrayList<RunKey>();
    for (var one : reached) {
      var last = again.get(one.instanceId());
      if (last != null && last.runId() != one.runId()) {
        keys.add(new RunKey(loop.workflowId(), one.instanceId(), last.runId()));
      }
    }
    var found = new HashMap<Long, StepAttempt>();
    inspection
        .runs(keys)
        .forEach(run -> {
          var attempt = run.standing(inner);
          if (attempt != null) {
            found.put(run.key().instanceId(), attempt);
          }
        });
    return found;
  }
}
