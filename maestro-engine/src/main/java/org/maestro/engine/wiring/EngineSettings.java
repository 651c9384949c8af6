package org.maestro.engine.wiring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.Topics;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation says about its engine nodes.
 *
 * @param shards partitions of the command topic; chosen once per installation
 * @param environment answers {@code params.getExecutionEnvironment()}
 * @param eventSource the CloudEvents source of published events
 * @param carefulFor after a node that ended without a word, the next owner of its shards survives
 *     what it took over if it lives so long
 * @param kafka names on the brokers
 */
@ConfigurationProperties("maestro")
public record EngineSettings(
    @DefaultValue("32") int shards,
    @DefaultValue("test") String environment,
    @DefaultValue("/maestro") String eventSource,
    @DefaultValue("60s") Duration carefulFor,
    @DefaultValue Kafka kafka) {

  /**
   * Names on the brokers for those who want others than {@code maestro.kafka.topic-prefix} gives.
   *
   * @param groupId the consumer group that all engine nodes of an installation share; default: the
   *     prefix and {@code -engine}
   * @param commandsTopic whose partitions are the shards; one per installation; default: the prefix
   *     and {@code .commands}
   * @param eventsTopic where status changes are published; default: the prefix and {@code .events}
   */
  public record Kafka(
      @Nullable String groupId, @Nullable String commandsTopic, @Nullable String eventsTopic) {}

  /** The topics of an installation with this prefix. */
  Topics topics(String prefix) {
    var usual = Topics.of(prefix, shards);
    return new Topics(
        kafka.commandsTopic() == null ? usual.commands() : kafka.commandsTopic(),
        shards,
        kafka.eventsTopic() == null ? usual.events() : kafka.eventsTopic());
  }

  /** The consumer group of the engine nodes of an installation with this prefix. */
  String groupId(String prefix) {
    return kafka.groupId() == null ? prefix + "-engine" : kafka.groupId();
  }
}
