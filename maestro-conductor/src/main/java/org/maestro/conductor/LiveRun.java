package org.maestro.conductor;

import com.netflix.conductor.model.TaskModel;
import com.netflix.conductor.model.WorkflowModel;

/** What Conductor may read and tell while it works on one run: its storage and its effects. */
interface LiveRun {

  WorkflowModel run();

  TaskModel task(String taskId);

  /** The task is to be started. */
  void scheduled(TaskModel task);

  /** The task was in flight when the run was terminated. */
  void cancelled(TaskModel task);
}
