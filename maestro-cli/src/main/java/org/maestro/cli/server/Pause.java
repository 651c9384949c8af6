package org.maestro.cli.server;

import java.time.Duration;

/** Waits. Tests don't. */
@FunctionalInterface
public interface Pause {

  /** Returns after this time, or earlier if the thread is interrupted, which stays so. */
  void of(Duration time);

  /** The real one. */
  static void really(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
