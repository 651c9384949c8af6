package org.maestro.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic together with the other members of its consumer group, each message at least once
 * and those of a partition in order: Kafka hears that messages are done with after their handler
 * has returned, while the next ones are on their way. For receivers that drop what they have seen;
 * those that must be the only ones to write use a {@link ShardConsumer}.
 *
 * <p>A new group begins at the oldest message. Brokers that go away and come back are waited for.
 */
public final class TopicConsumer implements AutoCloseable, Participant {
  private static final Logger log = LoggerFactory.getLogger(TopicConsumer.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final String topic;
  private final Handler handler;
  private final Supplier<Consumer<String, byte[]>> clients;
  private final SetBack clock = new SetBack(System::currentTimeMillis, System::nanoTime);
  private volatile Consumer<String, byte[]> consumer;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean aside;
  private volatile boolean setBack;
  private boolean failing;

  /** What is done with messages. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Deals with the messages of one reading, those of one partition in order; never empty. Called
     * by the one thread of this consumer. Once it returns they are done with; if it throws, the
     * same ones come again a second later, so a message that can never be dealt with must not make
     * it throw.
     */
    void handle(List<ReceivedMessage> messages);
  }

  /**
   * @param settings whose group the members of are
   */
  public TopicConsumer(KafkaSettings settings, String topic, Handler handler) {
    this.topic = topic;
    this.handler = handler;
    clients = () -> settings.member(topic, "earliest");
    consumer = clients.get();
    thread =
        Thread.ofPlatform().name("maestro-" + topic).daemon(true).unstarted(this::pollUntilClosed);
  }

  /** Joins the group. To be called once. */
  public void start() {
    thread.start();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Others get its messages when those that it is dealing with have failed, or are done with.
   */
  @Override
  public void standAside() {
    if (!aside && !closing) {
      log.warn("Leaving the messages of {} to others: this node can't deal with them now", topic);
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
      log.info("Reading {} again", topic);
      aside = false;
      LockSupport.unpark(thread);
    }
  }

  private void pollUntilClosed() {
    while (!closing) {
      try {
        if (setBack) {
          setBack = false;
          makeAnew();
        }
        if (aside) {
          consumer.unsubscribe();
          LockSupport.parkNanos(this, LONGEST_WAIT.toNanos());
          continue;
        }
        if (consumer.subscription().isEmpty()) {
          consumer.subscribe(Set.of(topic));
        }
        var records = consumer.poll(LONGEST_WAIT);
        if (!records.isEmpty()) {
          deliver(records);
        }
        failing = false;
      } catch (WakeupException e) {
        // The end has come, or it is to stand aside.
      } catch (InterruptException e) {
        break;
      } catch (RuntimeException e) {
        if (!failing) {
          log.warn("Reading {} failed, trying again every second: {}", topic, e.toString());
        }
        failing = true;
        LockSupport.parkNanos(this, LONGEST_WAIT.toNanos());
      }
    }
    try {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    } catch (RuntimeException e) {
      log.warn("Leaving the group of {} failed; the others wait for its session to end", topic, e);
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
    consumer = clients.get();
  }

  private void deliver(ConsumerRecords<String, byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    try {
      var messages = new ArrayList<ReceivedMessage>(records.count());
      for (var partition : records.partitions()) {
        var ofPartition = records.records(partition);
        ofPartition.forEach(record -> messages.add(ReceivedMessage.of(record)));
        done.put(partition, new OffsetAndMetadata(ofPartition.getLast().offset() + 1));
      }
      handler.handle(messages);
    } catch (RuntimeException e) {
      for (var partition : records.partitions()) {
        consumer.seek(partition, records.records(partition).getFirst().offset());
      }
      throw e;
    }
    consumer.commitAsync(
        done,
        (_, e) -> {
          if (e != null) { // the next one says it, too
            log.warn("Kafka has not heard how far {} is read: {}", topic, e.toString());
          }
        });
  }

  /** Leaves the group, so that others take over at once. */
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
}
