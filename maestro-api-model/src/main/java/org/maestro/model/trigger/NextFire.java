package org.maestro.model.trigger;

/** A time at which one of a workflow's triggers fires; {@code index} says which. */
public record NextFire(long index, long triggerTime, long fireTime, String localTime) {}
