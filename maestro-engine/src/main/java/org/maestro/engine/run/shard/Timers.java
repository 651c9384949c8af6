package org.maestro.engine.run.shard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Holds the near future only: what is due later stands in the database and is fetched when it comes
 * near. A timer that is no longer wanted fires and is ignored.
 */
public final class Timers {
  /** How far ahead timers are held in memory. */
  public static final Duration HORIZON = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(2);

  private final ScheduledExecutorService executor;
  private final InstantSource clock;

  public Timers(ScheduledExecutorService executor, InstantSource clock) {
    this.executor = executor;
    this.clock = clock;
  }

  /** Runs {@code task}, which must not block, at {@code atMillis} unless that is far away. */
  public void at(long atMillis, Runnable task) {
    var delay = atMillis - clock.millis();
    if (delay <= HORIZON.toMillis()) {
      var _ = executor.schedule(task, Math.max(0, delay), TimeUnit.MILLISECONDS);
    }
  }

  /** Runs {@code task}, which must not block, in about two seconds. */
  public void soon(Runnable task) {
    at(clock.millis() + SOON.toMillis(), task);
  }
}
