package org.maestro.scheduler.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;

/** The scheduler's meters; their names are part of what operators rely on. */
public final class SchedulerMetrics {
  private final MeterRegistry registry;
  private final Counter fires;
  private final Counter skips;
  private final Counter parked;
  private final Timer lag;

  public SchedulerMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.fires = registry.counter("maestro.scheduler.fires");
    this.skips = registry.counter("maestro.scheduler.skips");
    this.parked = registry.counter("maestro.scheduler.unreadable");
    this.lag = registry.timer("maestro.scheduler.lag");
  }

  /** Shows how many buckets this scheduler has. */
  public void watchBuckets(IntSupplier owned) {
    Gauge.builder("maestro.scheduler.buckets", owned, IntSupplier::getAsInt)
        .strongReference(true)
        .register(registry);
  }

  /** Ticks of a trigger have been requested, so long after they were due. */
  public void fired(int ticks, long lagMillis) {
    fires.increment(ticks);
    lag.record(Duration.ofMillis(Math.max(0, lagMillis)));
  }

  /** Ticks of a trigger were given up, as its catch-up policy wants. */
  public void skipped() {
    skips.increment();
  }

  /** A message was left aside because it can't be read or kept. */
  public void unreadable() {
    parked.increment();
  }

  /** An answer to one of our requests. */
  public void answered(String outcome) {
    registry.counter("maestro.scheduler.answers", "outcome", outcome).increment();
  }
}
