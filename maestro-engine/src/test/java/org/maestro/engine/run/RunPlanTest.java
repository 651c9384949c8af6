package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.engine.run.store.StoredRuns.NOON;
import static org.maestro.engine.run.store.StoredRuns.noop;
import static org.maestro.engine.run.store.StoredRuns.workflow;
import static org.maestro.model.instance.StepStatus.COMPLETED_WITH_ERROR;
import static org.maestro.model.instance.StepStatus.FATALLY_FAILED;
import static org.maestro.model.instance.StepStatus.SKIPPED;
import static org.maestro.model.instance.StepStatus.STOPPED;
import static org.maestro.model.instance.StepStatus.SUCCEEDED;
import static org.maestro.model.instance.StepStatus.TIMED_OUT;
import static org.maestro.model.instance.StepStatus.UNSATISFIED;
import static org.maestro.model.start.RestartPolicy.RESTART_CUSTOMIZED_RUN;
import static org.maestro.model.start.RestartPolicy.RESTART_FROM_BEGINNING;
import static org.maestro.model.start.RestartPolicy.RESTART_FROM_INCOMPLETE;
import static org.maestro.model.start.RestartPolicy.RESTART_FROM_SPECIFIC;
import static org.maestro.model.start.RestartPolicy.START_FRESH_NEW_RUN;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maestro.conductor.RunGraph;
import org.maestro.conductor.RunMachines;
import org.maestro.conductor.StepResult;
import org.maestro.conductor.Turn;
import org.maestro.engine.step.RetryCounts;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepState;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.start.RestartPolicy;

class RunPlanTest {
  /** a to b and c, both to d, d to e; f stands alone. */
  private static final RunPlan DIAMOND =
      new RunPlan(
          workflow(
              "w",
              noop("a", "b", "c"),
              noop("b", "d"),
              noop("c", "d"),
              noop("d", "e"),
              noop("e"),
              noop("f")));

  private static StepAttempt ended(String step, StepStatus as) {
    return StepAttempt.created(step, 1, 1, RetryCounts.NONE, Map.of(), NOON)
        .in(
            new StepState.Finished(as),
            StepAttempt.created(step, 1, 1, RetryCounts.NONE, Map.of(), NOON).times())
        .withTaken(as.isComplete() && as != UNSATISFIED ? DIAMOND.successors(step) : Set.of());
  }

  /** Attempts by step, written "a=SUCCEEDED b=FATALLY_FAILED". */
  static Map<String, StepAttempt> earlier(String text) {
    var attempts = new LinkedHashMap<String, StepAttempt>();
    for (var word : text.isEmpty() ? new String[0] : text.split(" ")) {
      var parts = word.split("=");
      attempts.put(parts[0], ended(parts[0], StepStatus.valueOf(parts[1])));
    }
    return attempts;
  }

  static RunFacts.Restart from(String step) {
    return new RunFacts.Restart(step, List.of(), List.of(), List.of(), List.of());
  }

  private static RunFacts.Restart between(List<String> starts, List<String> ends) {
    return new RunFacts.Restart(null, List.of(), List.of(), starts, ends);
  }

  /**
   * Plays a part with every step succeeding and every edge taken; the steps in order of being due.
   */
  private static List<String> played(RunPlan.Part part) {
    var order = new ArrayList<String>();
    var machine =
        part.finished().isEmpty()
            ? new RunMachines().start(part.graph(), "test")
            : new RunMachines().resume(part.graph(), "test", part.finished(), Set.of());
    var due = new ArrayList<String>();
    Turn turn = machine.start();
    due.addAll(turn.due());
    while (!due.isEmpty()) {
      var step = due.removeFirst();
      order.add(step);
      turn = machine.finish(step, new StepResult.Completed(successors(part.graph(), step)));
      due.addAll(turn.due());
    }
    assertThat(turn.ended()).as("the run ends").isNotNull();
    return order;
  }

  private static Set<String> successors(RunGraph graph, String step) {
    return graph.nodes().stream()
        .filter(node -> node.stepId().equals(step))
        .findFirst()
        .map(node -> Set.copyOf(node.successors()))
        .orElseThrow();
  }

