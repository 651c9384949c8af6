package org.maestro.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.conductor.FailureMode.FAIL_AFTER_RUNNING;
import static org.maestro.conductor.FailureMode.FAIL_IMMEDIATELY;
import static org.maestro.conductor.FailureMode.IGNORE_FAILURE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.maestro.conductor.StepResult.Completed;
import org.maestro.conductor.StepResult.Failed;
import org.maestro.conductor.StepResult.InternallyFailed;
import org.maestro.conductor.StepResult.Stopped;
import org.maestro.conductor.StepResult.TimedOut;
import org.maestro.conductor.StepResult.Unsatisfied;

class RunMachineTest {
  private static final RunMachines MACHINES = new RunMachines();

  @Test
  void aChainRunsStepByStepAndSucceeds() {
    var machine = machine(graph("a > b", "b > c", "c"));

    assertThat(machine.start()).isEqualTo(due("a"));
    assertThat(machine.finish("a", took("b"))).isEqualTo(due("b"));
    assertThat(machine.finish("b", took("c"))).isEqualTo(due("c"));
    assertThat(machine.finish("c", took())).isEqualTo(ended(RunResult.SUCCEEDED));
  }

  @Test
  void everyRootOfAForestIsDueAtOnceInTheOrderOfTheGraph() {
    var machine = machine(graph("c > d", "d", "a > b", "b"));

    assertThat(machine.start()).isEqualTo(due("c", "a"));
    assertThat(machine.finish("a", took("b"))).isEqualTo(due("b"));
    assertThat(machine.finish("b", took())).isEqualTo(Turn.nothing());
    assertThat(machine.finish("c", took("d"))).isEqualTo(due("d"));
    assertThat(machine.finish("d", took())).isEqualTo(ended(RunResult.SUCCEEDED));
  }

  @Nested
  class Conditions {
    @Test
    void everySuccessorWhoseConditionIsTrueRunsAndTheOthersAreUnsatisfied() {
      var machine = machine(graph("a > b c d", "b > j", "c > j", "d > j", "j"));
      machine.start();

      assertThat(machine.finish("a", took("b", "d")))
          .isEqualTo(turn(List.of("b", "d"), List.of("c"), List.of(), null));
      assertThat(machine.finish("b", took("j"))).isEqualTo(Turn.nothing());
      assertThat(machine.finish("d", took("j"))).isEqualTo(due("j"));
      assertThat(machine.finish("j", took())).isEqualTo(ended(RunResult.SUCCEEDED));
    }

    @Test
    void unsatisfiedPropagatesWithinTheTurnPredecessorsFirst() {
      var machine = machine(graph("f", "e > f", "b > e", "a > b c", "c"));
      machine.start();

      assertThat(machine.finish("a", took("c")))
          .isEqualTo(turn(List.of("c"), List.of("b", "e", "f"), List.of(), null));
      assertThat(machine.finish("c", took())).isEqualTo(ended(RunResult.SUCCEEDED));
    }

    @Test
    void aJoinWaitsForAllPredecessorsAndRunsIfAnyEdgeWasTaken() {
      var machine = machine(graph("r > a b", "a > j", "b > j", "j"));
      machine.start();
      machine.finish("r", took("a", "b"));

      assertThat(machine.finish("b", took("j"))).isEqualTo(Turn.nothing());
      assertThat(machine.finish("a", took())).isEqualTo(due("j"));
    }

    @Test
    void aRunMayEndWithItsLastStepsUnsatisfied() {
      var machine = machine(graph("a > b", "b > c", "c"));
      machine.start();

      assertThat(machine.finish("a", took()))
          .isEqualTo(turn(List.of(), List.of("b", "c"), List.of(), RunResult.SUCCEEDED));
    }
  }

