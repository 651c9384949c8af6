package org.maestro.conductor;

import static java.util.Objects.requireNonNull;

import com.netflix.conductor.common.metadata.tasks.TaskResult;
import com.netflix.conductor.model.TaskModel;
import com.netflix.conductor.model.WorkflowModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run on Conductor. Conductor decides what is scheduled, what a failure does and whether the
 * run goes on; the join rule tells it what is ready. Its list of tasks holds only what is in flight
 * or has failed, so a turn costs what is going on, not what has been.
 */
final class ConductorRunMachine implements RunMachine, LiveRun {
  private final RunGraph graph;
  private final EmbeddedConductor conductor;
  private final JoinProgress progress;
  private final WorkflowModel run = new WorkflowModel();

  private final Map<String, TaskModel> inFlight = new HashMap<>();
  private final BitSet due = new BitSet();
  private final BitSet toStop = new BitSet();
  private boolean started;
  private @Nullable RunResult worst;
  private @Nullable RunResult haltedAs;

  ConductorRunMachine(
      RunGraph graph,
      String runId,
      Map<String, StepResult> finished,
      Set<String> running,
      EmbeddedConductor conductor) {
    this.graph = graph;
    this.conductor = conductor;
    this.progress = new JoinProgress(graph, settled(graph, finished, running));
    run.setWorkflowId(runId);
    run.setCreateTime(0L);
    run.setWorkflowDefinition(new RunDefinition(graph, progress));
    run.setTasks(new ArrayList<>());
    run.getTasks().add(StepTasks.beginning(run));
    recall(finished, running);
  }

  private static BitSet settled(
      RunGraph graph, Map<String, StepResult> finished, Set<String> running) {
    var settled = new BitSet(graph.size());
    for (int step = 0; step < graph.size(); step++) {
      String stepId = graph.stepId(step);
      settled.set(step, finished.containsKey(stepId) || running.contains(stepId));
    }
    return settled;
  }

  /** In the order of the graph, not of the maps, so that two replays of a run are the same. */
  private void recall(Map<String, StepResult> finished, Set<String> running) {
    boolean terminated = false;
    for (int step = 0; step < graph.size(); step++) {
      StepResult result = finished.get(graph.stepId(step));
      if (result != null) {
        Ending ending = Ending.of(result, graph.failureMode(step));
        note(ending);
        if (ending.complete()) {
          progress.complete(step, ending.taken());
        } else {
          run.getTasks().add(StepTasks.failed(run, graph, step, ending));
          terminated |= ending.terminatesTheRun();
        }
      } else if (running.contains(graph.stepId(step))) {
        TaskModel task = StepTasks.scheduled(run, graph, step);
        run.getTasks().add(task);
        inFlight.put(graph.stepId(step), task);
      }
    }
    if (terminated) {
      progress.drop();
    }
  }

  @Override
  public Turn start() {
    if (started) {
      throw new IllegalStateException("the machine was started before");
    }
    started = true;
    conductor.decide(this);
    run.getTasks().removeFirst();
    return turn();
  }

  @Override
  public Turn finish(String stepId, StepResult result) {
    if (!started) {
      throw new IllegalStateException("expected start or halt before finish");
    }
    TaskModel task = inFlight.get(stepId);
    if (task == null) {
      return Turn.nothing();
    }
    int step = StepTasks.step(task);
    Ending ending = Ending.of(result, graph.failureMode(step));
    note(ending);
    if (!run.getStatus().isTerminal()) {
      advance(task, step, ending);
    }
    inFlight.remove(stepId);
    return turn();
  }

  private void advance(TaskModel task, int step, Ending ending) {
    if (ending.complete()) {
      progress.complete(step, ending.taken());
    }
    task.setWorkflowTask(ending.definition());
    var result = new TaskResult();
    result.setWorkflowInstanceId(run.getWorkflowId());
    result.setTaskId(task.getTaskId());
    result.setStatus(ending.status());
    conductor.update(this, result);
    if (ending.complete()) {
      run.getTasks().removeIf(listed -> listed.getSeq() == task.getSeq());
    }
  }

  @Override
  public Turn halt(RunResult as) {
    if (as == RunResult.SUCCEEDED) {
      throw new IllegalArgumentException("expected a run to be halted as anything but SUCCEEDED");
    }
    started = true;
    if (run.getStatus().isTerminal()) {
      return Turn.nothing();
    }
    haltedAs = as;
    progress.drop();
    conductor.terminate(this);
    return turn();
  }

  private void note(Ending ending) {
    if (worst == null || worst.compareTo(ending.contribution()) < 0) {
      worst = ending.contribution();
    }
  }

  private Turn turn() {
    var turn =
        new Turn(
            stepIds(due),
            progress.takeUnsatisfied(),
            stepIds(toStop),
            inFlight.isEmpty() ? ended() : null);
    due.clear();
    toStop.clear();
    return turn;
  }

  private List<String> stepIds(BitSet steps) {
    return steps.isEmpty() ? List.of() : steps.stream().mapToObj(graph::stepId).toList();
  }

  private RunResult ended() {
    if (!run.getStatus().isTerminal()) {
      throw new IllegalStateException(
          "run " + run.getWorkflowId() + " has nothing in flight, but Conductor didn't end it");
    }
    if (haltedAs != null) {
      return haltedAs;
    }
    return worst == null ? RunResult.FAILED : worst;
  }

  @Override
  public WorkflowModel run() {
    return run;
  }

  @Override
  public TaskModel task(String taskId) {
    return requireNonNull(inFlight.get(taskId));
  }

  @Override
  public void scheduled(TaskModel task) {
    due.set(StepTasks.step(task));
    inFlight.put(task.getTaskId(), task);
  }

  @Override
  public void cancelled(TaskModel task) {
    toStop.set(StepTasks.step(task));
  }
}
