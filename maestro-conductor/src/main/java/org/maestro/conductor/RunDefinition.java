package org.maestro.conductor;

import com.netflix.conductor.common.metadata.workflow.WorkflowDef;
import com.netflix.conductor.common.metadata.workflow.WorkflowTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run's DAG as Conductor sees it. A definition of Conductor is a sequence with forks and joins;
 * this one answers "what comes next" from the join rule instead, so that any DAG costs the
 * out-degree of the finished step and no helper tasks.
 *
 * <p>Name and version are the same for all runs: Conductor keeps static metric maps by them for
 * ever.
 */
final class RunDefinition extends WorkflowDef {
  static final String NAME = "run";

  private final RunGraph graph;
  private final JoinProgress progress;

  RunDefinition(RunGraph graph, JoinProgress progress) {
    this.graph = graph;
    this.progress = progress;
    setName(NAME);
    setTasks(List.of());
  }

  RunGraph graph() {
    return graph;
  }

  JoinProgress progress() {
    return progress;
  }

  /** The marker that {@link StepTasks} turns into all steps that are ready, or null if none is. */
  @Override
  public @Nullable WorkflowTask getNextTask(String finishedStep) {
    return progress.hasReady() ? StepTasks.READY : null;
  }

  /** Steps have no task definition of Conductor's: retries and time-outs are decided before it. */
  @Override
  public @Nullable WorkflowTask getTaskByRefName(String stepId) {
    return null;
  }

  @Override
  public List<WorkflowTask> collectTasks() {
    return List.of();
  }

  @Override
  public boolean containsType(String taskType) {
    return false;
  }
}
