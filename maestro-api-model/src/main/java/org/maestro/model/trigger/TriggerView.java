package org.maestro.model.trigger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time trigger as people see it. Times are epoch milliseconds.
 *
 * @param index its place among the version's time triggers, from 0
 * @param trigger as in the definition
 * @param problem why it can't fire; null if it can
 * @param paused whether somebody has paused it
 * @param lagMillis how long it has been due without being fired; 0 if it isn't due
 * @param nextFires the next times; none while paused
 * @param lastFire what was last requested
 * @param lastSkipTime when missed ticks were last given up, as {@code catch_up} wants
 * @param zoneRules the version of the time-zone rules that the next fires were reckoned with
 * @param movedByZoneRules what other rules last did to it; null if none have moved it
 * @param lastAnswer what became of the newest tick that was answered
 * @param lastRefusal what became of the newest tick that started nothing
 * @param unreadable why the rest of it can't be read; null if it can
 */
public record TriggerView(
    String workflowId,
    long versionId,
    String triggerUuid,
    long index,
    Object trigger,
    @Nullable String problem,
    boolean paused,
    long lagMillis,
    List<Tick> nextFires,
    @Nullable LastFire lastFire,
    @Nullable Long lastSkipTime,
    @Nullable String zoneRules,
    @Nullable MovedTick movedByZoneRules,
    @Nullable TickAnswer lastAnswer,
    @Nullable TickAnswer lastRefusal,
    @Nullable String unreadable) {
  public TriggerView {
    nextFires = List.copyOf(nextFires);
  }

  /** A next tick before and after the time-zone rules changed; no {@code to} if none was left. */
  public record MovedTick(long from, @Nullable Long to) {}

  /**
   * What was last requested.
   *
   * @param triggerTime the newest tick of the request
   * @param time when it was made
   */
  public record LastFire(long triggerTime, long time) {}
}