  private static Set<String> runs(
      RestartPolicy policy, RunFacts.Restart restart, Map<String, StepAttempt> earlier) {
    return new TreeSet<>(played(DIAMOND.part(policy, restart, earlier)));
  }

  @ParameterizedTest
  @EnumSource(
      value = RestartPolicy.class,
      names = {"START_FRESH_NEW_RUN", "RESTART_FROM_BEGINNING"})
  void aFreshRunAndARestartFromTheBeginningRunEverything(RestartPolicy policy) {
    var all = earlier("a=SUCCEEDED b=FATALLY_FAILED c=SUCCEEDED f=SUCCEEDED");
    assertThat(runs(policy, null, all)).containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(DIAMOND.part(policy, null, all).finished()).isEmpty();
  }

  @Test
  void aRestartFromIncompleteRunsWhatFailedOrWasNotReachedAndWhatFollows() {
    assertThat(
            runs(
                RESTART_FROM_INCOMPLETE,
                null,
                earlier("a=SUCCEEDED b=FATALLY_FAILED c=SUCCEEDED f=SUCCEEDED")))
        .containsExactly("b", "d", "e");
    assertThat(
            runs(
                RESTART_FROM_INCOMPLETE,
                null,
                earlier("a=SUCCEEDED b=STOPPED c=TIMED_OUT f=SUCCEEDED")))
        .containsExactly("b", "c", "d", "e");
    assertThat(runs(RESTART_FROM_INCOMPLETE, null, earlier("f=FATALLY_FAILED")))
        .containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void skippedIgnoredAndUnsatisfiedStepsAreComplete() {
    assertThat(
            runs(
                RESTART_FROM_INCOMPLETE,
                null,
                earlier(
                    "a=SUCCEEDED b=SKIPPED c=COMPLETED_WITH_ERROR d=SUCCEEDED e=FATALLY_FAILED"
                        + " f=UNSATISFIED")))
        .containsExactly("e");
  }

  @Test
  void nothingIsLeftToRunOfARunThatSucceeded() {
    var all = earlier("a=SUCCEEDED b=SUCCEEDED c=SUCCEEDED d=SUCCEEDED e=SUCCEEDED f=SUCCEEDED");
    assertThat(DIAMOND.toRun(RESTART_FROM_INCOMPLETE, null, all)).isEmpty();
    assertThat(DIAMOND.toRun(RESTART_FROM_BEGINNING, null, all)).hasSize(6);
  }

  @Test
  void aRestartFromAStepRunsItAndWhatFollowsAndNothingElse() {
    var all = earlier("a=SUCCEEDED b=SUCCEEDED c=SUCCEEDED d=SUCCEEDED e=SUCCEEDED f=SUCCEEDED");
    assertThat(runs(RESTART_FROM_SPECIFIC, from("b"), all)).containsExactly("b", "d", "e");
    assertThat(runs(RESTART_FROM_SPECIFIC, from("e"), all)).containsExactly("e");
    assertThat(runs(RESTART_FROM_SPECIFIC, from("f"), all)).containsExactly("f");
    assertThat(runs(RESTART_FROM_SPECIFIC, from("a"), all))
        .containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void theStepThatIsRestartedRunsWhateverItsPredecessorsCameTo() {
    assertThat(
            runs(
                RESTART_FROM_SPECIFIC,
                from("d"),
                earlier("a=SUCCEEDED b=FATALLY_FAILED c=SUCCEEDED")))
        .containsExactly("d", "e");
    assertThat(
            runs(
                RESTART_FROM_SPECIFIC,
                from("d"),
                earlier("a=SUCCEEDED b=UNSATISFIED c=UNSATISFIED d=UNSATISFIED e=UNSATISFIED")))
        .containsExactly("d", "e");
  }

  @Test
  void stepsThatFailedElsewhereDontRunAgainWithOneThatIsRestarted() {
    assertThat(
            runs(
                RESTART_FROM_SPECIFIC,
                from("b"),
                earlier(
                    "a=SUCCEEDED b=FATALLY_FAILED c=SUCCEEDED d=STOPPED e=STOPPED"
                        + " f=FATALLY_FAILED")))
        .containsExactly("b", "d", "e");
  }

  @Test
  void aJoinTakesOverWhatItsOtherPredecessorsCameToBefore() {
    var part =
        DIAMOND.part(
            RESTART_FROM_SPECIFIC,
            from("b"),
            earlier("a=SUCCEEDED b=SUCCEEDED c=SUCCEEDED d=SUCCEEDED"));
    assertThat(part.finished()).containsOnlyKeys("a", "c");
    assertThat(part.finished().get("c")).isEqualTo(new StepResult.Completed(Set.of("d")));
  }

  @Test
  void aCustomisedRunGoesFromItsStartsToItsEnds() {
    assertThat(runs(RESTART_CUSTOMIZED_RUN, between(List.of("b"), List.of("d")), Map.of()))
        .containsExactly("b", "d");
    assertThat(runs(RESTART_CUSTOMIZED_RUN, between(List.of("b", "f"), List.of()), Map.of()))
        .containsExactly("b", "d", "e", "f");
    assertThat(runs(RESTART_CUSTOMIZED_RUN, between(List.of(), List.of("c")), Map.of()))
        .containsExactly("a", "c");
    assertThat(runs(RESTART_CUSTOMIZED_RUN, null, Map.of())).hasSize(6);
  }

  @Test
  void theStartsOfACustomisedRunDontWaitForEachOther() {
    assertThat(
            played(
                DIAMOND.part(
                    RESTART_CUSTOMIZED_RUN, between(List.of("a", "e"), List.of()), Map.of())))
        .startsWith("a", "e")
        .doesNotHaveDuplicates()
        .hasSize(5);
  }

  @Test
  void severalRestartsEachTakeOverTheLatestOfEveryRunBefore() {
    var latest =
        new LinkedHashMap<>(earlier("a=SUCCEEDED b=FATALLY_FAILED c=FATALLY_FAILED f=SUCCEEDED"));
    assertThat(runs(RESTART_FROM_SPECIFIC, from("b"), latest)).contains("b");
    // The second run brought b to its end; d and e were not reached because c had failed.
    latest.putAll(earlier("b=SUCCEEDED"));
    assertThat(runs(RESTART_FROM_INCOMPLETE, null, latest)).containsExactly("c", "d", "e");
    // The third run failed in d.
    latest.putAll(earlier("c=SUCCEEDED d=FATALLY_FAILED"));
    assertThat(runs(RESTART_FROM_INCOMPLETE, null, latest)).containsExactly("d", "e");
    latest.putAll(earlier("d=SUCCEEDED e=SUCCEEDED"));
    assertThat(DIAMOND.toRun(RESTART_FROM_INCOMPLETE, null, latest)).isEmpty();
  }

  @Test
  void stepsRunAfterTheirPredecessors() {
    assertThat(played(DIAMOND.part(START_FRESH_NEW_RUN, null, Map.of())))
        .satisfies(order -> {
          for (var step : DIAMOND.steps().keySet()) {
            for (var before : DIAMOND.predecessors(step)) {
              assertThat(order.indexOf(before)).isLessThan(order.indexOf(step));
            }
          }
        });
  }

  @Test
  void onlyAnEndForGoodIsAResult() {
    assertThat(RunPlan.resultOf(ended("a", SUCCEEDED)))
        .isEqualTo(new StepResult.Completed(Set.of("b", "c")));
    assertThat(RunPlan.resultOf(ended("a", SKIPPED)))
        .isEqualTo(new StepResult.Completed(Set.of("b", "c")));
    assertThat(RunPlan.resultOf(ended("a", COMPLETED_WITH_ERROR)))
        .isEqualTo(new StepResult.Failed(Set.of("b", "c")));
    assertThat(RunPlan.resultOf(ended("a", FATALLY_FAILED)))
        .isEqualTo(new StepResult.Failed(Set.of()));
    assertThat(RunPlan.resultOf(ended("a", STOPPED))).isEqualTo(new StepResult.Stopped());
    assertThat(RunPlan.resultOf(ended("a", TIMED_OUT))).isEqualTo(new StepResult.TimedOut());
    for (var status : StepStatus.values()) {
      if (!status.isFinal()) {
        assertThatThrownBy(() -> RunPlan.resultOf(ended("a", status)))
            .as(status.name())
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }
}
