package org.maestro.scheduler.trigger;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.maestro.dsl.time.TriggerTicks;

/**
 * A time at which a trigger fires.
 *
 * @param triggerTime the logical time, which runs get to see, in epoch milliseconds
 * @param fireTime when the run is asked for: later by the workflow's share of {@code
 *     fuzzy_max_delay}
 * @param localTime the logical time in the trigger's zone, ISO 8601 with its offset
 */
public record Tick(long triggerTime, long fireTime, String localTime) {
  static Tick of(TriggerTicks ticks, Instant tick, long delayMillis) {
    return new Tick(
        tick.toEpochMilli(),
        tick.toEpochMilli() + delayMillis,
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(tick.atZone(ticks.zone())));
  }
}
