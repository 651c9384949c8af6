package org.maestro.engine.loop;

/**
 * The identity of one pass of a foreach or while step: its iterations are instances of the inline
 * workflow {@code workflowId}.
 *
 * @param loopRun number of the pass, from 1; a restart of the step makes another one
 */
public record LoopKey(String workflowId, long loopRun) {}
