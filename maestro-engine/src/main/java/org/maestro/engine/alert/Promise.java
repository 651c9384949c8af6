package org.maestro.engine.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.maestro.zones.Zones;

/** When a run that was accepted at a time is late, by the completion time that is promised. */
final class Promise {
  private static final long LONGEST_MINUTES = Duration.ofDays(366).toMinutes();
  private static final int HOURS = 24;

  private Promise() {}

  /** What is wrong with a promise; null if it can be kept. */
  static @Nullable String problem(Alerting.Tct tct) {
    var hour = tct.completedByHour();
    if (hour != null && (hour < 0 || hour >= HOURS)) {
      return "expected completed_by_hour from 0 to 23, found " + hour;
    }
    var minutes = tct.durationMinutes();
    if (minutes != null && (minutes < 1 || minutes > LONGEST_MINUTES)) {
      return "expected duration_minutes from 1 to %d, found %d".formatted(LONGEST_MINUTES, minutes);
    }
    if (hour == null && minutes == null && tct.completedByTs() == null) {
      return "expected a whole number for completed_by_hour, duration_minutes or completed_by_ts";
    }
    if (hour != null) {
      return Zones.isName(tct.zone())
          ? null
          : "expected a time zone such as Europe/Berlin, found " + tct.zone();
    }
    return null;
  }

  /**
   * When the run is late.
   *
   * @param accepted when the run was accepted, epoch milliseconds
   * @return epoch milliseconds; null if the promise says nothing, or was over before the run
   */
  static @Nullable Long lateAt(Alerting.Tct tct, long accepted) {
    if (problem(tct) != null) {
      return null;
    }
    if (tct.durationMinutes() != null) {
      return accepted + Duration.ofMinutes(tct.durationMinutes()).toMillis();
    }
    if (tct.completedByHour() != null) {
      return nextHour(tct.completedByHour(), Zones.of(tct.zone()), accepted);
    }
    var until = tct.completedByTs();
    return until != null && until > accepted ? until : null;
  }

  /**
   * The next time that the clocks of a zone show a full hour; a skipped one is the next there is.
   */
  private static long nextHour(long hour, ZoneId zone, long after) {
    var day = Instant.ofEpochMilli(after).atZone(zone).toLocalDate();
    for (var date = day; ; date = date.plusDays(1)) {
      var at = date.atTime((int) hour, 0).atZone(zone).toInstant().toEpochMilli();
      if (at > after) {
        return at;
      }
    }
  }
}
