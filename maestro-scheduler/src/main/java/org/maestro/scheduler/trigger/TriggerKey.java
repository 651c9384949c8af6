package org.maestro.scheduler.trigger;

/**
 * One time trigger of a workflow's active version.
 *
 * @param triggerNo its place among the version's time triggers, from 0
 * @param triggerUuid the id that all time triggers of the version share; those of another version
 *     have another
 */
public record TriggerKey(String workflowId, long triggerNo, String triggerUuid) {}
