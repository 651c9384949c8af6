package org.maestro.service.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of an installation: that of its database when it was last asked, carried on by a clock
 * that nobody sets. So nodes agree, and one whose own clock is set, forwards or back, neither fires
 * early nor times anything out. It never goes back, unless the database's clock is set back by more
 * than {@link #HELD}.
 */
final class DatabaseClock implements InstantSource {
  /**
   * So far back the database's clock may be set, and time stands still here until it catches up.
   */
  static final Duration HELD = Duration.ofSeconds(10);

  /** An answer that took longer says too little. */
  static final Duration SLOW = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);
  private static final long NANOS = 1_000_000_000;

  private final LongSupplier nanos;
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

  /** What has to be added to {@link #nanos} for nanoseconds since 1970. */
  private volatile long ahead;

  private boolean known;

  /**
   * @param machine what counts until the database has been asked
   * @param nanos a clock that only goes forward
   */
  DatabaseClock(InstantSource machine, LongSupplier nanos) {
    this.nanos = nanos;
    var now = machine.instant();
    this.ahead = now.getEpochSecond() * NANOS + now.getNano() - nanos.getAsLong();
  }

  /**
   * What the database said. Two clocks can't be compared more exactly than half of the time that
   * the answer took; what is less than that is no difference.
   *
   * @param epochMicros its time, in microseconds since 1970
   * @param asked when it was asked, as {@code nanos} said
   * @param answered when the answer was there
   */
  synchronized void heard(long epochMicros, long asked, long answered) {
    var took = answered - asked;
    if (took > SLOW.toNanos()) {
      return;
    }
    var found = epochMicros * 1_000 - (asked + took / 2);
    var off = found - ahead;
    if (Math.abs(off) <= took / 2) {
      known = true;
      return;
    }
    if (Math.abs(off) > NANOS) {
      log.warn(
          known
              ? "The database's clock was set by {} s; time here follows it"
              : "This machine's clock differs from the database's by {} s; the database's counts",
          off / NANOS);
    }
    known = true;
    ahead = found;
  }

  @Override
  public Instant instant() {
    var now = epochNanos();
    return Instant.ofEpochSecond(Math.floorDiv(now, NANOS), Math.floorMod(now, NANOS));
  }

  @Override
  public long millis() {
    return Math.floorDiv(epochNanos(), 1_000_000L);
  }

  private long epochNanos() {
    return latest.accumulateAndGet(
        nanos.getAsLong() + ahead,
        (before, now) -> before - HELD.toNanos() > now ? now : Math.max(before, now));
  }
}
