package com.netflix.conductor.core.execution;

import com.netflix.conductor.common.metadata.workflow.WorkflowDef;
import com.netflix.conductor.core.config.ConductorProperties;
import com.netflix.conductor.core.dal.ExecutionDAOFacade;
import com.netflix.conductor.core.execution.tasks.SystemTaskRegistry;
import com.netflix.conductor.core.listener.TaskStatusListener;
import com.netflix.conductor.core.listener.WorkflowStatusListener;
import com.netflix.conductor.core.metadata.MetadataMapperService;
import com.netflix.conductor.core.utils.IDGenerator;
import com.netflix.conductor.core.utils.ParametersUtils;
import com.netflix.conductor.dao.MetadataDAO;
import com.netflix.conductor.dao.QueueDAO;
import com.netflix.conductor.model.TaskModel;
import com.netflix.conductor.model.WorkflowModel;
import com.netflix.conductor.service.ExecutionLockService;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * Conductor's executor for runs that have one writer and no sweeper: every update is decided at
 * once, and what is scheduled is taken as new without comparing it to every task of the run.
 */
@NullMarked
public final class DirectWorkflowExecutor extends WorkflowExecutorOps {

  public DirectWorkflowExecutor(
      DeciderService decider,
      MetadataDAO metadata,
      QueueDAO queue,
      MetadataMapperService metadataMapper,
      WorkflowStatusListener workflowListener,
      TaskStatusListener taskListener,
      ExecutionDAOFacade storage,
      ConductorProperties properties,
      ExecutionLockService locks,
      SystemTaskRegistry systemTasks,
      ParametersUtils parameters,
      IDGenerator ids) {
    super(
        decider,
        metadata,
        queue,
        metadataMapper,
        workflowListener,
        taskListener,
        storage,
        properties,
        locks,
        systemTasks,
        parameters,
        ids);
  }

  /** Lazy evaluation leaves the decision to a sweeper. */
  @Override
  boolean isLazyEvaluateWorkflow(WorkflowDef definition, TaskModel task) {
    return false;
  }

  /**
   * The task mapper emits each task once, there are no retries of Conductor's, and only one thread
   * decides: nothing can be in the run already.
   */
  @Override
  List<TaskModel> dedupAndAddTasks(WorkflowModel run, List<TaskModel> tasks) {
    run.getTasks().addAll(tasks);
    return tasks;
  }
}
