package org.maestro.conductor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Prints what a step costs in graphs of several shapes. A program to run by hand, not a test. */
final class RunMachineSpeed {
  private static final RunMachines MACHINES = new RunMachines();

  public static void main(String[] args) {
    Map<String, RunGraph> shapes = new HashMap<>();
    List<String> order = new ArrayList<>();
    for (int size : new int[] {1, 10, 100, 1000}) {
      shapes.put("chain of " + size, chain(size));
      order.add("chain of " + size);
    }
    for (int size : new int[] {52, 100, 1000}) {
      shapes.put("fan-out and join of " + size, fan(size));
      order.add("fan-out and join of " + size);
    }
    for (int size : new int[] {100, 1000}) {
      shapes.put("layers of 10, in all " + size, layers(size, 10));
      order.add("layers of 10, in all " + size);
    }
    shapes.put("1000 roots", new RunGraph(nodes(1000)));
    order.add("1000 roots");
    for (String shape : order) {
      measure(shape, shapes.get(shape));
    }
  }

  private static void measure(String shape, RunGraph graph) {
    int runs = Math.max(20, 50_000 / graph.size());
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long began = System.nanoTime();
      for (int run = 0; run < runs; run++) {
        play(graph);
      }
      best = Math.min(best, (System.nanoTime() - began) / 1000.0 / runs / graph.size());
    }
    System.out.printf(
        Locale.ROOT,
        "%-28s %7.2f us/step, resume half-way %8.1f us, failing run %8.1f us%n",
        shape,
        best,
        resumeHalfWay(graph, runs),
        failAtOnce(graph, runs));
  }

  private static void play(RunGraph graph) {
    RunMachine machine = MACHINES.start(graph, "r");
    var due = new ArrayDeque<String>();
    Turn turn = machine.start();
    due.addAll(turn.due());
    while (turn.ended() == null) {
      String stepId = due.removeFirst();
      turn = machine.finish(stepId, everything(graph, stepId));
      due.addAll(turn.due());
    }
  }

  private static StepResult everything(RunGraph graph, String stepId) {
    return new StepResult.Completed(
        Set.copyOf(graph.nodes().get(graph.positionOf(stepId)).successors()));
  }

  private static double resumeHalfWay(RunGraph graph, int runs) {
    Map<String, StepResult> finished = new HashMap<>();
    Set<String> inFlight = new HashSet<>();
    RunMachine machine = MACHINES.start(graph, "r");
    var due = new ArrayDeque<>(machine.start().due());
    while (finished.size() < graph.size() / 2) {
      String stepId = due.removeFirst();
      finished.put(stepId, everything(graph, stepId));
      due.addAll(machine.finish(stepId, finished.get(stepId)).due());
    }
    inFlight.addAll(due);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long began = System.nanoTime();
      for (int run = 0; run < runs; run++) {
        MACHINES.resume(graph, "r", finished, inFlight).start();
      }
      best = Math.min(best, (System.nanoTime() - began) / 1000.0 / runs);
    }
    return best;
  }

  private static double failAtOnce(RunGraph graph, int runs) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long began = System.nanoTime();
      for (int run = 0; run < runs; run++) {
        RunMachine machine = MACHINES.start(graph, "r");
        machine.finish(machine.start().due().getFirst(), new StepResult.InternallyFailed());
      }
      best = Math.min(best, (System.nanoTime() - began) / 1000.0 / runs);
    }
    return best;
  }

  private static RunGraph chain(int size) {
    List<RunGraph.Node> nodes = new ArrayList<>();
    for (int step = 0; step < size; step++) {
      nodes.add(node(step, step + 1 < size ? List.of("step" + (step + 1)) : List.of()));
    }
    return new RunGraph(nodes);
  }

  private static RunGraph fan(int size) {
    List<RunGraph.Node> nodes = new ArrayList<>();
    List<String> middle = new ArrayList<>();
    for (int step = 1; step < size - 1; step++) {
      middle.add("step" + step);
      nodes.add(node(step, List.of("step" + (size - 1))));
    }
    nodes.addFirst(node(0, middle));
    nodes.add(node(size - 1, List.of()));
    return new RunGraph(nodes);
  }

  private static RunGraph layers(int size, int width) {
    var random = new Random(1);
    List<RunGraph.Node> nodes = new ArrayList<>();
    for (int step = 0; step < size; step++) {
      Set<String> successors = new HashSet<>();
      int next = (step / width + 1) * width;
      for (int edge = 0; edge < 3 && next < size; edge++) {
        successors.add("step" + (next + random.nextInt(width)));
      }
      nodes.add(node(step, List.copyOf(successors)));
    }
    return new RunGraph(nodes);
  }

  private static List<RunGraph.Node> nodes(int size) {
    List<RunGraph.Node> nodes = new ArrayList<>();
    for (int step = 0; step < size; step++) {
      nodes.add(node(step, List.of()));
    }
    return nodes;
  }

  private static RunGraph.Node node(int step, List<String> successors) {
    return new RunGraph.Node("step" + step, FailureMode.FAIL_AFTER_RUNNING, successors);
  }
}
