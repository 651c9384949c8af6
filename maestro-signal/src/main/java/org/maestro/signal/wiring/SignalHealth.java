package org.maestro.signal.wiring;

import java.util.List;
import org.maestro.service.outbox.OutboxRelay;
import org.maestro.signal.shard.OwnedTopic;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while what was decided can't be sent; signals are accepted and nothing is lost meanwhile.
 */
final class SignalHealth implements HealthIndicator {
  private final List<OwnedTopic> topics;
  private final OutboxRelay relay;

  SignalHealth(List<OwnedTopic> topics, OutboxRelay relay) {
    this.topics = List.copyOf(topics);
    this.relay = relay;
  }

  @Override
  public Health health() {
    var health = relay.isFailing() ? Health.down() : Health.up();
    topics.forEach(topic -> health.withDetail("partitions of " + topic.name(), topic.owned()));
    return health.withDetail("waiting messages", relay.waiting()).build();
  }
}
