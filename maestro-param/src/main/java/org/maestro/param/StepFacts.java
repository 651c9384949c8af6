package org.maestro.param;

/** What expressions may read of the step attempt they belong to. */
public record StepFacts(
    String stepId, long stepInstanceId, String stepUuid, long attemptId, long errorRetries) {}
