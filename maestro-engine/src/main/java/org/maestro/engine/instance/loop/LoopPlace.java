package org.maestro.engine.instance.loop;

import org.jspecify.annotations.Nullable;

/** Which foreach step is meant; the run is null for the latest. */
public record LoopPlace(String workflowId, long instanceId, @Nullable Long runId, String stepId) {}
