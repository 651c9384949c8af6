package org.maestro.model.definition;

import org.jspecify.annotations.Nullable;

/** A workflow in a list. Times are epoch milliseconds. */
public record WorkflowSummary(
    String workflowId,
    long internalId,
    @Nullable String name,
    String owner,
    @Nullable Long activeVersionId,
    long latestVersionId,
    long latestInstanceId,
    WorkflowOverview.@Nullable Pause pause,
    long createTime,
    long modifyTime) {}
