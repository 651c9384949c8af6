package org.maestro.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the installation's topics and checks that they are what the installation expects. */
public final class TopicAdmin {

  /** The largest message that may be sent, in bytes, headers included. */
  static final int MAX_MESSAGE_BYTES = 8 << 20;

  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final KafkaSettings settings;
  private final Duration timeout;

  /**
   * @param timeout how long to wait for the brokers in all
   */
  public TopicAdmin(KafkaSettings settings, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
  }

  /**
   * Creates what is missing, with the brokers' default replication. Safe to call from several nodes
   * at once.
   *
   * @throws IllegalStateException if a topic has another number of partitions than expected, or the
   *     brokers can't be reached
   */
  public void ensure(Topics topics) {
    Map<String, Integer> expected = new LinkedHashMap<>();
    expected.put(topics.commands(), topics.shards());
    expected.put(topics.events(), Topics.EVENT_PARTITIONS);
    ensure(expected, Set.of());
  }

  /**
   * As {@link #ensure(Topics)}, for the topics between services. Of the news of triggers the newest
   * of each workflow is kept for good, for services that join later.
   */
  public void ensure(ServiceTopics topics) {
    ensure(topics.partitions(), Set.of(topics.triggers()));
  }

  private void ensure(Map<String, Integer> expected, Set<String> compacted) {
    int millis = Math.toIntExact(timeout.toMillis());
    Map<String, Object> demanded =
        Map.of("default.api.timeout.ms", millis, "request.timeout.ms", Math.min(millis, 5_000));
    try (var admin = Admin.create(settings.clientConfig("admin", demanded))) {
      Map<String, Integer> found = partitionCounts(admin, expected);
      List<NewTopic> missing = new ArrayList<>();
      expected.forEach((name, partitions) -> {
        if (!found.containsKey(name)) {
          missing.add(topic(name, partitions, compacted.contains(name)));
        }
      });
      create(admin, missing);
      check(expected, missing.isEmpty() ? found : awaitAll(admin, expected));
    }
  }

  /** A broker hears of a new topic a moment after its creation was acknowledged. */
  private Map<String, Integer> awaitAll(Admin admin, Map<String, Integer> expected) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Map<String, Integer> found = partitionCounts(admin, expected);
    while (found.size() < expected.size() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      found = partitionCounts(admin, expected);
    }
    return found;
  }

  private Map<String, Integer> partitionCounts(Admin admin, Map<String, Integer> expected) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    admin
        .describeTopics(expected.keySet())
        .topicNameValues()
        .forEach((name, description) ->
            await(description, UnknownTopicOrPartitionException.class)
                .ifPresent(topic -> counts.put(name, topic.partitions().size())));
    return counts;
  }

  private static NewTopic topic(String name, int partitions, boolean compacted) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty())
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                    compacted
                        ? TopicConfig.CLEANUP_POLICY_COMPACT
                        : TopicConfig.CLEANUP_POLICY_DELETE));
  }

  private void create(Admin admin, List<NewTopic> missing) {
    // Another node may have been faster: the check afterwards tells whether it agreed with us.
    admin
        .createTopics(missing)
        .values()
        .values()
        .forEach(creation -> await(creation, TopicExistsException.class));
  }

  private static void check(Map<String, Integer> expected, Map<String, Integer> found) {
    expected.forEach((name, partitions) -> {
      Integer actual = found.get(name);
      if (!partitions.equals(actual)) {
        throw new IllegalStateException(
            "expected topic \"%s\" to have %d partitions, found %s; the number is chosen once per installation, so either configure the number that is there or use a topic of another name"
                .formatted(name, partitions, actual == null ? "no such topic" : actual));
      }
    });
  }

  /** The answer, or nothing if it is an error of the tolerated kind. */
  private <T> Optional<T> await(KafkaFuture<T> answer, Class<? extends Exception> tolerated) {
    try {
      return Optional.ofNullable(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      if (tolerated.isInstance(e.getCause())) {
        return Optional.empty();
      }
      throw unreachable(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the brokers", e);
    }
  }

  private IllegalStateException unreachable(Throwable cause) {
    return new IllegalStateException(
        "expected Kafka at %s to answer within %d s, found: %s; check that the brokers run and the address is right"
            .formatted(settings.bootstrapServers(), timeout.toSeconds(), cause.getMessage()),
        cause);
  }
}
