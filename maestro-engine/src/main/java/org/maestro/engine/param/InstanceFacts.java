package org.maestro.engine.param;

import org.jspecify.annotations.Nullable;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;

/**
 * What expressions may read of the run they belong to.
 *
 * @param firstTimeTriggerTimezone zone of the definition's first time trigger, if it has one
 */
public record InstanceFacts(
    String workflowId,
    long instanceId,
    long runId,
    String owner,
    Initiator initiator,
    RestartPolicy policy,
    @Nullable String firstTimeTriggerTimezone) {}
