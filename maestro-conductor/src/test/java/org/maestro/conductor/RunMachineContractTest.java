package org.maestro.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs the machine against {@link PlainRunMachine} over random graphs, outcomes, orders,
 * duplicates, halts, crashes and restarts. Replay one case with {@code -Dmaestro.seed=…} from the
 * failure.
 */
class RunMachineContractTest {
  private static final int CASES = 10_000;
  private static final int CASES_PER_LARGE_GRAPH = 300;

  @Test
  void decidesLikeThePlainMachineWhateverHappens() {
    Long replay = Long.getLong("maestro.seed");
    if (replay != null) {
      new Case(replay, new TreeMap<>()).play();
      return;
    }
    long firstSeed = System.nanoTime() % 1_000_000_000L * CASES;
    System.out.println("maestro.seed from " + firstSeed);
    var seen = new TreeMap<String, Integer>();
    LongStream.range(firstSeed, firstSeed + CASES).forEach(seed -> new Case(seed, seen).play());

    assertThat(seen)
        .as("the cases cover what they are meant to")
        .containsKeys("crash", "lost turn", "unfinished turn", "restart", "stray", "halt again")
        .containsKeys("due", "unsatisfied", "toStop", "large graph", "halted first")
        .containsKeys("SUCCEEDED", "FAILED", "STOPPED", "TIMED_OUT");
  }

  @Test
  void machinesOfOneFactoryDoNotDisturbEachOtherInManyThreads() {
    var seen = new ConcurrentSkipListMap<String, Integer>();
    LongStream.range(0, 1_000).parallel().forEach(seed -> new Case(seed, seen).play());

    assertThat(seen).containsKeys("SUCCEEDED", "FAILED");
  }

  /** One run, from its start to its end. */
  private static final class Case {
    private static final RunMachines MACHINES = new RunMachines();

    private final long seed;
    private final Map<String, Integer> seen;
    private final Random random;
    private final RunGraph graph;
    private final PlainRunMachine plain;
    private final double failures;
    private final double conditions;
    private final double troubles;
    private RunMachine machine;
    private String lastEvent = "";
    private boolean ended;

    Case(long seed, Map<String, Integer> seen) {
      this.seed = seed;
      this.seen = seen;
      this.random = new Random(seed);
      boolean large = random.nextInt(CASES_PER_LARGE_GRAPH) == 0;
      this.graph = randomGraph(large ? 200 + random.nextInt(801) : 1 + random.nextInt(40));
      this.plain = new PlainRunMachine(graph);
      this.machine = MACHINES.start(graph, "r");
      this.failures = pick(0, 0.02, 0.2, 0.6);
      this.conditions = pick(1, 0.9, 0.5, 0.1);
      this.troubles = large ? 0.02 : pick(0, 0.1, 0.4);
      if (large) {
        saw("large graph");
      }
    }

    void play() {
      if (chance(0.01)) {
        saw("halted first");
        RunResult as = anyHalt();
        compare("halt as " + as, machine.halt(as), plain.halt(as));
      } else {
        compare("start", machine.start(), plain.start());
      }
      while (!ended) {
        if (chance(troubles)) {
          trouble();
        } else {
          finishOne();
        }
      }
      stray();
      compare("halt after the end", machine.halt(RunResult.STOPPED), Turn.nothing());
    }

    private void finishOne() {
      String stepId = any(plain.inFlight());
      StepResult result = anyResult(stepId);
      compare(stepId + " " + result, machine.finish(stepId, result), plain.finish(stepId, result));
    }

    private void trouble() {
      switch (random.nextInt(7)) {
        case 0, 1 -> stray();
        case 2 -> crash();
        case 3 -> lostTurn();
        case 4 -> unfinishedTurn();
        case 5 -> restart();
        default -> {
          if (chance(0.1)) {
            halt();
          }
        }
      }
    }

    private void stray() {
      saw("stray");
      String stepId = graph.nodes().get(random.nextInt(graph.size())).stepId();
      if (plain.inFlight().contains(stepId) || chance(0.1)) {
        stepId = "nobody";
      }
      compare("stray " + stepId, machine.finish(stepId, anyResult(stepId)), Turn.nothing());
    }

    private void crash() {
      saw("crash");
      resume("crash");
    }

    /** The machine took a turn that the engine couldn't record; the message will come again. */
    private void lostTurn() {
      saw("lost turn");
      String stepId = any(plain.inFlight());
      machine.finish(stepId, anyResult(stepId));
      resume("lost turn of " + stepId);
    }

    /** How a step ended is recorded, what follows from it isn't. */
    private void unfinishedTurn() {
      saw("unfinished turn");
      String stepId = any(plain.inFlight());
      StepResult result = anyResult(stepId);
      plain.record(stepId, result);
      resume("unfinished turn of " + stepId + " " + result);
    }

