package org.maestro.model.breakpoint;

/**
 * New attempts of this step pause before they run, in every version and instance.
 *
 * @param createTime epoch milliseconds
 * @param createdBy who set it
 */
public record StepBreakpoint(String workflowId, String stepId, long createTime, String createdBy) {}