  @Nested
  class Failures {
    @Test
    void failImmediatelyStopsWhatIsInFlightAndStartsNothingMore() {
      var machine =
          machine(graph("r > bad slow", "bad > x", "slow > y", "x", "y"), FAIL_IMMEDIATELY);
      machine.start();
      machine.finish("r", took("bad", "slow"));

      assertThat(machine.finish("bad", failed("x"))).isEqualTo(toStop("slow"));
      assertThat(machine.finish("slow", took("y"))).isEqualTo(ended(RunResult.FAILED));
    }

    @Test
    void failAfterRunningLetsOtherBranchesGoOnToTheirEnd() {
      var machine =
          machine(graph("r > bad slow", "bad > x", "slow > y", "x", "y"), FAIL_AFTER_RUNNING);
      machine.start();
      machine.finish("r", took("bad", "slow"));

      assertThat(machine.finish("bad", failed("x"))).isEqualTo(Turn.nothing());
      assertThat(machine.finish("slow", took("y"))).isEqualTo(due("y"));
      assertThat(machine.finish("y", took())).isEqualTo(ended(RunResult.FAILED));
    }

    @Test
    void anIgnoredFailureGoesOnWithItsSuccessorsAndTheRunCanSucceed() {
      var machine = machine(graph("bad > x y", "x", "y"), IGNORE_FAILURE);
      machine.start();

      assertThat(machine.finish("bad", failed("x")))
          .isEqualTo(turn(List.of("x"), List.of("y"), List.of(), null));
      assertThat(machine.finish("x", took())).isEqualTo(ended(RunResult.SUCCEEDED));
    }

    @Test
    void aJoinBelowAFailedStepIsNeverCreated() {
      var machine = machine(graph("a > j", "b > j", "j > k", "k"), FAIL_AFTER_RUNNING);
      machine.start();

      machine.finish("a", failed("j"));
      assertThat(machine.finish("b", took("j"))).isEqualTo(ended(RunResult.FAILED));
    }

    @Test
    void anInternalFailureFailsTheRunAtOnceWhateverTheMode() {
      for (FailureMode mode : FailureMode.values()) {
        var machine = machine(graph("bad > x", "slow", "x"), mode);
        machine.start();

        assertThat(machine.finish("bad", new InternallyFailed())).isEqualTo(toStop("slow"));
        assertThat(machine.finish("slow", new Stopped())).isEqualTo(ended(RunResult.FAILED));
      }
    }

    @Test
    void aTimeOutOrAStopLetsOtherBranchesGoOnWhateverTheMode() {
      for (FailureMode mode : FailureMode.values()) {
        for (StepResult result : List.of(new TimedOut(), new Stopped())) {
          var machine = machine(graph("a > x", "b > y", "x", "y"), mode);
          machine.start();

          assertThat(machine.finish("a", result)).isEqualTo(Turn.nothing());
          assertThat(machine.finish("b", took("y"))).isEqualTo(due("y"));
          assertThat(machine.finish("y", took()).ended())
              .isEqualTo(result instanceof TimedOut ? RunResult.TIMED_OUT : RunResult.STOPPED);
        }
      }
    }

    @Test
    void theWorstStepDecidesTheRun() {
      assertThat(endOf(took(), took())).isEqualTo(RunResult.SUCCEEDED);
      assertThat(endOf(took(), new Stopped())).isEqualTo(RunResult.STOPPED);
      assertThat(endOf(new TimedOut(), new Stopped())).isEqualTo(RunResult.TIMED_OUT);
      assertThat(endOf(failed(), new TimedOut())).isEqualTo(RunResult.FAILED);
      assertThat(endOf(new Stopped(), new TimedOut(), failed())).isEqualTo(RunResult.FAILED);
    }

    @Test
    void aRunInWhichNoStepWasCreatedHasFailed() {
      assertThat(machine(graph()).start()).isEqualTo(ended(RunResult.FAILED));
    }
  }

