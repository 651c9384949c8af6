package org.maestro.engine.live;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * How far apart pages should ask for the same: at once while there is little to do, and the more
 * pages there are the rarer while the machine is busy, so that looking never takes much of it.
 */
final class LivePace {
  /** From there on a machine is busy, and up to the other one it stays so. */
  private static final double BUSY = 0.75;

  private static final double CALM = 0.5;

  /** Milliseconds for each page: twenty times what it costs that it asks. */
  private static final long EACH = 50;

  private static final long LEAST = 1_000;
  private static final long MOST = 10_000;

  /** A look may come so much before its time. */
  private static final long EARLY = 100;

  private final DoubleSupplier load;
  private final IntSupplier pages;
  private boolean busy;
  private boolean hasTurned;
  private volatile long least;
  private long told;

  /**
   * @param load how much of the machine is in use, 0 to 1; negative if that isn't known
   * @param pages how many are open
   */
  LivePace(DoubleSupplier load, IntSupplier pages) {
    this.load = load;
    this.pages = pages;
  }

  /** Looks at the load. */
  void tick() {
    var now = pages.getAsInt() == 0 ? 0 : load.getAsDouble();
    var isBusy = now > (busy ? CALM : BUSY);
    hasTurned = isBusy != busy;
    busy = isBusy;
    least = busy ? Math.clamp(EACH * pages.getAsInt(), LEAST, MOST) : 0;
  }

  /**
   * Whether pages are to be told now of what has changed: at every look while there is little to
   * do, else as often as they may ask, so that nobody is woken for nothing, and when that turns.
   *
   * @param now in nanoseconds, of any origin
   */
  boolean isTimeToTell(long now) {
    if (!hasTurned && least > 0 && now - told < TimeUnit.MILLISECONDS.toNanos(least - EARLY)) {
      return false;
    }
    told = now;
    return true;
  }

  /** The least time between two questions for the same, in milliseconds; 0 for none. */
  long least() {
    return least;
  }
}
