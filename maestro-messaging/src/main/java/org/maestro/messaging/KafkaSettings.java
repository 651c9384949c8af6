package org.maestro.messaging;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the brokers are and who we are to them.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param groupId the consumer group whose members share the shards
 * @param clientId the name under which this node appears in broker logs and metrics
 * @param clientProperties further properties for every Kafka client, such as {@code
 *     security.protocol}; they can't override what a guarantee of this package rests on
 */
public record KafkaSettings(
    String bootstrapServers,
    String groupId,
    String clientId,
    Map<String, String> clientProperties) {

  public KafkaSettings {
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Settings for brokers that want neither encryption nor authentication. */
  public static KafkaSettings plain(String bootstrapServers, String groupId, String clientId) {
    return new KafkaSettings(bootstrapServers, groupId, clientId, Map.of());
  }

  /** The properties of one client: the shared ones, overridden by what its role demands. */
  Map<String, Object> clientConfig(String role, Map<String, Object> demanded) {
    Map<String, Object> config = new HashMap<>(clientProperties);
    config.put("bootstrap.servers", bootstrapServers);
    config.put("client.id", clientId + "-" + role);
    config.put("reconnect.backoff.ms", 50);
    config.put("reconnect.backoff.max.ms", 500);
    config.putAll(demanded);
    return config;
  }
}
