package org.maestro.scheduler.trigger;

import org.jspecify.annotations.Nullable;

/**
 * A trigger whose time has come.
 *
 * @param nextTickAt the oldest tick that has not been dealt with, in epoch milliseconds
 * @param nextFireAt when that was to be fired, in epoch milliseconds
 * @param moved whether a change of the zone rules has put the tick where it is
 */
public record DueTrigger(
    TriggerKey key,
    long internalId,
    String definition,
    long delayMillis,
    long nextTickAt,
    long nextFireAt,
    boolean moved,
    Reckoning reckoning) {

  /**
   * How the tick was found.
   *
   * @param zoneRules their version; null for the JDK's, which earlier releases went by
   * @param offset what they say of the tick, in seconds east of UTC; null if that was not kept
   * @param firedTickAt the tick that was last requested, in epoch milliseconds; null if none was
   */
  public record Reckoning(
      @Nullable String zoneRules, @Nullable Long offset, @Nullable Long firedTickAt) {}
}
