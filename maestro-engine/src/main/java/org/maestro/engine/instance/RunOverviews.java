package org.maestro.engine.instance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.AggregatedInfo;
import org.maestro.model.instance.AggregatedInfo.StepAggregate;
import org.maestro.model.instance.RunOverview;
import org.maestro.model.instance.RunOverview.Leaves;
import org.maestro.model.instance.RunOverview.Rollup;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;

/** Counts the steps of runs. Pure. */
final class RunOverviews {
  private RunOverviews() {}

  /**
   * A run with its steps.
   *
   * @param live the runs below it that have not ended, with their steps
   */
  static RunOverview of(RunNode node, Map<RunKey, RunNode> live) {
    return new RunOverview(
        (long) node.plan().steps().size(),
        steps(node),
        rollup(node, live),
        node.run().row().status());
  }

  /** A run without its steps: what was counted when it ended. */
  static RunOverview of(RunRow row) {
    var counted = row.progress().rollup();
    return new RunOverview(null, null, counted == null ? null : rollup(counted), row.status());
  }

  /** A run that has ended, as the step that started it remembers it. */
  static RunOverview ended(RunStatus status, Map<String, Long> counted) {
    return new RunOverview(null, null, rollup(counted), status);
  }

  private static Rollup rollup(Map<String, Long> counted) {
    var leaves = new LeafCounts();
    leaves.add(counted);
    return leaves.rollup();
  }

  private static Map<String, RunOverview.Steps> steps(RunNode node) {
    var byStatus = new EnumMap<StepStatus, List<StepAttempt>>(StepStatus.class);
    var absent = 0L;
    for (var stepId : node.plan().steps().keySet()) {
      var attempt = node.step(stepId);
      if (attempt == null) {
        absent++;
      } else {
        byStatus.computeIfAbsent(attempt.status(), _ -> new ArrayList<>()).add(attempt);
      }
    }
    var overview = new LinkedHashMap<String, RunOverview.Steps>();
    if (absent > 0) {
      overview.put(StepStatus.NOT_CREATED.name(), new RunOverview.Steps(absent, null));
    }
    byStatus.forEach((status, attempts) ->
        overview.put(
            status.name(),
            new RunOverview.Steps(
                attempts.size(),
                attempts.stream()
                    .sorted(Comparator.comparingLong(StepAttempt::seq))
                    .map(RunOverviews::span)
                    .toList())));
    return overview;
  }

  private static List<@Nullable Long> span(StepAttempt attempt) {
    return Arrays.<@Nullable Long>asList(
        attempt.seq(), attempt.times().start(), attempt.times().end());
  }

  static Rollup rollup(RunNode node, Map<RunKey, RunNode> live) {
    var leaves = new LeafCounts();
    count(node, live, leaves);
    return leaves.rollup();
  }

  /** Ends: the live runs below a run are a tree, each read once. */
  private static void count(RunNode node, Map<RunKey, RunNode> live, LeafCounts leaves) {
    for (var step : node.plan().steps().values()) {
      var attempt = node.step(step.id());
      if (attempt == null) {
        continue;
      }
      if (step.stepType().isLeaf()) {
        leaves.add(node.key(), attempt);
        continue;
      }
      var ended = RunRecords.childRollup(attempt.artifacts());
      if (ended != null) {
        leaves.add(ended);
        continue;
      }
      var child = RunRecords.child(attempt.artifacts());
      var below = child == null ? null : live.get(child);
      if (below != null) {
        countChild(below, live, leaves);
      }
    }
  }

  private static void countChild(RunNode child, Map<RunKey, RunNode> live, LeafCounts leaves) {
    var counted = child.run().row().progress().rollup();
    if (counted != null) {
      leaves.add(counted);
    } else {
      count(child, live, leaves);
    }
  }

  /** Leaf steps by status, with references to those that ask for attention. */
  private static final class LeafCounts {
    private static final int MAX_REFS = 100;

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final Map<String, Map<String, List<String>>> refs = new LinkedHashMap<>();
    private int kept;

    void add(Map<String, Long> more) {
      more.forEach((status, count) -> counts.merge(status, count, Long::sum));
    }

    void add(RunKey run, StepAttempt attempt) {
      var status = attempt.status().name();
      counts.merge(status, 1L, Long::sum);
      if (asksForAttention(attempt.status()) && kept++ < MAX_REFS) {
        refs.computeIfAbsent(status, _ -> new LinkedHashMap<>())
            .computeIfAbsent(run.workflowId() + ':' + run.runId(), _ -> new ArrayList<>())
            .add(run.instanceId() + ":" + attempt.stepId() + ':' + attempt.attemptId());
      }
    }

    Rollup rollup() {
      var overview = new LinkedHashMap<String, Leaves>();
      counts.forEach((status, count) -> overview.put(status, new Leaves(count, refs.get(status))));
      return new Rollup(counts.values().stream().mapToLong(Long::longValue).sum(), overview);
    }
  }

  private static boolean asksForAttention(StepStatus status) {
    return switch (status) {
      case PAUSED,
          WAITING_FOR_SIGNALS,
          EVALUATING_PARAMS,
          WAITING_FOR_PERMITS,
          RUNNING,
          USER_FAILED,
          PLATFORM_FAILED,
          TIMEOUT_FAILED,
          COMPLETED_WITH_ERROR,
          FATALLY_FAILED,
          INTERNALLY_FAILED,
          TIMED_OUT ->
          true;
      case NOT_CREATED,
          CREATED,
          INITIALIZED,
          STARTING,
          FINISHING,
          DISABLED,
          UNSATISFIED,
          SKIPPED,
          SUCCEEDED,
          STOPPED ->
          false;
    };
  }

  /** An instance over all runs up to the one that was read. */
  static AggregatedInfo aggregated(RunNode node) {
    var views = new LinkedHashMap<String, StepAggregate>();
    node.steps().values().stream()
        .sorted(Comparator.comparingLong(stored -> stored.attempt().seq()))
        .forEach(stored ->
            views.put(
                stored.attempt().stepId(),
                new StepAggregate(
                    stored.run().runId(),
                    stored.attempt().status(),
                    stored.attempt().times().start(),
                    stored.attempt().times().end())));
    return new AggregatedInfo(status(node), views);
  }

  /**
   * A run that executed a part of the DAG and succeeded does not mend what it did not execute: a
   * step that an earlier run left failed still counts.
   */
  private static RunStatus status(RunNode node) {
    var status = node.run().row().status();
    if (status != RunStatus.SUCCEEDED) {
      return status;
    }
    for (var stored : node.steps().values()) {
      var left = leftAs(stored.attempt().status());
      if (left != null && stored.run().runId() != node.key().runId()) {
        return left;
      }
    }
    return status;
  }

  private static @Nullable RunStatus leftAs(StepStatus status) {
    return switch (status) {
      case FATALLY_FAILED, INTERNALLY_FAILED, USER_FAILED, PLATFORM_FAILED, TIMEOUT_FAILED ->
          RunStatus.FAILED;
      case STOPPED -> RunStatus.STOPPED;
      case TIMED_OUT -> RunStatus.TIMED_OUT;
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
          COMPLETED_WITH_ERROR ->
          null;
    };
  }
}
