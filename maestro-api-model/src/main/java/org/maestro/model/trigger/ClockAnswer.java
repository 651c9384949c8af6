package org.maestro.model.trigger;

/** Whether an action on the time triggers of a workflow has changed anything. */
public record ClockAnswer(String workflowId, boolean paused, boolean changed) {}
