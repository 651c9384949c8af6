package org.maestro.conductor;

import com.netflix.conductor.common.metadata.tasks.TaskResult;
import com.netflix.conductor.common.metadata.workflow.WorkflowTask;
import java.util.Set;

/**
 * What the end of a step means for its run.
 *
 * @param status what Conductor is told
 * @param definition which of the task definitions makes Conductor draw the right conclusion
 * @param complete whether the successors may go on
 * @param taken the successors whose condition was true; empty unless complete
 * @param contribution how the run ends if no step ended worse
 */
record Ending(
    TaskResult.Status status,
    WorkflowTask definition,
    boolean complete,
    Set<String> taken,
    RunResult contribution) {

  static Ending of(StepResult result, FailureMode mode) {
    return switch (result) {
      case StepResult.Completed(var taken) -> complete(TaskResult.Status.COMPLETED, taken);
      case StepResult.Unsatisfied _ -> complete(TaskResult.Status.COMPLETED, Set.of());
      case StepResult.Failed(var taken) ->
          switch (mode) {
            case FAIL_IMMEDIATELY -> incomplete(StepTasks.STRICT, RunResult.FAILED);
            case FAIL_AFTER_RUNNING -> incomplete(StepTasks.PERMISSIVE, RunResult.FAILED);
            case IGNORE_FAILURE -> complete(TaskResult.Status.FAILED_WITH_TERMINAL_ERROR, taken);
          };
      case StepResult.InternallyFailed _ -> incomplete(StepTasks.STRICT, RunResult.FAILED);
      case StepResult.TimedOut _ -> incomplete(StepTasks.PERMISSIVE, RunResult.TIMED_OUT);
      case StepResult.Stopped _ -> incomplete(StepTasks.PERMISSIVE, RunResult.STOPPED);
    };
  }

  private static Ending complete(TaskResult.Status status, Set<String> taken) {
    return new Ending(status, StepTasks.OPTIONAL, true, taken, RunResult.SUCCEEDED);
  }

  private static Ending incomplete(WorkflowTask definition, RunResult contribution) {
    return new Ending(
        TaskResult.Status.FAILED_WITH_TERMINAL_ERROR, definition, false, Set.of(), contribution);
  }

  /** Whether the run is over for everything that isn't in flight yet. */
  boolean terminatesTheRun() {
    return !definition.isPermissive() && !definition.isOptional();
  }
}
