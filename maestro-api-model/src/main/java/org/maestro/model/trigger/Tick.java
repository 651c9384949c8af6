package org.maestro.model.trigger;

/**
 * A time at which a trigger fires.
 *
 * @param triggerTime the logical time, which runs get to see, in epoch milliseconds
 * @param fireTime when the run is asked for: later by the workflow's share of {@code
 *     fuzzy_max_delay}
 * @param localTime the logical time in the trigger's zone, ISO 8601 with its offset
 */
public record Tick(long triggerTime, long fireTime, String localTime) {}
