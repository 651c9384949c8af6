package org.maestro.service.database;

import java.time.Duration;

/**
 * How long to wait before something is tried again: twice as long each time, up to a limit.
 *
 * @param first after one failure
 * @param longest after however many
 */
public record BackOff(Duration first, Duration longest) {
  /** Far more doublings than anybody waits for, and few enough for a long. */
  private static final int MOST_DOUBLINGS = 30;

  /** What to wait after so many failures in a row, from 1; in milliseconds. */
  public long millis(int failures) {
    var doubled = first.toMillis() << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    return Math.min(longest.toMillis(), doubled);
  }
}
