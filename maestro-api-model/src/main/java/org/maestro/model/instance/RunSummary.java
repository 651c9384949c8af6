package org.maestro.model.instance;

import org.jspecify.annotations.Nullable;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;

/**
 * A run in a list. Times are epoch milliseconds.
 *
 * @param unreadable why the rest of it can't be read; null if it can
 */
public record RunSummary(
    String workflowId,
    long workflowInstanceId,
    long workflowRunId,
    String workflowUuid,
    long workflowVersionId,
    String owner,
    Initiator initiator,
    RestartPolicy policy,
    RunStatus status,
    long createTime,
    @Nullable Long startTime,
    @Nullable Long endTime,
    long modifyTime,
    @Nullable String unreadable) {}
