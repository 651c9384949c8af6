package org.maestro.engine.permit;

/** A step attempt as the holder of permits. */
public record PermitHolder(
    String workflowId, long instanceId, long runId, String stepId, long attemptId) {}
