package org.maestro.model.instance;

import org.jspecify.annotations.Nullable;
import org.maestro.model.event.TimelineEvent;

/**
 * What an action on a step came to.
 *
 * @param stepAttemptId the step's latest attempt after it; null if it has none in this run
 * @param stepRuntimeState where that attempt stands; null as before
 * @param status the same as the state's; null as before, and after a resume
 */
public record StepActionAnswer(
    String workflowId,
    long workflowInstanceId,
    long workflowRunId,
    String stepId,
    @Nullable Long stepAttemptId,
    @Nullable State stepRuntimeState,
    @Nullable StepStatus status,
    TimelineEvent timelineEvent) {

  /**
   * Where an attempt stands.
   *
   * @param createTime epoch milliseconds
   * @param endTime epoch milliseconds; null if it has not ended
   */
  public record State(StepStatus status, long createTime, @Nullable Long endTime) {}
}
