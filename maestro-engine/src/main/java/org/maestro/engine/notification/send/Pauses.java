package org.maestro.engine.notification.send;

import java.time.Duration;

/** How long a notification waits between two attempts. */
final class Pauses {
  private static final int MOST_DOUBLINGS = 30;

  private Pauses() {}

  /**
   * In milliseconds: doubles with each attempt.
   *
   * @param attempts that failed, at least 1
   */
  static long after(long attempts, Duration first, Duration longest) {
    var doublings = Math.clamp(attempts - 1, 0, MOST_DOUBLINGS);
    var pause = first.toMillis() * (1L << doublings);
    return Math.min(Math.max(pause, first.toMillis()), longest.toMillis());
  }
}
