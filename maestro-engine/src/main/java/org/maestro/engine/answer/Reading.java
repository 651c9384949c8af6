package org.maestro.engine.answer;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.maestro.service.security.Caller;
import org.maestro.service.security.Checks;

/**
 * What is read of one address, one after the other: whoever waits for a reading takes the answer of
 * the next one. While many ask, readings are so far apart that they take a twentieth of the time.
 */
final class Reading {
  /** So many connections within {@link #LATELY} are many. */
  private static final int MANY = 4;

  private static final long LATELY = Duration.ofSeconds(2).toNanos();
  private static final int SHARE = 20;
  private static final long MOST = Duration.ofMillis(500).toNanos();

  final ReentrantLock lock = new ReentrantLock();

  /** Who asked last, each connection once, and when. */
  private final long[] connections = new long[MANY];

  private final long[] asked = new long[MANY];

  private volatile @Nullable Result last;
  private volatile boolean large;
  private long ended;
  private long took;

  /**
   * What a reading came to.
   *
   * @param began its number among all that was asked and begun; greater than those of whom it may
   *     answer
   * @param at when it began, in nanoseconds
   * @param checks null for what the gate of all requests has decided about already
   * @param pattern the route
   */
  record Result(
      long began, long at, Answer answer, @Nullable Checks checks, @Nullable String pattern) {
    private boolean isFor(Caller caller) {
      return checks == null || checks.allow(caller);
    }
  }

  /** Somebody asks over a connection. */
  synchronized void ask(String connection, long now) {
    // A collision makes few look fewer.
    var own = connection.hashCode();
    var oldest = 0;
    for (int i = 0; i < MANY; i++) {
      if (connections[i] == own && asked[i] != 0) {
        asked[i] = now;
        return;
      }
      if (asked[i] < asked[oldest]) {
        oldest = i;
      }
    }
    connections[oldest] = own;
    asked[oldest] = now;
  }

  synchronized boolean areMany(long now) {
    return Arrays.stream(asked).allMatch(time -> time != 0 && now - time < LATELY);
  }

  /** How long the next reading has to wait, in nanoseconds. */
  long untilNext(long now) {
    return areMany(now) ? Math.min(MOST, took * SHARE) - (now - ended) : 0;
  }

  /**
   * An answer that began after somebody asked, or is younger than so long; null if there is none.
   */
  @Nullable Result since(long moment, long now, long maxAge, Caller caller) {
    var known = last;
    return known != null && (known.began > moment || now - known.at < maxAge) && known.isFor(caller)
        ? known
        : null;
  }

  void ended(@Nullable Result result, long began, long now) {
    last = result;
    took = now - began;
    ended = now;
  }

  /** Too large to be kept for others. */
  void isLarge() {
    large = true;
    last = null;
  }

  boolean large() {
    return large;
  }

  /** Bytes that are kept. */
  int size() {
    var known = last;
    return known == null ? 0 : known.answer.kept();
  }
}
