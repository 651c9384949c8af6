package org.maestro.scheduler.trigger;

/**
 * A trigger whose time has come.
 *
 * @param nextTickAt the oldest tick that has not been dealt with, in epoch milliseconds
 * @param nextFireAt when that was to be fired, in epoch milliseconds
 */
public record DueTrigger(
    TriggerKey key,
    long internalId,
    String definition,
    long delayMillis,
    long nextTickAt,
    long nextFireAt) {}
