package org.maestro.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.conductor.FailureMode;
import org.maestro.conductor.RunGraph;
import org.maestro.conductor.StepResult;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.start.RestartPolicy;

/** A version's DAG, worked out once and shared by all its runs. Immutable. */
public final class RunPlan {
  private final Workflow workflow;
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Map<String, List<String>> predecessors = new HashMap<>();
  private final RunGraph graph;

  public RunPlan(Workflow workflow) {
    this.workflow = workflow;
    for (var step : workflow.steps()) {
      steps.put(step.id(), step);
    }
    for (var step : workflow.steps()) {
      for (var successor : step.common().transition().successors().keySet()) {
        predecessors.computeIfAbsent(successor, _ -> new ArrayList<>()).add(step.id());
      }
    }
    graph = graphOf(steps.keySet(), Set.of());
  }

  public Workflow workflow() {
    return workflow;
  }

  /** The steps by id, in the written order. */
  public Map<String, Step> steps() {
    return steps;
  }

  public Step step(String stepId) {
    var step = steps.get(stepId);
    if (step == null) {
      throw new IllegalStateException("expected a step " + stepId + " in " + workflow.id());
    }
    return step;
  }

  public List<String> predecessors(String stepId) {
    return predecessors.getOrDefault(stepId, List.of());
  }

  public Set<String> successors(String stepId) {
    return step(stepId).common().transition().successors().keySet();
  }

  /** What one run executes of the DAG, and what it takes over from the runs before it. */
  public record Part(RunGraph graph, Map<String, StepResult> finished) {}

  /**
   * The part of the DAG that a run executes.
   *
   * @param earlier the latest attempt of each step in the runs before this one
   */
  public Part part(
      RestartPolicy policy, RunFacts.@Nullable Restart restart, Map<String, StepAttempt> earlier) {
    return switch (policy) {
      case START_FRESH_NEW_RUN, RESTART_FROM_BEGINNING -> new Part(graph, Map.of());
      case RESTART_FROM_INCOMPLETE ->
          partial(withDescendants(incomplete(earlier)), Set.of(), earlier);
      case RESTART_FROM_SPECIFIC -> {
        var from = restart == null || restart.stepId() == null ? "" : restart.stepId();
        yield partial(withDescendants(Set.of(from)), Set.of(from), earlier);
      }
      case START_CUSTOMIZED_RUN, RESTART_CUSTOMIZED_RUN -> customized(restart);
    };
  }

  /** The steps that a run with this policy would execute. */
  public Set<String> toRun(
      RestartPolicy policy, RunFacts.@Nullable Restart restart, Map<String, StepAttempt> earlier) {
    var part = part(policy, restart, earlier);
    var ids = new LinkedHashSet<String>();
    part.graph().nodes().forEach(node -> ids.add(node.stepId()));
    ids.removeAll(part.finished().keySet());
    return ids;
  }

  private Set<String> incomplete(Map<String, StepAttempt> earlier) {
    var ids = new LinkedHashSet<String>();
    for (var id : steps.keySet()) {
      var attempt = earlier.get(id);
      if (attempt == null || !attempt.status().isComplete()) {
        ids.add(id);
      }
    }
    return ids;
  }

  private Set<String> withDescendants(Set<String> from) {
    var reached = new LinkedHashSet<>(from);
    var queue = new ArrayDeque<>(from);
    while (!queue.isEmpty()) {
      var step = steps.get(queue.poll());
      // A run of another version may have been told to begin at a step that this one hasn't.
      var next = step == null ? Set.<String>of() : step.common().transition().successors().keySet();
      for (var successor : next) {
        if (reached.add(successor)) {
          queue.add(successor);
        }
      }
    }
    return reached;
  }

  private Set<String> withAncestors(Set<String> from) {
    var reached = new LinkedHashSet<>(from);
    var queue = new ArrayDeque<>(from);
    while (!queue.isEmpty()) {
      for (var next : predecessors(queue.poll())) {
        if (reached.add(next)) {
          queue.add(next);
        }
      }
    }
    return reached;
  }

  /** These steps run again; of the others only those that are complete have a say. */
  private Part partial(Set<String> again, Set<String> asRoots, Map<String, StepAttempt> earlier) {
    var inGraph = new LinkedHashSet<String>();
    var finished = new LinkedHashMap<String, StepResult>();
    for (var id : steps.keySet()) {
      if (again.contains(id)) {
        inGraph.add(id);
        continue;
      }
      var attempt = earlier.get(id);
      if (attempt != null && attempt.status().isComplete()) {
        inGraph.add(id);
        finished.put(id, resultOf(attempt));
      }
    }
    return new Part(graphOf(inGraph, asRoots), finished);
  }

  private Part customized(RunFacts.@Nullable Restart restart) {
    var wanted = restart == null ? RunFacts.Restart.WHOLE : restart;
    var starts = new LinkedHashSet<>(wanted.startSteps());
    var ends = new LinkedHashSet<>(wanted.endSteps());
    Set<String> ids =
        starts.isEmpty() ? new LinkedHashSet<>(steps.keySet()) : withDescendants(starts);
    if (!ends.isEmpty()) {
      var upstream = withAncestors(ends);
      ids = new LinkedHashSet<>(ids);
      ids.retainAll(upstream);
    }
    return new Part(graphOf(ids, starts), Map.of());
  }

  private RunGraph graphOf(Set<String> ids, Set<String> asRoots) {
    var nodes = new ArrayList<RunGraph.Node>();
    var roots = new HashSet<>(asRoots);
    for (var step : steps.values()) {
      if (ids.contains(step.id())) {
        nodes.add(
            new RunGraph.Node(
                step.id(),
                FailureMode.valueOf(step.common().effectiveFailureMode().name()),
                step.common().transition().successors().keySet().stream()
                    .filter(next -> ids.contains(next) && !roots.contains(next))
                    .toList()));
      }
    }
    return new RunGraph(nodes);
  }

  /** How an attempt that has ended for good looks to the run machine. */
  public static StepResult resultOf(StepAttempt attempt) {
    Set<String> taken = attempt.taken() == null ? Set.of() : attempt.taken();
    StepStatus status = attempt.status();
    return switch (status) {
      case SUCCEEDED, SKIPPED, DISABLED -> new StepResult.Completed(taken);
      case COMPLETED_WITH_ERROR, FATALLY_FAILED -> new StepResult.Failed(taken);
      case UNSATISFIED -> new StepResult.Unsatisfied();
      case INTERNALLY_FAILED -> new StepResult.InternallyFailed();
      case STOPPED -> new StepResult.Stopped();
      case TIMED_OUT -> new StepResult.TimedOut();
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
          USER_FAILED,
          PLATFORM_FAILED,
          TIMEOUT_FAILED ->
          throw new IllegalStateException(
              "expected step " + attempt.stepId() + " to have ended, found " + status);
    };
  }
}
