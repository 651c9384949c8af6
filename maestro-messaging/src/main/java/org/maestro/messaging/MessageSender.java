package org.maestro.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages at least once, acknowledged by all in-sync replicas, in order per partition. Safe
 * for use by many threads; never blocks them: while the brokers are away, batches wait here for up
 * to {@link #DELIVERY_TIMEOUT} each.
 */
public final class MessageSender implements AutoCloseable {

  /** How long a message may take to be acknowledged before its batch fails. */
  public static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(2);

  /** How many bytes of message bodies may wait for acknowledgement before more are refused. */
  public static final long MAX_WAITING_BYTES = 64L << 20;

  /**
   * Of two, the first may come too early for a partition that was just created and the second not.
   * Brokers before KAFKA-15591 keep the second, and then refuse the first as out of order until its
   * {@link #DELIVERY_TIMEOUT} is over.
   */
  private static final int IN_FLIGHT = 1;

  private sealed interface Work {
    record Batch(
        List<OutgoingMessage> messages,
        long bytes,
        Queue<RefusedMessagesException.Refused> refused,
        CompletableFuture<Void> done)
        implements Work {}

    record Close() implements Work {}
  }

  private final Producer<String, byte[]> producer;
  private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Thread thread;
  private final Object lock = new Object();
  private boolean closed;

  public MessageSender(KafkaSettings settings) {
    producer =
        new KafkaProducer<>(
            settings.clientConfig(
                "sender",
                Map.ofEntries(
                    Map.entry("enable.idempotence", true),
                    Map.entry("acks", "all"),
                    Map.entry("max.in.flight.requests.per.connection", IN_FLIGHT),
                    Map.entry("linger.ms", 0),
                    Map.entry("compression.type", "lz4"),
                    Map.entry("max.request.size", TopicAdmin.MAX_MESSAGE_BYTES),
                    Map.entry("delivery.timeout.ms", (int) DELIVERY_TIMEOUT.toMillis()),
                    Map.entry("max.block.ms", DELIVERY_TIMEOUT.toMillis()),
                    Map.entry("request.timeout.ms", 5_000),
                    Map.entry("retry.backoff.ms", 50),
                    Map.entry("retry.backoff.max.ms", 500))),
            new StringSerializer(),
            new ByteArraySerializer());
    thread =
        Thread.ofPlatform().name("maestro-sender").daemon(true).start(this::handOverUntilClosed);
  }

  /**
   * Sends a batch.
   *
   * @return completes when every message is acknowledged, after its predecessors in the batch. It
   *     fails when one of them wasn't, when {@link #MAX_WAITING_BYTES} are waiting already, or when
   *     the sender is closed; some messages may have arrived all the same, so send the whole batch
   *     again: receivers drop what they have seen. It fails with {@link RefusedMessagesException}
   *     when all of them arrived but those that never will
   */
  public CompletableFuture<Void> send(List<OutgoingMessage> batch) {
    if (batch.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    long bytes = batch.stream().mapToLong(message -> message.value().length).sum();
    if (waitingBytes.addAndGet(bytes) > MAX_WAITING_BYTES) {
      waitingBytes.addAndGet(-bytes);
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "expected at most %d bytes waiting for Kafka, found more; it is slow or away"
                  .formatted(MAX_WAITING_BYTES)));
    }
    var entry =
        new Work.Batch(
            List.copyOf(batch), bytes, new ConcurrentLinkedQueue<>(), new CompletableFuture<>());
    synchronized (lock) { // so that nothing is added behind the end
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the sender is closed"));
      }
      waiting.add(entry);
    }
    return entry.done();
  }

  private void handOverUntilClosed() {
    try {
      while (waiting.take() instanceof Work.Batch batch) {
        handOver(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver(Work.Batch batch) {
    var open = new AtomicInteger(batch.messages().size());
    var failure = new AtomicReference<@Nullable Exception>();
    for (OutgoingMessage message : batch.messages()) {
      try {
        var _ =
            producer.send(
                record(message), (_, error) -> settle(batch, message, open, failure, error));
      } catch (RuntimeException e) { // refused before it was accepted: no callback will come
        settle(batch, message, open, failure, e);
      }
    }
  }

  private void settle(
      Work.Batch batch,
      OutgoingMessage message,
      AtomicInteger open,
      AtomicReference<@Nullable Exception> failure,
      @Nullable Exception error) {
    if (error != null && isForGood(error)) {
      batch.refused().add(new RefusedMessagesException.Refused(message, error.toString()));
    } else if (error != null) {
      failure.compareAndSet(null, error);
    }
    if (open.decrementAndGet() > 0) {
      return;
    }
    waitingBytes.addAndGet(-batch.bytes());
    Exception first = failure.get();
    if (first != null) {
      batch.done().completeExceptionally(first);
    } else if (batch.refused().isEmpty()) {
      batch.done().complete(null);
    } else {
      batch
          .done()
          .completeExceptionally(new RefusedMessagesException(List.copyOf(batch.refused())));
    }
  }

  /** Whether it is the message's fault, so that it would be refused again. */
  private static boolean isForGood(Exception error) {
    return error instanceof RecordTooLargeException
        || error instanceof SerializationException
        || error instanceof InvalidTopicException
        || error instanceof InvalidRecordException;
  }

  private static ProducerRecord<String, byte[]> record(OutgoingMessage message) {
    var record =
        new ProducerRecord<>(message.topic(), message.partition(), message.key(), message.value());
    message
        .headers()
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  /** Waits up to five seconds for what is on its way; the rest fails. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.add(new Work.Close());
    }
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        thread.interrupt(); // blocked on brokers that are away
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(5));
    for (Work work = waiting.poll(); work != null; work = waiting.poll()) {
      if (work instanceof Work.Batch batch) {
        batch.done().completeExceptionally(new IllegalStateException("the sender is closed"));
      }
    }
  }
}
