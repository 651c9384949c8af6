package org.maestro.engine.definition;

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
    WorkflowRecord.@Nullable Signature pause,
    long createTime,
    long modifyTime) {}