  @Nested
  class LateAndStrayMessages {
    @Test
    void changeNothing() {
      var machine = machine(graph("a > b", "b", "c"));
      machine.start();
      machine.finish("a", took("b"));

      assertThat(machine.finish("a", failed())).isEqualTo(Turn.nothing());
      assertThat(machine.finish("nobody", took())).isEqualTo(Turn.nothing());
      machine.finish("b", took());
      assertThat(machine.finish("c", took())).isEqualTo(ended(RunResult.SUCCEEDED));
      assertThat(machine.finish("c", took())).isEqualTo(Turn.nothing());
      assertThat(machine.halt(RunResult.STOPPED)).isEqualTo(Turn.nothing());
    }

    @Test
    void aStepThatIsNotDueYetCannotFinish() {
      var machine = machine(graph("a > b", "b"));
      machine.start();

      assertThat(machine.finish("b", took())).isEqualTo(Turn.nothing());
      assertThat(machine.finish("a", took("b"))).isEqualTo(due("b"));
    }
  }

  @Nested
  class Halting {
    @Test
    void stopsWhatIsInFlightAndEndsAsAskedOnceThatHasFinished() {
      for (RunResult as : List.of(RunResult.STOPPED, RunResult.FAILED, RunResult.TIMED_OUT)) {
        var machine = machine(graph("a > x", "b", "x"));
        machine.start();

        assertThat(machine.halt(as)).isEqualTo(toStop("a", "b"));
        assertThat(machine.finish("a", took("x"))).isEqualTo(Turn.nothing());
        assertThat(machine.halt(RunResult.FAILED)).isEqualTo(Turn.nothing());
        assertThat(machine.finish("b", failed())).isEqualTo(ended(as));
      }
    }

    @Test
    void mayBeTheFirstTurn() {
      assertThat(machine(graph("a")).halt(RunResult.STOPPED)).isEqualTo(ended(RunResult.STOPPED));
      var resumed =
          MACHINES.resume(graph("a", "b > c", "c"), "r", Map.of("b", took("c")), Set.of("a"));

      assertThat(resumed.halt(RunResult.TIMED_OUT)).isEqualTo(toStop("a"));
      assertThat(resumed.finish("a", new Stopped())).isEqualTo(ended(RunResult.TIMED_OUT));
    }

    @Test
    void doesNotChangeARunThatIsFailingAlready() {
      var machine = machine(graph("bad", "slow"), FAIL_IMMEDIATELY);
      machine.start();
      machine.finish("bad", failed());

      assertThat(machine.halt(RunResult.STOPPED)).isEqualTo(Turn.nothing());
      assertThat(machine.finish("slow", new Stopped())).isEqualTo(ended(RunResult.FAILED));
    }
  }

  @Nested
  class Resuming {
    @Test
    void startsWhatFollowsFromTheFactsAndIsNotInFlight() {
      var machine =
          MACHINES.resume(
              graph("a > b c d", "b", "c", "d > e", "e"),
              "r",
              Map.of("a", took("b", "c")),
              Set.of("b"));

      assertThat(machine.start()).isEqualTo(turn(List.of("c"), List.of("d", "e"), List.of(), null));
    }

    @Test
    void theRestartOfAFailedStepIsAResumeWithoutIt() {
      var graph = graph("r > bad slow", "bad > x", "slow", "x");
      var machine = MACHINES.resume(graph, "r", Map.of("r", took("bad", "slow")), Set.of("slow"));

      assertThat(machine.start()).isEqualTo(due("bad"));
      assertThat(machine.finish("bad", took("x"))).isEqualTo(due("x"));
      machine.finish("slow", took());
      assertThat(machine.finish("x", took())).isEqualTo(ended(RunResult.SUCCEEDED));
    }

