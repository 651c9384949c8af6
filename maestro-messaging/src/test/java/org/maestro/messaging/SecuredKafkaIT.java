package org.maestro.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedKafka;

/** A broker that wants TLS and a password, and each kind of client. */
class SecuredKafkaIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void everyClientComesInWithTheConfiguredPropertiesAndNobodyWithoutThem() throws Exception {
    try (var kafka = EmbeddedKafka.startSecured(folder.resolve("broker"), 0)) {
      var settings =
          new KafkaSettings(kafka.bootstrapServers(), "secured", "node", kafka.clientProperties());
      var topics = Topics.of("secured", 1);
      new TopicAdmin(settings, PATIENCE).ensure(topics);
      assertThat(new TopicAdmin(settings, PATIENCE).claim("secured.installation", "id"))
          .isEqualTo("id");
      var read = new ConcurrentLinkedQueue<String>();
      var node = new RecordingListener();
      try (var sender = new MessageSender(settings);
          var shards = new ShardConsumer(settings, topics.commands(), node);
          var events =
              new TopicConsumer(
                  new KafkaSettings(
                      kafka.bootstrapServers(), "events", "node", kafka.clientProperties()),
                  topics.events(),
                  messages -> messages.forEach(one -> read.add(one.key())))) {
        shards.start();
        events.start();
        sender
            .send(
                List.of(
                    new OutgoingMessage(topics.commands(), 0, "k", "c".getBytes(UTF_8), Map.of()),
                    new OutgoingMessage(topics.events(), null, "e", new byte[1], Map.of())))
            .get(60, TimeUnit.SECONDS);
        node.await("the command and the event", () -> node.count() == 1 && read.size() == 1);
      }
      var stranger = KafkaSettings.plain(kafka.bootstrapServers(), "stranger", "node");
      assertThatThrownBy(() -> new TopicAdmin(stranger, Duration.ofSeconds(3)).ensure(topics))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("expected Kafka at");
    }
  }
}
