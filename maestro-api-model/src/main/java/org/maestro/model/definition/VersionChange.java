package org.maestro.model.definition;

import org.jspecify.annotations.Nullable;
import org.maestro.model.event.TimelineEvent;

/** What became of the active version. */
public record VersionChange(
    String workflowId, @Nullable Long workflowVersionId, TimelineEvent timelineEvent) {}
