package org.maestro.service.messaging;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.Replication;
import org.maestro.messaging.ServiceTopics;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the brokers are, and the names of an installation on them.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param topicPrefix begins the names of all topics and consumer groups; one per installation
 * @param clientProperties further properties of every Kafka client, such as those of TLS and SASL
 * @param replicationFactor copies of what topics hold; default: the brokers' own
 * @param minInsyncReplicas how many copies there must be before a message counts as sent; default:
 *     the brokers' own
 */
@ConfigurationProperties("maestro.kafka")
public record BrokerSettings(
    String bootstrapServers,
    @DefaultValue(ServiceTopics.DEFAULT_PREFIX) String topicPrefix,
    @DefaultValue Map<String, String> clientProperties,
    @Nullable Short replicationFactor,
    @Nullable Integer minInsyncReplicas) {

  /** Settings of a client that shares its work with the others of the group. */
  public KafkaSettings settings(String groupId, String clientId) {
    return new KafkaSettings(bootstrapServers, groupId, clientId, clientProperties);
  }

  /** The topics between services. */
  public ServiceTopics topics() {
    return ServiceTopics.of(topicPrefix);
  }

  /** How the topics of this installation are made. */
  public Replication replication() {
    return new Replication(replicationFactor, minInsyncReplicas);
  }

  /** The topic that says whose the others are. */
  String installationTopic() {
    return topicPrefix + ".installation";
  }
}
