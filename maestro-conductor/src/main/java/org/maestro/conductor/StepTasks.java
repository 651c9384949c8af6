package org.maestro.conductor;

import com.netflix.conductor.common.metadata.tasks.TaskType;
import com.netflix.conductor.common.metadata.workflow.WorkflowTask;
import com.netflix.conductor.core.execution.mapper.TaskMapper;
import com.netflix.conductor.core.execution.mapper.TaskMapperContext;
import com.netflix.conductor.model.TaskModel;
import com.netflix.conductor.model.WorkflowModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps as tasks of Conductor. The task's id and reference name are the step's id, its sequence
 * number is the step's position in the graph plus one. Of the step's definition it carries only
 * what follows a failure; these few definitions are constants that nobody changes.
 */
final class StepTasks implements TaskMapper {
  /** A failure terminates the run. */
  static final WorkflowTask STRICT = definition(false, false);

  /** A failure lets other branches go on and fails the run at its end. */
  static final WorkflowTask PERMISSIVE = definition(true, false);

  /** A failure counts as completion. */
  static final WorkflowTask OPTIONAL = definition(false, true);

  /** Stands for all steps that are ready. */
  static final WorkflowTask READY = definition(false, false);

  /** Conductor looks up a type it doesn't know by exception, for every task on every traversal. */
  private static final String TYPE = TaskType.USER_DEFINED.name();

  private static WorkflowTask definition(boolean permissive, boolean optional) {
    var definition = new WorkflowTask();
    definition.setName("step");
    definition.setTaskReferenceName("ready steps");
    definition.setType(TaskType.USER_DEFINED.name());
    definition.setPermissive(permissive);
    definition.setOptional(optional);
    return definition;
  }

  /** A task that isn't a step: what follows it is whatever is ready when the run starts. */
  static TaskModel beginning(WorkflowModel run) {
    TaskModel task = task(run, "beginning of the run", PERMISSIVE);
    task.setStatus(TaskModel.Status.COMPLETED);
    return task;
  }

  /** A task for a step that is to be started or in flight. */
  static TaskModel scheduled(WorkflowModel run, RunGraph graph, int step) {
    TaskModel task = task(run, graph.stepId(step), after(graph.failureMode(step)));
    task.setSeq(step + 1);
    task.setStatus(TaskModel.Status.SCHEDULED);
    return task;
  }

  /** A task for a step that ended without being complete; Conductor judges it anew. */
  static TaskModel failed(WorkflowModel run, RunGraph graph, int step, Ending ending) {
    TaskModel task = task(run, graph.stepId(step), ending.definition());
    task.setSeq(step + 1);
    task.setStatus(TaskModel.Status.FAILED_WITH_TERMINAL_ERROR);
    return task;
  }

  private static TaskModel task(WorkflowModel run, String name, WorkflowTask definition) {
    var task = new TaskModel();
    task.setTaskId(name);
    task.setReferenceTaskName(name);
    task.setTaskType(TYPE);
    task.setTaskDefName(definition.getName());
    task.setWorkflowTask(definition);
    task.setWorkflowInstanceId(run.getWorkflowId());
    task.setWorkflowType(RunDefinition.NAME);
    return task;
  }

  private static WorkflowTask after(FailureMode mode) {
    return switch (mode) {
      case FAIL_IMMEDIATELY -> STRICT;
      case FAIL_AFTER_RUNNING -> PERMISSIVE;
      case IGNORE_FAILURE -> OPTIONAL;
    };
  }

  static int step(TaskModel task) {
    return task.getSeq() - 1;
  }

  @Override
  public String getTaskType() {
    return TYPE;
  }

  /** Turns {@link #READY} into a task for each step that is ready. */
  @Override
  public List<TaskModel> getMappedTasks(TaskMapperContext context) {
    WorkflowModel run = context.getWorkflowModel();
    var definition = (RunDefinition) run.getWorkflowDefinition();
    int[] ready = definition.progress().takeReady();
    List<TaskModel> tasks = new ArrayList<>(ready.length);
    for (int step : ready) {
      tasks.add(scheduled(run, definition.graph(), step));
    }
    return tasks;
  }
}
