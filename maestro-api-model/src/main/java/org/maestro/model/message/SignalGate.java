package org.maestro.model.message;

/**
 * One of the signals that one step attempt waits for.
 *
 * @param dependency its place among the step's signal_dependencies, from 0
 */
public record SignalGate(
    String workflowId,
    long instanceId,
    long runId,
    String stepId,
    long attemptId,
    int dependency) {}
