package org.maestro.scheduler.bucket;

/**
 * A bucket that this scheduler has.
 *
 * @param epoch raised by everyone who takes the bucket over: who names an older one writes nothing
 * @param changes grows whenever triggers of the bucket were added or changed
 */
public record Lease(long bucket, long epoch, long changes) {}
