package org.maestro.conductor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.netflix.conductor.common.metadata.tasks.TaskDef;
import com.netflix.conductor.common.metadata.tasks.TaskExecLog;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import com.netflix.conductor.common.utils.ExternalPayloadStorage;
import com.netflix.conductor.core.config.ConductorProperties;
import com.netflix.conductor.core.dal.ExecutionDAOFacade;
import com.netflix.conductor.core.execution.DeciderService;
import com.netflix.conductor.core.execution.DirectWorkflowExecutor;
import com.netflix.conductor.core.execution.WorkflowExecutor;
import com.netflix.conductor.core.execution.tasks.SystemTaskRegistry;
import com.netflix.conductor.core.listener.TaskStatusListener;
import com.netflix.conductor.core.listener.WorkflowStatusListenerStub;
import com.netflix.conductor.core.metadata.MetadataMapperService;
import com.netflix.conductor.core.sync.Lock;
import com.netflix.conductor.core.utils.ExternalPayloadStorageUtils;
import com.netflix.conductor.core.utils.IDGenerator;
import com.netflix.conductor.core.utils.ParametersUtils;
import com.netflix.conductor.dao.ConcurrentExecutionLimitDAO;
import com.netflix.conductor.dao.ExecutionDAO;
import com.netflix.conductor.dao.IndexDAO;
import com.netflix.conductor.dao.MetadataDAO;
import com.netflix.conductor.dao.PollDataDAO;
import com.netflix.conductor.dao.QueueDAO;
import com.netflix.conductor.dao.RateLimitingDAO;
import com.netflix.conductor.model.TaskModel;
import com.netflix.conductor.model.WorkflowModel;
import com.netflix.conductor.service.ExecutionLockService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Conductor's executor and decider without an installation around them: no storage, queue, index,
 * lock or sweeper. It has no state of its own; each call works on the {@link LiveRun} it is given,
 * in the caller's thread. One for the process is enough.
 */
final class EmbeddedConductor {
  private static final ScopedValue<LiveRun> LIVE = ScopedValue.newInstance();

  private final WorkflowExecutor executor = assemble();

  /** Lets Conductor schedule what is ready and end the run if it has ended. */
  void decide(LiveRun live) {
    ScopedValue.where(LIVE, live).run(() -> executor.decide(live.run().getWorkflowId()));
  }

  /** Ends a task that is in flight, then decides. */
  void update(LiveRun live, TaskResult result) {
    ScopedValue.where(LIVE, live).run(() -> executor.updateTask(result));
  }

  /** Terminates the run and cancels what is in flight. */
  void terminate(LiveRun live) {
    ScopedValue.where(LIVE, live).run(() -> executor.terminateWorkflow(live.run(), "halted", null));
  }

  private static WorkflowExecutor assemble() {
    var properties = new ConductorProperties();
    properties.setWorkflowExecutionLockEnabled(false);
    var json = new ObjectMapper();
    var ids = new UnusedIds();
    var parameters = new NoParameters(json);
    var metadata = AbsentPart.of(MetadataDAO.class, "getTaskDef");
    var queue = AbsentPart.of(QueueDAO.class, "push", "remove");
    var payloads =
        new ExternalPayloadStorageUtils(
            AbsentPart.of(ExternalPayloadStorage.class), properties, json);
    var noSystemTasks = new SystemTaskRegistry(Set.of());
    var mapper = new StepTasks();
    var decider =
        new DeciderService(
            ids,
            parameters,
            metadata,
            payloads,
            noSystemTasks,
            new HashMap<>(Map.of(mapper.getTaskType(), mapper)),
            Map.of(),
            Duration.ofMinutes(60));
    return new DirectWorkflowExecutor(
        decider,
        metadata,
        queue,
        new MetadataMapperService(metadata),
        new WorkflowStatusListenerStub(),
        new Effects(),
        new LiveStorage(queue, json, properties, payloads),
        properties,
        new ExecutionLockService(properties, AbsentPart.of(Lock.class)),
        noSystemTasks,
        parameters,
        ids);
  }

  /** Tells the live run what Conductor scheduled and cancelled. */
  private static final class Effects implements TaskStatusListener {
    @Override
    public void onTaskScheduled(TaskModel task) {
      LIVE.get().scheduled(task);
    }

    @Override
    public void onTaskCanceled(TaskModel task) {
      LIVE.get().cancelled(task);
    }
  }

  /** Hands out the live objects themselves, so nothing needs to be written back or copied. */
  private static final class LiveStorage extends ExecutionDAOFacade {
    LiveStorage(
        QueueDAO queue,
        ObjectMapper json,
        ConductorProperties properties,
        ExternalPayloadStorageUtils payloads) {
      super(
          AbsentPart.of(ExecutionDAO.class),
          queue,
          AbsentPart.of(IndexDAO.class),
          AbsentPart.of(RateLimitingDAO.class),
          AbsentPart.of(ConcurrentExecutionLimitDAO.class),
          AbsentPart.of(PollDataDAO.class),
          json,
          properties,
          payloads);
    }

    @Override
    public WorkflowModel getWorkflowModel(String workflowId, boolean includeTasks) {
      return LIVE.get().run();
    }

    @Override
    public TaskModel getTaskModel(String taskId) {
      return LIVE.get().task(taskId);
    }

    @Override
    public List<TaskModel> createTasks(List<TaskModel> tasks) {
      return tasks;
    }

    @Override
    public void updateTask(TaskModel task) {}

    @Override
    public String updateWorkflow(WorkflowModel run) {
      return run.getWorkflowId();
    }

    @Override
    public void removeFromPendingWorkflow(String workflowType, String workflowId) {}

    @Override
    public void addTaskExecLog(List<TaskExecLog> logs) {}

    @Override
    public void populateTaskData(TaskModel task) {}
  }

  /** Parameters are evaluated by the engine, never by Conductor. */
  private static final class NoParameters extends ParametersUtils {
    NoParameters(ObjectMapper json) {
      super(json);
    }

    @Override
    public Map<String, Object> getTaskInputV2(
        Map<String, Object> input, WorkflowModel run, String taskId, TaskDef taskDefinition) {
      return Map.of();
    }
  }

  /** Tasks are known by their step: a random id would make two replays of a run differ. */
  private static final class UnusedIds extends IDGenerator {
    @Override
    public String generate() {
      return "unused";
    }
  }
}
