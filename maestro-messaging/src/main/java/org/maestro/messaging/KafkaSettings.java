package org.maestro.messaging;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

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

  /** How much a member reads ahead from one broker; a single message may be larger. */
  private static final int FETCHED_BYTES = 8 << 20;

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

  /**
   * A member of this group, which says itself how far it has read.
   *
   * @param offsetReset where to begin where nobody has said so
   */
  Consumer<String, byte[]> member(String role, String offsetReset) {
    return new KafkaConsumer<>(
        clientConfig(
            role,
            Map.ofEntries(
                Map.entry("group.id", groupId),
                Map.entry("group.protocol", "consumer"),
                Map.entry("enable.auto.commit", false),
                Map.entry("auto.offset.reset", offsetReset),
                Map.entry("max.poll.records", 2_000),
                Map.entry("fetch.min.bytes", 1),
                Map.entry("fetch.max.bytes", FETCHED_BYTES),
                Map.entry("request.timeout.ms", 5_000),
                Map.entry("default.api.timeout.ms", 10_000),
                Map.entry("retry.backoff.ms", 50),
                Map.entry("retry.backoff.max.ms", 500),
                Map.entry("allow.auto.create.topics", false))),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
