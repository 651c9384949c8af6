package org.maestro.conductor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maestro.conductor.StepResult.Completed;
import org.maestro.conductor.StepResult.Failed;
import org.maestro.conductor.StepResult.InternallyFailed;
import org.maestro.conductor.StepResult.Stopped;
import org.maestro.conductor.StepResult.TimedOut;
import org.maestro.conductor.StepResult.Unsatisfied;

/**
 * The rules of {@link RunMachine} written down once more, as plainly as possible and without
 * Conductor: after each event it looks at all steps again, until nothing changes. Its facts are
 * what an engine would have recorded.
 */
final class PlainRunMachine implements RunMachine {
  private final Map<String, StepResult> finished = new HashMap<>();
  private final Set<String> inFlight = new HashSet<>();
  private final RunGraph graph;
  private final Map<String, RunGraph.Node> nodes = new HashMap<>();
  private final Map<String, List<String>> predecessors = new HashMap<>();
  private RunResult haltedAs;
  private boolean stopping;

  PlainRunMachine(RunGraph graph) {
    this.graph = graph;
    graph.nodes().forEach(node -> nodes.put(node.stepId(), node));
    graph.nodes().forEach(node -> predecessors.put(node.stepId(), new ArrayList<>()));
    for (RunGraph.Node node : graph.nodes()) {
      node.successors().stream()
          .filter(nodes::containsKey)
          .forEach(successor -> predecessors.get(successor).add(node.stepId()));
    }
  }

  Map<String, StepResult> finished() {
    return Map.copyOf(finished);
  }

  Set<String> inFlight() {
    return Set.copyOf(inFlight);
  }

  RunResult haltedAs() {
    return haltedAs;
  }

  boolean isStopping() {
    return stopping;
  }

  FailureMode failureMode(String stepId) {
    return nodes.get(stepId).failureMode();
  }

  @Override
  public Turn start() {
    return look();
  }

  @Override
  public Turn finish(String stepId, StepResult result) {
    if (!inFlight.contains(stepId)) {
      return Turn.nothing();
    }
    record(stepId, result);
    return look();
  }

  @Override
  public Turn halt(RunResult as) {
    if (stopping || (inFlight.isEmpty() && !finished.isEmpty())) {
      return Turn.nothing();
    }
    haltedAs = as;
    return look();
  }

  /** The engine recorded how the step ended, but not what follows from it. */
  void record(String stepId, StepResult result) {
    inFlight.remove(stepId);
    finished.put(stepId, result);
  }

  /** The engine forgot how the step ended, to run it again. */
  void forget(String stepId) {
    finished.remove(stepId);
  }

  /** The first turn of a machine resumed from the facts. */
  Turn resume() {
    stopping = false;
    return look();
  }

  private Turn look() {
    List<String> due = new ArrayList<>();
    List<String> unsatisfied = new ArrayList<>();
    List<String> toStop = new ArrayList<>();
    if (!stopping && (haltedAs != null || anyFailureEndsTheRun())) {
      stopping = true;
      graph.nodes().stream()
          .map(RunGraph.Node::stepId)
          .filter(inFlight::contains)
          .forEach(toStop::add);
    }
    while (!stopping) {
      List<String> undecided = undecidedStepsWithCompletePredecessors();
      List<String> never = undecided.stream().filter(stepId -> !mayRun(stepId)).toList();
      never.forEach(stepId -> finished.put(stepId, new Unsatisfied()));
      unsatisfied.addAll(never);
      if (never.isEmpty()) {
        due.addAll(undecided);
        break;
      }
    }
    inFlight.addAll(due);
    return new Turn(due, unsatisfied, toStop, inFlight.isEmpty() ? end() : null);
  }

  private boolean anyFailureEndsTheRun() {
    return finished.entrySet().stream()
        .anyMatch(end ->
            end.getValue() instanceof InternallyFailed
                || (end.getValue() instanceof Failed
                    && failureMode(end.getKey()) == FailureMode.FAIL_IMMEDIATELY));
  }

  private List<String> undecidedStepsWithCompletePredecessors() {
    return graph.nodes().stream()
        .map(RunGraph.Node::stepId)
        .filter(stepId -> !finished.containsKey(stepId) && !inFlight.contains(stepId))
        .filter(stepId -> predecessors.get(stepId).stream().allMatch(this::isComplete))
        .toList();
  }

  private boolean isComplete(String stepId) {
    StepResult result = finished.get(stepId);
    return result instanceof Completed
        || result instanceof Unsatisfied
        || (result instanceof Failed && failureMode(stepId) == FailureMode.IGNORE_FAILURE);
  }

  private boolean mayRun(String stepId) {
    return predecessors.get(stepId).isEmpty()
        || predecessors.get(stepId).stream()
            .anyMatch(predecessor ->
                switch (finished.get(predecessor)) {
                  case Completed(var taken) -> taken.contains(stepId);
                  case Failed(var taken) -> taken.contains(stepId);
                  case InternallyFailed _, TimedOut _, Stopped _, Unsatisfied _ -> false;
                });
  }

  private RunResult end() {
    if (haltedAs != null) {
      return haltedAs;
    }
    if (finished.isEmpty()) {
      return RunResult.FAILED;
    }
    boolean timedOut = false;
    boolean stopped = false;
    for (String stepId : finished.keySet()) {
      StepResult result = finished.get(stepId);
      if (result instanceof InternallyFailed || (result instanceof Failed && !isComplete(stepId))) {
        return RunResult.FAILED;
      }
      timedOut |= result instanceof TimedOut;
      stopped |= result instanceof Stopped;
    }
    if (timedOut) {
      return RunResult.TIMED_OUT;
    }
    return stopped ? RunResult.STOPPED : RunResult.SUCCEEDED;
  }
}
