package org.maestro.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the ownership of a topic's shards and delivers their commands. Ownership is Kafka's
 * consumer group (KIP-848): each shard belongs to at most one live member. Nothing is ever
 * committed to Kafka: where to read on is what the {@link ShardListener} says at every assignment.
 * Brokers that go away and come back are waited for.
 */
public final class ShardConsumer implements AutoCloseable, Participant {

  private static final Logger log = LoggerFactory.getLogger(ShardConsumer.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final Duration SHORT_WAIT = Duration.ofMillis(20);

  private static final Duration SETTLED_WITHIN = Duration.ofMillis(100);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final String topic;
  private final ShardListener listener;
  private final Supplier<Consumer<String, byte[]>> clients;
  private final SetBack clock = new SetBack(System::currentTimeMillis, System::nanoTime);
  private volatile Consumer<String, byte[]> consumer;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean aside;
  private volatile boolean setBack;
  private volatile boolean anew;
  private volatile Set<Integer> assigned = Set.of();

  // The rest belongs to the poll thread.
  private final Set<Integer> owned = new HashSet<>();

  /** Owned, but the listener has not said yet where to read them from. */
  private final Set<Integer> unplaced = new HashSet<>();

  /** Nothing is read from these until the listener has room again. */
  private final Set<TopicPartition> held = new HashSet<>();

  private boolean failing;

  /** The last poll brought or took shards; the client hears at the next that it was told. */
  private boolean rebalanced;

  /**
   * @param topic the topic whose partitions are the shards
   */
  public ShardConsumer(KafkaSettings settings, String topic, ShardListener listener) {
    this.topic = topic;
    this.listener = listener;
    clients = () -> settings.member("shards", "none");
    consumer = clients.get();
    thread =
        Thread.ofPlatform().name("maestro-shards").daemon(true).unstarted(this::pollUntilClosed);
  }

  /** Joins the group. To be called once. */
  public void start() {
    thread.start();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Others take over at once; the listener hears that it has lost its shards.
   */
  @Override
  public void standAside() {
    if (!aside && !closing) {
      log.warn("Leaving the shards of {} to others: this node can't work for them now", topic);
      aside = true;
      consumer.wakeup();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Called every second, which is how a clock that was set back is noticed: the thread that
   * polls waits by that clock.
   */
  @Override
  public void takePart() {
    if (clock.noticed()) {
      setBack = true;
      consumer.wakeup();
    }
    if (aside) {
      log.info("Taking part in the shards of {} again", topic);
      aside = false;
      LockSupport.unpark(thread);
    }
  }

  /** The shards that are this node's and that the listener has taken over. */
  public Set<Integer> assigned() {
    return assigned;
  }

  /** How this node stands to the group. */
  public sealed interface Membership {
    /** It has left, or has never come. */
    record None() implements Membership {}

    /** It has asked, and was not answered yet. */
    record Joining() implements Membership {}

    /** It has told the group so long ago that it is there. */
    record Member(Duration heartbeatAge) implements Membership {}
  }

  /** As far as this node knows. Any thread may call it. */
  public Membership membership() {
    if (closing || aside || !thread.isAlive()) {
      return new Membership.None();
    }
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
        .map(Metric::metricValue)
        .filter(value -> value instanceof Number seconds && seconds.doubleValue() >= 0)
        .map(value ->
            (Membership) new Membership.Member(Duration.ofSeconds(((Number) value).longValue())))
        .findFirst()
        .orElseGet(Membership.Joining::new);
  }

  /**
   * Leaves the group and joins it anew if there are any of these, so that it says again whose the
   * shards are. For a listener that has lost hold of shards that are this node's as far as it
   * knows: the group may have given them to others and not be able to say so, which is why they are
   * not simply taken over once more. Any thread may call it.
   */
  public void joinAgain(Set<Integer> deserted) {
    if (!deserted.isEmpty()) {
      log.warn(
          "Shards {} of {} are assigned here and nobody works for them; the group is asked again",
          new TreeSet<>(deserted),
          topic);
      anew = true;
      consumer.wakeup();
    }
  }

  private void pollUntilClosed() {
    while (!closing) {
      try {
        if (setBack) {
          setBack = false;
          makeAnew();
        }
        if (aside || anew) {
          anew = false;
          consumer.unsubscribe();
        }
        if (aside) {
          pauseBriefly();
          continue;
        }
        if (consumer.subscription().isEmpty()) {
          consumer.subscribe(Set.of(topic), new Rebalance());
        }
        if (!unplaced.isEmpty()) {
          place();
        }
        holdBack();
        rebalanced = false;
        deliver(consumer.poll(held.isEmpty() ? LONGEST_WAIT : SHORT_WAIT));
        failing = false;
      } catch (WakeupException e) {
        // Somebody wants it to look again, or the end has come.
      } catch (OffsetOutOfRangeException e) {
        startOver(e.offsetOutOfRangePartitions());
      } catch (NoOffsetForPartitionException e) {
        // They have come and are about to be placed: the client looked between the two.
        log.debug("Not placed yet: {}", e.partitions());
        LockSupport.parkNanos(this, SHORT_WAIT.toNanos());
      } catch (InterruptException e) {
        break;
      } catch (RuntimeException e) {
        if (!failing) {
          log.warn("Reading {} failed, trying again every second: {}", topic, e.toString());
        }
        failing = true;
        pauseBriefly();
      }
    }
    leave();
  }

  /** A listener that is full still polls, or it would be taken for dead. */
  private void holdBack() {
    if (listener.isFull()) {
      for (int shard : owned) {
        if (!unplaced.contains(shard) && held.add(partition(shard))) {
          consumer.pause(Set.of(partition(shard)));
        }
      }
    } else if (!held.isEmpty()) {
      consumer.resume(held);
      held.clear();
    }
  }

  /** Its heartbeats would come when the clock has caught up. */
  private void makeAnew() {
    log.warn("This machine's clock was set back; the client that reads {} is made anew", topic);
    try {
      consumer.close(CloseOptions.timeout(LONGEST_WAIT));
    } catch (RuntimeException e) {
      log.info("The client before could not say goodbye: {}", e.toString());
    }
    if (!owned.isEmpty()) { // it had no time to say that they are gone
      new Rebalance().onPartitionsLost(owned.stream().map(this::partition).toList());
    }
    consumer = clients.get();
  }

  private void deliver(ConsumerRecords<String, byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<String, byte[]>> ofShard = records.records(partition);
      int shard = partition.partition();
      if (!owned.contains(shard) || unplaced.contains(shard)) {
        continue;
      }
      try {
        listener.onCommands(shard, ofShard.stream().map(ReceivedMessage::of).toList());
      } catch (RuntimeException e) {
        log.error("Shard {} could not take commands, delivering them again", shard, e);
        consumer.seek(partition, ofShard.getFirst().offset());
        pauseBriefly();
      }
    }
  }

  /** Asks the listener where to read the new shards from; they stay paused if it can't say. */
  private void place() {
    Set<Integer> asked = new TreeSet<>(unplaced);
    Map<Integer, Long> offsets;
    try {
      offsets = listener.onAssigned(Set.copyOf(asked));
    } catch (RuntimeException e) {
      log.error("Shards {} could not be taken over, trying again", asked, e);
      return;
    }
    unplaced.removeAll(asked);
    assigned = Set.copyOf(owned); // all of them: none is unplaced any more
    var full = listener.isFull();
    for (int shard : asked) {
      Long next = offsets.get(shard);
      if (next == null) {
        consumer.seekToBeginning(Set.of(partition(shard)));
      } else {
        consumer.seek(partition(shard), next);
      }
      if (full) {
        held.add(partition(shard));
      } else {
        consumer.resume(Set.of(partition(shard)));
      }
    }
  }

  private void startOver(Map<TopicPartition, Long> outOfRange) {
    Map<TopicPartition, Long> oldest;
    try {
      oldest = consumer.beginningOffsets(outOfRange.keySet());
    } catch (RuntimeException e) {
      return; // the next poll reports the same offsets again
    }
    outOfRange.forEach((partition, expected) -> {
      if (owned.contains(partition.partition())) {
        long continuesAt = oldest.getOrDefault(partition, 0L);
        log.error(
            "Shard {} has no offset {}: the topic was made anew or commands were deleted before"
                + " they were read; reading on at {}",
            partition.partition(),
            expected,
            continuesAt);
        consumer.seek(partition, continuesAt);
        listener.onOffsetReset(partition.partition(), expected, continuesAt);
      }
    });
  }

  private void settle() {
    try {
      try {
        consumer.poll(SETTLED_WITHIN);
      } catch (WakeupException e) { // the one of close()
        consumer.poll(SETTLED_WITHIN);
      }
    } catch (RuntimeException e) {
      log.debug("Left in the middle of a change: {}", e.toString());
    }
  }

  private void leave() {
    if (rebalanced) { // else the client takes the change for failed and logs an error
      settle();
    }
    try {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    } catch (RuntimeException e) {
      log.warn("Leaving the group of {} failed; the others wait for its session to end", topic, e);
    }
  }

  private void pauseBriefly() {
    // Not a wait for anything: the pause between two tries, cut short by close().
    LockSupport.parkNanos(this, LONGEST_WAIT.toNanos());
  }

  private TopicPartition partition(int shard) {
    return new TopicPartition(topic, shard);
  }

  /** Leaves the group, so that others take over at once. The listener hears of it first. */
  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_TIMEOUT.plus(LONGEST_WAIT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (partitions.isEmpty()) {
        return;
      }
      // Paused with some position, so that a listener that can't answer now is asked again by the
      // loop while the client finds nothing missing.
      consumer.seekToBeginning(partitions);
      consumer.pause(partitions);
      rebalanced = true;
      Set<Integer> shards = shards(partitions);
      owned.addAll(shards);
      unplaced.addAll(shards);
      place();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      rebalanced = true;
      tell(forget(partitions), aside ? listener::onLost : listener::onRevoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      tell(forget(partitions), listener::onLost);
    }

    /** Of these, the shards that the listener has heard of. */
    private Set<Integer> forget(Collection<TopicPartition> partitions) {
      Set<Integer> shards = shards(partitions);
      owned.removeAll(shards);
      held.removeAll(partitions);
      assigned = Set.copyOf(owned);
      Set<Integer> known = new HashSet<>(shards);
      known.removeAll(unplaced);
      unplaced.removeAll(shards);
      return known;
    }

    private void tell(Set<Integer> shards, java.util.function.Consumer<Set<Integer>> told) {
      if (shards.isEmpty()) {
        return;
      }
      try {
        told.accept(Set.copyOf(shards));
      } catch (RuntimeException e) {
        log.error("Giving up shards {} failed", shards, e);
      }
    }

    private static Set<Integer> shards(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
  }
}
