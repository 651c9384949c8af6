package org.maestro.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Creates the installation's topics and checks that they are what the installation expects. */
public final class TopicAdmin {

  /** The largest message that may be sent, in bytes, headers included. */
  static final int MAX_MESSAGE_BYTES = 8 << 20;

  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final KafkaSettings settings;
  private final Duration timeout;
  private final Replication replication;

  /**
   * @param timeout how long to wait for the brokers in all
   */
  public TopicAdmin(KafkaSettings settings, Duration timeout) {
    this(settings, timeout, Replication.OF_BROKERS);
  }

  /**
   * @param replication how many copies there are of what is created
   */
  public TopicAdmin(KafkaSettings settings, Duration timeout, Replication replication) {
    this.settings = settings;
    this.timeout = timeout;
    this.replication = replication;
  }

  /**
   * Creates what is missing. Safe to call from several nodes at once.
   *
   * @throws BrokersAwayException if the brokers can't be reached
   * @throws IllegalStateException if a topic has another number of partitions than expected
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
    try (var admin = admin()) {
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

  private Admin admin() {
    int millis = Math.toIntExact(timeout.toMillis());
    Map<String, Object> demanded =
        Map.of("default.api.timeout.ms", millis, "request.timeout.ms", Math.min(millis, 5_000));
    try {
      return Admin.create(settings.clientConfig("admin", demanded));
    } catch (KafkaException e) {
      // Names that can't be resolved yet are those of brokers that don't run yet.
      var cause = e.getCause();
      throw cause != null && String.valueOf(cause.getMessage()).contains("No resolvable bootstrap")
          ? unreachable(cause)
          : e;
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
    if (found.size() < expected.size()) {
      throw unreachable(
          new TimeoutException(
              "of the topics %s they know %s".formatted(expected.keySet(), found.keySet())));
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

  private NewTopic topic(String name, int partitions, boolean compacted) {
    var configs = new HashMap<String, String>();
    configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION.toMillis()));
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
    configs.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    return replicated(name, partitions, configs);
  }

  private NewTopic replicated(String name, int partitions, Map<String, String> configs) {
    if (replication.minInsync() != null) {
      configs.put(
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(replication.minInsync()));
    }
    return new NewTopic(name, Optional.of(partitions), Optional.ofNullable(replication.factor()))
        .configs(configs);
  }

  /**
   * Whose topics these are: the first id that was ever written to a topic, which is kept for good.
   *
   * @param candidate written if nobody has been there yet
   * @throws BrokersAwayException if the brokers can't be reached
   */
  public String claim(String topic, String candidate) {
    try {
      return claimed(topic, candidate);
    } catch (CompletionException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  private String claimed(String topic, String candidate) {
    try (var admin = admin()) {
      if (partitionCounts(admin, Map.of(topic, 1)).isEmpty()) {
        var configs = new HashMap<String, String>();
        configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        create(admin, List.of(replicated(topic, 1, configs)));
        check(Map.of(topic, 1), awaitAll(admin, Map.of(topic, 1)));
      }
    }
    var found = first(topic);
    if (found.isPresent()) {
      return found.get();
    }
    try (var sender = new MessageSender(settings)) {
      sender
          .send(
              List.of(
                  new OutgoingMessage(
                      topic, 0, "installation", candidate.getBytes(UTF_8), Map.of())))
          .join();
    }
    // Another one may have been faster.
    return first(topic)
        .orElseThrow(() ->
            new IllegalStateException(
                "expected topic \"%s\" to keep what is written to it, found it empty"
                    .formatted(topic)));
  }

  private Optional<String> first(String topic) {
    var partition = new TopicPartition(topic, 0);
    Map<String, Object> demanded =
        Map.of(
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed",
            "default.api.timeout.ms",
            Math.toIntExact(timeout.toMillis()),
            "allow.auto.create.topics",
            false);
    try (var consumer =
        new KafkaConsumer<>(
            settings.clientConfig("installation", demanded),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      var begin = consumer.beginningOffsets(List.of(partition)).get(partition);
      var end = consumer.endOffsets(List.of(partition)).get(partition);
      if (begin == null || end == null || begin >= end) {
        return Optional.empty();
      }
      consumer.seek(partition, begin);
      long deadline = System.nanoTime() + timeout.toNanos();
      while (System.nanoTime() < deadline) {
        for (var record : consumer.poll(LOOK_AGAIN)) {
          return Optional.of(new String(record.value(), UTF_8));
        }
      }
      throw unreachable(new TimeoutException("nothing was read from " + topic));
    }
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
      if (e.getCause() instanceof InvalidReplicationFactorException invalid) {
        throw new IllegalStateException(
            "expected Kafka at %s to have brokers for %s copies of each topic, found: %s; add brokers or change maestro.kafka.replication-factor"
                .formatted(settings.bootstrapServers(), replication.factor(), invalid.getMessage()),
            invalid);
      }
      throw failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the brokers", e);
    }
  }

  /** What may be over after a while is told from what somebody has to mend. */
  private IllegalStateException failed(Throwable cause) {
    return cause instanceof RetriableException
        ? unreachable(cause)
        : new IllegalStateException(
            "expected Kafka at %s to do as it is asked, found: %s; check the addresses, the rights and maestro.kafka.client-properties"
                .formatted(settings.bootstrapServers(), cause),
            cause);
  }

  private BrokersAwayException unreachable(Throwable cause) {
    return new BrokersAwayException(
        "expected Kafka at %s to answer within %d s, found: %s; check that the brokers run and the address is right"
            .formatted(settings.bootstrapServers(), timeout.toSeconds(), cause.getMessage()),
        cause);
  }
}
