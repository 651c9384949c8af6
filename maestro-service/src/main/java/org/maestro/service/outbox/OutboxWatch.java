package org.maestro.service.outbox;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says how long the oldest message of an outbox has waited, as a number and as health: down while
 * messages have waited for longer than {@link #LATE} and this node can't send what it has. Nothing
 * is lost meanwhile.
 */
public final class OutboxWatch implements HealthIndicator, MeterBinder {
  /** How long messages may wait before the node says that it isn't well. */
  public static final Duration LATE = Duration.ofMinutes(1);

  private final String name;
  private final Outbox outbox;
  private final OutboxRelay relay;
  private volatile long oldestMillis;

  /**
   * @param name the outbox among those of the process
   */
  public OutboxWatch(String name, Outbox outbox, OutboxRelay relay) {
    this.name = name;
    this.outbox = outbox;
    this.relay = relay;
  }

  /** Reads the age; to be called every few seconds. */
  public void look() {
    oldestMillis = outbox.oldestMillis().orElse(0);
  }

  @Override
  public Health health() {
    var late = oldestMillis > LATE.toMillis() && !relay.isIdle();
    return (late ? Health.down() : Health.up())
        .withDetail("oldest message in seconds", oldestMillis / 1_000)
        .withDetail("waiting messages", relay.waiting())
        .build();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("maestro.outbox.oldest", this, watch -> watch.oldestMillis / 1_000.0)
        .tag("outbox", name)
        .baseUnit("seconds")
        .description("how long the oldest message has waited to take effect or to be sent")
        .register(registry);
    Gauge.builder("maestro.outbox.waiting", relay, OutboxRelay::waiting)
        .tag("outbox", name)
        .description("rows that the broker hasn't confirmed")
        .register(registry);
    FunctionCounter.builder("maestro.outbox.sent", relay, OutboxRelay::sent)
        .tag("outbox", name)
        .description("messages that the broker has")
        .register(registry);
    FunctionCounter.builder("maestro.outbox.parked", relay, OutboxRelay::parked)
        .tag("outbox", name)
        .description("messages that the broker refused for good")
        .register(registry);
  }
}