    private void restart() {
      List<String> restartable =
          plain.finished().entrySet().stream()
              .filter(step ->
                  step.getValue() instanceof StepResult.TimedOut
                      || step.getValue() instanceof StepResult.Stopped
                      || (step.getValue() instanceof StepResult.Failed
                          && plain.failureMode(step.getKey()) == FailureMode.FAIL_AFTER_RUNNING))
              .map(step -> step.getKey())
              .sorted()
              .toList();
      if (plain.isStopping() || restartable.isEmpty()) {
        return;
      }
      saw("restart");
      String stepId = restartable.get(random.nextInt(restartable.size()));
      plain.forget(stepId);
      resume("restart of " + stepId);
    }

    private void halt() {
      saw(plain.isStopping() ? "halt again" : "halt");
      RunResult as = anyHalt();
      compare("halt as " + as, machine.halt(as), plain.halt(as));
    }

    private void resume(String why) {
      machine = MACHINES.resume(graph, "r", plain.finished(), plain.inFlight());
      RunResult haltedAs = plain.haltedAs();
      compare(why, haltedAs == null ? machine.start() : machine.halt(haltedAs), plain.resume());
    }

    private void compare(String event, Turn actual, Turn expected) {
      lastEvent = event;
      if (actual.due().equals(expected.due())
          && actual.toStop().equals(expected.toStop())
          && actual.ended() == expected.ended()
          && actual.unsatisfied().size() == expected.unsatisfied().size()
          && new HashSet<>(actual.unsatisfied()).equals(new HashSet<>(expected.unsatisfied()))
          && predecessorsComeFirst(actual.unsatisfied())) {
        remember(actual);
        return;
      }
      assertThat(actual)
          .as("replay with -Dmaestro.seed=%d, %d steps, at: %s", seed, graph.size(), lastEvent)
          .isEqualTo(expected);
      throw new AssertionError("-Dmaestro.seed=" + seed + ": order of unsatisfied in " + actual);
    }

    private boolean predecessorsComeFirst(List<String> unsatisfied) {
      Set<String> later = new HashSet<>(unsatisfied);
      for (String stepId : unsatisfied.reversed()) {
        later.remove(stepId);
        RunGraph.Node node = graph.nodes().get(graph.positionOf(stepId));
        if (later.stream().anyMatch(node.successors()::contains)) {
          return false;
        }
      }
      return true;
    }

    private void remember(Turn turn) {
      if (!turn.due().isEmpty()) {
        saw("due");
      }
      if (!turn.unsatisfied().isEmpty()) {
        saw("unsatisfied");
      }
      if (!turn.toStop().isEmpty()) {
        saw("toStop");
      }
      if (turn.ended() != null) {
        saw(turn.ended().name());
        ended = true;
      }
    }

    private void saw(String what) {
      seen.merge(what, 1, Integer::sum);
    }

    private StepResult anyResult(String stepId) {
      Set<String> taken = new HashSet<>();
      int position = graph.positionOf(stepId);
      if (position >= 0) {
        for (String successor : graph.nodes().get(position).successors()) {
          if (chance(conditions)) {
            taken.add(successor);
          }
        }
      }
      if (!chance(failures)) {
        return new StepResult.Completed(taken);
      }
      return switch (random.nextInt(8)) {
        case 0 -> new StepResult.TimedOut();
        case 1 -> new StepResult.Stopped();
        case 2 -> chance(0.3) ? new StepResult.InternallyFailed() : new StepResult.Stopped();
        default -> new StepResult.Failed(taken);
      };
    }

    private RunResult anyHalt() {
      return List.of(RunResult.FAILED, RunResult.STOPPED, RunResult.TIMED_OUT)
          .get(random.nextInt(3));
    }

    /** Edges lead from lower to higher names; the order of the nodes is any. */
    private RunGraph randomGraph(int size) {
      double density = pick(0.5, 1, 2, Math.min(4, size / 4.0));
      int reach = (int) pick(2, 5, size, size);
      FailureMode[] modes = FailureMode.values();
      int onlyMode = random.nextInt(4);
      List<RunGraph.Node> nodes = new ArrayList<>();
      for (int step = 0; step < size; step++) {
        Set<String> successors = new HashSet<>();
        int furthest = Math.min(size - 1, step + reach);
        int edges = random.nextInt(200) == 0 ? size : (int) (density + random.nextDouble());
        for (int edge = 0; edge < edges && furthest > step; edge++) {
          successors.add("s" + (step + 1 + random.nextInt(furthest - step)));
        }
        if (chance(0.02)) {
          successors.add("elsewhere");
        }
        FailureMode mode = modes[onlyMode < modes.length ? onlyMode : random.nextInt(modes.length)];
        nodes.add(new RunGraph.Node("s" + step, mode, List.copyOf(successors)));
      }
      Collections.shuffle(nodes, random);
      return new RunGraph(nodes);
    }

    private double pick(double... values) {
      return values[random.nextInt(values.length)];
    }

    private boolean chance(double probability) {
      return random.nextDouble() < probability;
    }

    private String any(Set<String> steps) {
      List<String> sorted = steps.stream().sorted().toList();
      return sorted.get(random.nextInt(sorted.size()));
    }
  }
}
