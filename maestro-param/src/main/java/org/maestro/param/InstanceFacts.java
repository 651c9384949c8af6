package org.maestro.param;

import org.jspecify.annotations.Nullable;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;

/**
 * What expressions may read of the run they belong to.
 *
 * @param firstTimeTriggerTimezone zone of the definition's first time trigger, if it has one
 * @param createTime when the instance (not this run of it) was created, in epoch milliseconds: the
 *     {@code RUN_TS} of an instance that was not given one, the same in all its runs
 */
public record InstanceFacts(
    String workflowId,
    long instanceId,
    long runId,
    String owner,
    Initiator initiator,
    RestartPolicy policy,
    @Nullable String firstTimeTriggerTimezone,
    long createTime) {}