    @Test
    void aRunThatWasFailingGoesOnFailing() {
      var graph = graph("bad", "slow", "r > x", "x");
      var facts = Map.of("bad", failed(), "r", took("x"));
      var machine = machine(graph, FAIL_IMMEDIATELY, facts, Set.of("slow"));

      assertThat(machine.start()).isEqualTo(toStop("slow"));
      assertThat(machine.finish("slow", new Stopped())).isEqualTo(ended(RunResult.FAILED));
    }

    @Test
    void aRunWhoseEndWasNotToldEndsInTheFirstTurn() {
      var facts = Map.<String, StepResult>of("a", took(), "b", new Unsatisfied());
      var machine = MACHINES.resume(graph("a > b", "b"), "r", facts, Set.of());

      assertThat(machine.start()).isEqualTo(ended(RunResult.SUCCEEDED));
    }
  }

  @Nested
  class Misuse {
    @Test
    void isRefused() {
      var machine = machine(graph("a"));
      assertThatThrownBy(() -> machine.finish("a", took()))
          .isInstanceOf(IllegalStateException.class);
      machine.start();
      assertThatThrownBy(machine::start).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> machine.halt(RunResult.SUCCEEDED))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGraphRefusesCyclesAndRepeatedSteps() {
      assertThatThrownBy(() -> graph("a > b", "b > c", "c > b"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected no cycle, found one among [b, c]");
      assertThatThrownBy(() -> graph("a", "a"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("step \"a\" occurs twice");
    }

    @Test
    void edgesToStepsOutsideTheGraphAreIgnored() {
      var machine = machine(graph("a > b elsewhere b", "b"));
      machine.start();

      assertThat(machine.finish("a", took("b", "elsewhere"))).isEqualTo(due("b"));
      assertThat(machine.finish("b", took("nowhere"))).isEqualTo(ended(RunResult.SUCCEEDED));
    }
  }

  private static RunResult endOf(StepResult... results) {
    var steps = new ArrayList<String>();
    for (int step = 0; step < results.length; step++) {
      steps.add("s" + step);
    }
    var machine = machine(graph(steps.toArray(String[]::new)));
    machine.start();
    Turn last = Turn.nothing();
    for (int step = 0; step < results.length; step++) {
      last = machine.finish("s" + step, results[step]);
    }
    return last.ended();
  }

  private static RunMachine machine(RunGraph graph) {
    return MACHINES.start(graph, "r");
  }

  private static RunMachine machine(RunGraph graph, FailureMode mode) {
    return machine(graph, mode, Map.of(), Set.of());
  }

  private static RunMachine machine(
      RunGraph graph, FailureMode mode, Map<String, StepResult> finished, Set<String> inFlight) {
    var nodes =
        graph.nodes().stream()
            .map(node -> new RunGraph.Node(node.stepId(), mode, node.successors()))
            .toList();
    return MACHINES.resume(new RunGraph(nodes), "r", finished, inFlight);
  }

  /** Each line is a step, or a step and its successors: {@code "a > b c"}. */
  private static RunGraph graph(String... lines) {
    return new RunGraph(
        Arrays.stream(lines)
            .map(line -> line.split(" > ", 2))
            .map(parts ->
                new RunGraph.Node(
                    parts[0],
                    FAIL_AFTER_RUNNING,
                    parts.length == 1 ? List.of() : List.of(parts[1].split(" "))))
            .toList());
  }

  private static StepResult took(String... successors) {
    return new Completed(Set.of(successors));
  }

  private static StepResult failed(String... successors) {
    return new Failed(Set.of(successors));
  }

  private static Turn due(String... steps) {
    return turn(List.of(steps), List.of(), List.of(), null);
  }

  private static Turn toStop(String... steps) {
    return turn(List.of(), List.of(), List.of(steps), null);
  }

  private static Turn ended(RunResult as) {
    return turn(List.of(), List.of(), List.of(), as);
  }

  private static Turn turn(
      List<String> due, List<String> unsatisfied, List<String> toStop, RunResult ended) {
    return new Turn(due, unsatisfied, toStop, ended);
  }
}
