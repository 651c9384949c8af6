package org.maestro.model.instance;

import org.maestro.model.event.TimelineEvent;

/**
 * What an action on a run came to.
 *
 * @param workflowInstanceStatus where the instance stood when it was asked
 * @param info the same as the event's message, under the standard's name
 */
public record RunActionAnswer(
    String workflowId,
    long workflowInstanceId,
    long workflowRunId,
    RunStatus workflowInstanceStatus,
    String info,
    TimelineEvent timelineEvent) {}
