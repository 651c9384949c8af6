package org.maestro.model.breakpoint;

/** What the removal of a breakpoint came to. */
public record RemovalAnswer(String workflowId, String stepId, long deleted, long resumed) {}
