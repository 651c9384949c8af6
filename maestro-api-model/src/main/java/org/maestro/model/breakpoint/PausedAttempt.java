package org.maestro.model.breakpoint;

/**
 * A step attempt that stands at a breakpoint.
 *
 * @param createTime of the attempt, in epoch milliseconds
 */
public record PausedAttempt(
    String workflowId,
    long workflowVersionId,
    long workflowInstanceId,
    long workflowRunId,
    String stepId,
    long stepAttemptId,
    long createTime) {}
