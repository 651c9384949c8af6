package org.maestro.engine.instance.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.instance.InstanceStore.StoredAttempt;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.instance.loop.LoopSnapshot;
import org.maestro.engine.instance.loop.LoopSnapshots;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.Why.Code;
import org.maestro.model.instance.Why.Reason;
import org.maestro.model.loop.FailureGroup;

/**
 * Finds what failed first below a run that has failed, through iterations and children: the cause
 * of all that failed because of it. Of a loop that is the one that its chunks remember, or one of a
 * few of each way to fail.
 */
final class FirstFailure {
  private static final int MAX_DEPTH = 10;
  private static final int MAX_GROUPS = 10;
  private static final int MAX_SHOWN_ITEM = 100;

  private final InstanceStore store;
  private final LoopSnapshots chunks;
  private final LoopSource loops;
  private final Predicate<StoredRun> readable;

  /**
   * @param readable whether who asks may see a run; below others nothing is told of
   */
  FirstFailure(
      InstanceStore store, LoopSnapshots chunks, LoopSource loops, Predicate<StoredRun> readable) {
    this.store = store;
    this.chunks = chunks;
    this.loops = loops;
    this.readable = readable;
  }

  /**
   * An attempt that failed, with nothing below it that did.
   *
   * @param above where it is, outermost first: iterations with their values, and child runs
   */
  record Leaf(StoredRun run, StepAttempt attempt, List<String> above) {

    /** Names it as the log store does. */
    AttemptRef ref() {
      return run.row().attempt(attempt.stepId(), attempt.attemptId());
    }

    /**
     * In words.
     *
     * @param lines what it printed last; none if it printed nothing, or elsewhere
     */
    Reason reason(List<String> lines) {
      var where = above.isEmpty() ? "" : " in " + String.join(" / ", above);
      var message =
          new StringBuilder(
              "Failed first: step \"%s\"%s, attempt %d: %s"
                  .formatted(
                      attempt.stepId(), where, attempt.attemptId(), WhyStep.lastWords(attempt)));
      if (!lines.isEmpty()) {
        message.append("\nit printed last:");
        lines.forEach(line -> message.append("\n    ").append(line));
      }
      message.append(
          "\nnow: restart the run, and what succeeded stays; after pushing a mended version, restart it with that version");
      var reason = Reason.of(Code.FAILED_FIRST, message.toString());
      for (var part : WhyStep.key(run.key()).entrySet()) {
        reason = reason.with(part.getKey(), part.getValue());
      }
      return reason
          .with("step_id", attempt.stepId())
          .with("step_attempt_id", attempt.attemptId())
          .with("status", attempt.status())
          .with("above", above)
          .with("last_lines", lines);
    }
  }

  /** Below a run; empty if none of its steps has failed, as where its params were refused. */
  Optional<Leaf> in(StoredRun run) {
    return in(run, List.of());
  }

  /** Below an attempt that failed, which is the leaf itself if nothing is below it. */
  Leaf below(StoredRun run, StepAttempt attempt) {
    return below(run, attempt, List.of());
  }

  static boolean hasFailed(StepAttempt attempt) {
    return attempt.status().isFinal() && !attempt.status().isComplete();
  }

  private Optional<Leaf> in(StoredRun run, List<String> above) {
    return store.steps(run.key()).stream()
        .map(StoredAttempt::attempt)
        .filter(FirstFailure::hasFailed)
        .min(Comparator.comparingLong(FirstFailure::endOf))
        .map(attempt -> below(run, attempt, above));
  }

  private static long endOf(StepAttempt attempt) {
    return Objects.requireNonNullElse(attempt.times().end(), Long.MAX_VALUE);
  }

  private Leaf below(StoredRun run, StepAttempt attempt, List<String> above) {
    var leaf = new Leaf(run, attempt, above);
    if (above.size() >= MAX_DEPTH) {
      return leaf;
    }
    var loop = RunRecords.loop(attempt.artifacts());
    if (loop != null && InlineWorkflow.isForeach(loop.workflowId())) {
      return inIteration(leaf, loop).orElse(leaf);
    }
    var child = RunRecords.child(attempt.artifacts());
    var key = child == null ? RunRecords.whileIteration(attempt.artifacts()) : child;
    var below = key == null ? null : failed(key);
    if (below == null) {
      return leaf;
    }
    var words =
        child == null
            ? "%s[%d]".formatted(attempt.stepId(), below.key().instanceId() - 1)
            : "%s (%s)".formatted(attempt.stepId(), below.key());
    return in(below, with(above, words)).orElse(leaf);
  }

  private @Nullable StoredRun failed(RunKey key) {
    return store.runs(List.of(key)).stream()
        .filter(FirstFailure::hasFailed)
        .filter(readable)
        .findFirst()
        .orElse(null);
  }

  private static boolean hasFailed(StoredRun run) {
    var status = run.row().status();
    return status == RunStatus.FAILED || status == RunStatus.TIMED_OUT;
  }

  private Optional<Leaf> inIteration(Leaf leaf, LoopKey loop) {
    var facts = loops.facts(loop);
    var states = chunks.chunks(loop, facts);
    var state = new LoopSnapshot(facts.total(), facts.width(), false, facts.arrays(), states);
    var numbers =
        Stream.concat(
                Stream.of(Chunk.firstFailed(states)).filter(index -> index >= 0),
                // Its run may have been stopped, or be run again by itself.
                state.failures().stream()
                    .limit(MAX_GROUPS)
                    .map(FailureGroup::samples)
                    .flatMap(List::stream))
            .distinct()
            .map(index -> index + 1)
            .toList();
    return store.latestOf(loop.workflowId(), numbers).stream()
        .filter(FirstFailure::hasFailed)
        .min(Comparator.comparingLong(one -> Objects.requireNonNullElse(one.row().endTime(), 0L)))
        .flatMap(first -> {
          var index = first.key().instanceId() - 1;
          var words =
              "%s[%d]%s".formatted(leaf.attempt().stepId(), index, words(state.itemsOf(index)));
          return in(first, with(leaf.above(), words));
        });
  }

  private static String words(Map<String, Object> items) {
    var words =
        items.entrySet().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .collect(Collectors.joining(", "));
    return words.isEmpty() || words.length() > MAX_SHOWN_ITEM ? "" : " (" + words + ")";
  }

  private static List<String> with(List<String> above, String words) {
    var more = new ArrayList<>(above);
    more.add(words);
    return more;
  }
}
