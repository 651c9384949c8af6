package org.maestro.model.breakpoint;

/** Where a breakpoint is to be: it holds for all versions and runs. */
public record BreakpointBody(String workflowId, String stepId) {}
