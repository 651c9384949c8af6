package org.maestro.engine.wiring;

import java.time.Duration;
import java.util.function.Supplier;
import org.maestro.engine.run.shard.Shards;
import org.maestro.messaging.ShardConsumer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the node takes part in the ownership of shards: down when the brokers haven't been told
 * for {@link #SILENT} that it is there, so that they count it out.
 */
final class EngineHealth implements HealthIndicator {
  static final Duration SILENT = Duration.ofMinutes(1);

  private final Shards shards;
  private final Supplier<ShardConsumer.Membership> membership;

  EngineHealth(Shards shards, Supplier<ShardConsumer.Membership> membership) {
    this.shards = shards;
    this.membership = membership;
  }

  @Override
  public Health health() {
    var health =
        switch (membership.get()) {
          case ShardConsumer.Membership.None _ -> Health.outOfService();
          case ShardConsumer.Membership.Joining _ -> Health.up();
          case ShardConsumer.Membership.Member(var heartbeatAge) ->
              (heartbeatAge.compareTo(SILENT) > 0 ? Health.down() : Health.up())
                  .withDetail("last heartbeat in seconds", heartbeatAge.toSeconds());
        };
    return health.withDetail("shards", shards.owned().size()).build();
  }
}
