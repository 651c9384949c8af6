package org.maestro.engine.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.run.store.StoredRuns.ended;
import static org.maestro.engine.run.store.StoredRuns.key;
import static org.maestro.engine.run.store.StoredRuns.live;
import static org.maestro.engine.run.store.StoredRuns.noop;
import static org.maestro.engine.run.store.StoredRuns.row;
import static org.maestro.engine.run.store.StoredRuns.started;
import static org.maestro.engine.run.store.StoredRuns.subworkflow;
import static org.maestro.engine.run.store.StoredRuns.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.engine.instance.InstanceStore.StoredAttempt;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.store.StoredRuns;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepState;
import org.maestro.model.definition.Step;
import org.maestro.model.instance.AggregatedInfo;
import org.maestro.model.instance.RunOverview;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.start.RestartPolicy;

class RunOverviewsTest {
  private static final RunKey RUN = key("w", 1, 2);
  private static final StepState RUNNING = new StepState.Running(0, null);

  @Test
  void stepsAreCountedByStatusWithTheirSpans() {
    var node =
        node(
            RUN,
            RunStatus.IN_PROGRESS,
            RestartPolicy.START_FRESH_NEW_RUN,
            List.of(noop("a", "b"), noop("b"), noop("c")),
            at(RUN, ended("a", 1, 1, StepStatus.SUCCEEDED)),
            at(RUN, live("c", 2, RUNNING)));
    var overview = RunOverviews.of(node, Map.of());
    assertThat(overview.totalStepCount()).isEqualTo(3);
    assertThat(overview.stepOverview())
        .containsOnlyKeys("NOT_CREATED", "SUCCEEDED", "RUNNING")
        .containsEntry(
            "SUCCEEDED",
            new RunOverview.Steps(
                1, List.of(List.of(1L, StoredRuns.NOON + 2, StoredRuns.NOON + 9))))
        .containsEntry(
            "RUNNING",
            new RunOverview.Steps(1, List.of(Arrays.<Long>asList(2L, StoredRuns.NOON + 2, null))));
  }

  @Test
  void onlyLeavesThatAskForAttentionAreReferredTo() {
    var node =
        node(
            RUN,
            RunStatus.IN_PROGRESS,
            RestartPolicy.START_FRESH_NEW_RUN,
            List.of(noop("a"), noop("c")),
            at(RUN, ended("a", 1, 1, StepStatus.SUCCEEDED)),
            at(RUN, ended("c", 3, 2, StepStatus.FATALLY_FAILED)));
    assertThat(RunOverviews.rollup(node, Map.of()).overview())
        .isEqualTo(
            Map.of(
                "SUCCEEDED", new RunOverview.Leaves(1, null),
                "FATALLY_FAILED", new RunOverview.Leaves(1, Map.of("w:2", List.of("1:c:3")))));
  }

  @Test
  void leavesOfRunsBelowCountLiveOrAsTheyEnded() {
    var one = key("child", 1, 1);
    var two = key("child", 2, 1);
    var node =
        node(
            RUN,
            RunStatus.IN_PROGRESS,
            RestartPolicy.START_FRESH_NEW_RUN,
            List.of(subworkflow("live"), subworkflow("done"), subworkflow("unborn")),
            at(RUN, live("live", 1, RUNNING).withArtifacts(started(one))),
            at(
                RUN,
                ended("done", 1, 2, StepStatus.SUCCEEDED)
                    .withArtifacts(ended(two, RunStatus.SUCCEEDED, Map.of("SUCCEEDED", 5L)))));
    var child =
        node(
            one,
            RunStatus.IN_PROGRESS,
            RestartPolicy.START_FRESH_NEW_RUN,
            List.of(noop("s"), noop("t")),
            at(one, ended("s", 1, 1, StepStatus.SUCCEEDED)),
            at(one, live("t", 2, RUNNING)));
    var rollup = RunOverviews.rollup(node, Map.of(one, child));
    assertThat(rollup.totalLeafCount()).isEqualTo(7);
    assertThat(rollup.overview().get("SUCCEEDED")).isEqualTo(new RunOverview.Leaves(6, null));
    assertThat(rollup.overview().get("RUNNING"))
        .isEqualTo(new RunOverview.Leaves(1, Map.of("child:1", List.of("1:t:1"))));
    assertThat(node.liveChildren()).containsExactly(one);
  }

  @Test
  void whatAnEarlierRunDidCountsOnlyWhereItWasTakenOver() {
    var before = key("w", 1, 1);
    var steps = List.of(noop("a", "b"), noop("b"));
    var attempts =
        new StoredAttempt[] {
          at(before, ended("a", 1, 1, StepStatus.SUCCEEDED)), at(RUN, live("b", 2, RUNNING))
        };
    var again =
        node(RUN, RunStatus.IN_PROGRESS, RestartPolicy.RESTART_FROM_BEGINNING, steps, attempts);
    var rest =
        node(RUN, RunStatus.IN_PROGRESS, RestartPolicy.RESTART_FROM_INCOMPLETE, steps, attempts);
    assertThat(RunOverviews.rollup(again, Map.of()).totalLeafCount()).isEqualTo(1);
    assertThat(RunOverviews.rollup(rest, Map.of()).totalLeafCount()).isEqualTo(2);
  }

  @Test
  void anAggregateShowsEachStepInTheRunThatCreatedItLast() {
    var before = key("w", 1, 1);
    var node =
        node(
            RUN,
            RunStatus.SUCCEEDED,
            RestartPolicy.RESTART_FROM_INCOMPLETE,
            List.of(noop("a", "b"), noop("b", "c"), noop("c")),
            at(before, ended("a", 1, 1, StepStatus.SUCCEEDED)),
            at(before, ended("b", 1, 2, StepStatus.FATALLY_FAILED)),
            at(RUN, ended("b", 1, 2, StepStatus.SUCCEEDED)),
            at(RUN, ended("c", 1, 3, StepStatus.SUCCEEDED)));
    var aggregated = RunOverviews.aggregated(node);
    assertThat(aggregated.workflowInstanceStatus()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(aggregated.stepAggregatedViews().keySet()).containsExactly("a", "b", "c");
    assertThat(aggregated.stepAggregatedViews().values())
        .extracting(AggregatedInfo.StepAggregate::workflowRunId)
        .containsExactly(1L, 2L, 2L);
  }

  @Test
  void aFailureThatNoLaterRunMendedKeepsTheInstanceFailed() {
    var before = key("w", 1, 1);
    var node =
        node(
            RUN,
            RunStatus.SUCCEEDED,
            RestartPolicy.RESTART_FROM_SPECIFIC,
            List.of(noop("a"), noop("b")),
            at(before, ended("a", 1, 1, StepStatus.FATALLY_FAILED)),
            at(RUN, ended("b", 1, 2, StepStatus.SUCCEEDED)));
    assertThat(RunOverviews.aggregated(node).workflowInstanceStatus()).isEqualTo(RunStatus.FAILED);
  }

  private static StoredAttempt at(RunKey run, StepAttempt attempt) {
    return new StoredAttempt(run, attempt);
  }

  private static RunNode node(
      RunKey key,
      RunStatus status,
      RestartPolicy policy,
      List<Step> steps,
      StoredAttempt... attempts) {
    return RunNode.of(
        new StoredRun(row(key, status, policy), 3, "ada"),
        new RunPlan(workflow(key.workflowId(), steps.toArray(Step[]::new))),
        List.of(attempts));
  }
}
