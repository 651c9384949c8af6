package org.maestro.service.messaging;

import java.util.Map;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.ServiceTopics;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the brokers are, and the names of an installation on them.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param topicPrefix begins the names of the topics between services; one per installation
 * @param clientProperties further properties of every Kafka client
 */
@ConfigurationProperties("maestro.kafka")
public record BrokerSettings(
    String bootstrapServers,
    @DefaultValue(ServiceTopics.DEFAULT_PREFIX) String topicPrefix,
    @DefaultValue Map<String, String> clientProperties) {

  /** Settings of a client that shares its work with the others of the group. */
  public KafkaSettings settings(String groupId, String clientId) {
    return new KafkaSettings(bootstrapServers, groupId, clientId, clientProperties);
  }

  /** The topics between services. */
  public ServiceTopics topics() {
    return ServiceTopics.of(topicPrefix);
  }
}
