package org.maestro.engine.step.runtime;

/**
 * The identity of a step attempt.
 *
 * @param uuid unique over all attempts ever; runtimes are idempotent by it
 */
public record AttemptRef(
    String workflowId, long instanceId, long runId, String stepId, long attemptId, String uuid) {}
