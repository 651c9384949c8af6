package org.maestro.engine.wiring;

import org.maestro.messaging.Topics;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation says about its engine nodes.
 *
 * @param shards partitions of the command topic; chosen once per installation
 * @param environment answers {@code params.getExecutionEnvironment()}
 * @param eventSource the CloudEvents source of published events
 * @param kafka where the brokers are
 */
@ConfigurationProperties("maestro")
public record EngineSettings(
    @DefaultValue("32") int shards,
    @DefaultValue("test") String environment,
    @DefaultValue("/maestro") String eventSource,
    Kafka kafka) {

  /**
   * The brokers.
   *
   * @param bootstrapServers {@code host:port}, several separated by commas
   * @param groupId the consumer group that all engine nodes of an installation share
   * @param commandsTopic whose partitions are the shards; one per installation
   * @param eventsTopic where status changes are published
   */
  public record Kafka(
      String bootstrapServers,
      @DefaultValue("maestro-engine") String groupId,
      @DefaultValue(Topics.DEFAULT_COMMANDS) String commandsTopic,
      @DefaultValue(Topics.DEFAULT_EVENTS) String eventsTopic) {}
}
