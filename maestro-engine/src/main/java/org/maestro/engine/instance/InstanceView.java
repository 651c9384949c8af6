package org.maestro.engine.instance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.start.Initiator;

/**
 * A run of an instance, field by field as the standard shows it. Times are epoch milliseconds.
 *
 * @param groupInfo the shard that owns it
 * @param executionId the identity of the run's state machine
 * @param runtimeWorkflow what it executes; only if asked for
 * @param runtimeDag the edges of its definition by step; only if asked for
 * @param runtimeOverview with the steps only if asked for
 * @param aggregatedInfo over all runs up to this one; only if asked for
 */
public record InstanceView(
    String workflowId,
    long workflowInstanceId,
    long workflowRunId,
    String workflowUuid,
    String correlationId,
    long workflowVersionId,
    long groupInfo,
    long internalId,
    String executionId,
    Map<String, Object> runConfig,
    Map<String, Object> runParams,
    @Nullable Map<String, Object> stepRunParams,
    Map<String, Object> runProperties,
    @Nullable Map<String, Object> runtimeWorkflow,
    @Nullable Map<String, Object> runtimeDag,
    long timeoutInMillis,
    Map<String, Object> params,
    Initiator initiator,
    RunStatus status,
    long requestTime,
    long createTime,
    @Nullable Long startTime,
    @Nullable Long endTime,
    long modifyTime,
    @Nullable RunOverview runtimeOverview,
    @Nullable Map<String, Object> artifacts,
    List<TimelineEvent> timeline,
    @Nullable AggregatedInfo aggregatedInfo) {}
