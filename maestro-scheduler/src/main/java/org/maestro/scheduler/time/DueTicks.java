package org.maestro.scheduler.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.time.TriggerTicks;
import org.maestro.model.definition.TimeTrigger.CatchUp;

/**
 * What is to be done about a trigger whose time has come.
 *
 * @param firing the ticks to fire now, oldest first
 * @param next the tick after those; it may be due, too, if there were more than allowed at once.
 *     Null if there is none
 * @param skipped whether ticks were left out that the catch-up policy gives up
 */
public record DueTicks(List<Instant> firing, @Nullable Instant next, boolean skipped) {
  /** A tick that is later than this was missed; one within it is merely late. */
  public static final Duration GRACE = Duration.ofMinutes(1);

  public DueTicks {
    firing = List.copyOf(firing);
  }

  /**
   * Decides.
   *
   * @param next the oldest tick that has not been dealt with
   * @param delayMillis how long after its tick the trigger fires
   * @param moved whether a change of the zone rules has put {@code next} where it is: it is no tick
   *     that was missed
   * @param most how many ticks may fire at once
   */
  public static DueTicks of(
      TriggerTicks ticks, Instant next, boolean moved, long delayMillis, Instant now, int most) {
    var until = now.minusMillis(delayMillis);
    if (next.isAfter(until)) {
      return new DueTicks(List.of(), next, false);
    }
    return switch (ticks.catchUp()) {
      case ALL -> all(ticks, next, until, most);
      case LATEST, NONE -> newest(ticks, next, moved, until);
    };
  }

  private static DueTicks all(TriggerTicks ticks, Instant next, Instant until, int most) {
    var firing = new ArrayList<Instant>();
    Instant tick = next;
    while (tick != null && !tick.isAfter(until) && firing.size() < most) {
      firing.add(tick);
      tick = ticks.next(tick);
    }
    return new DueTicks(firing, tick, false);
  }

  private static DueTicks newest(TriggerTicks ticks, Instant next, boolean moved, Instant until) {
    var later = ticks.newest(next, until);
    var newest = later == null ? next : later;
    var fires =
        ticks.catchUp() == CatchUp.LATEST
            || !newest.plus(GRACE).isBefore(until)
            || (moved && later == null);
    return new DueTicks(
        fires ? List.of(newest) : List.of(), ticks.next(newest), later != null || !fires);
  }
}
