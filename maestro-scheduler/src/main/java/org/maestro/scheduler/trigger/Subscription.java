package org.maestro.scheduler.trigger;

import org.jspecify.annotations.Nullable;

/**
 * What the newest news of a workflow said.
 *
 * @param versionId the active version; null if there is none
 * @param pausedBy who paused its time triggers; null if they aren't paused
 */
public record Subscription(
    String workflowId,
    long internalId,
    long revision,
    @Nullable Long versionId,
    String owner,
    boolean paused,
    @Nullable String pausedBy) {}
