package org.maestro.service.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedKafka;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.RefusedMessagesException.Refused;
import org.maestro.messaging.TopicAdmin;
import org.maestro.messaging.TopicConsumer;
import org.maestro.messaging.Topics;
import org.springframework.boot.health.contributor.Status;

/** The relay before a real broker; the table behind it is a map, so that it can be as large. */
class OutboxRelayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int HALF_A_MEGABYTE = 512 << 10;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  private final MapOutbox outbox = new MapOutbox();
  private final ConcurrentSkipListSet<String> arrived = new ConcurrentSkipListSet<>();
  private String topic;
  private MessageSender sender;
  private OutboxRelay relay;
  private TopicConsumer reader;
  private Thread thread;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(folder.resolve("broker"), 0);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void start(TestInfo test) {
    var name = test.getTestMethod().orElseThrow().getName();
    var settings = KafkaSettings.plain(kafka.bootstrapServers(), name, "test");
    new TopicAdmin(settings, PATIENCE).ensure(new Topics(name + ".commands", 1, name + ".events"));
    topic = name + ".events";
    sender = new MessageSender(settings);
    relay =
        new OutboxRelay("test's outbox", outbox, sender, _ -> LockSupport.parkNanos(50_000_000));
    thread = Thread.ofPlatform().daemon(true).start(relay);
    reader =
        new TopicConsumer(
            settings, topic, messages -> messages.forEach(message -> arrived.add(message.key())));
    reader.start();
  }

  @AfterEach
  void stop() {
    thread.interrupt();
    reader.close();
    sender.close();
  }

  @Test
  void aBacklogOfMoreBytesThanTheSenderTakesAtOnceLeavesWhenTheBrokerIsBack() {
    kafka.pause();
    try {
      for (int i = 0; i < 300; i++) {
        outbox.write("row%03d".formatted(i), HALF_A_MEGABYTE);
      }
      outbox.rows.keySet().forEach(id -> relay.send(id, HALF_A_MEGABYTE, outbox.messages(id)));
      await("the first portion waits for the broker", () -> !relay.isIdle());
    } finally {
      kafka.resume();
    }
    await("everything has left", () -> outbox.rows.isEmpty());
    await("everything has arrived", () -> arrived.size() == 300);
    assertThat(outbox.mostRead)
        .as("is read in pages")
        .isLessThanOrEqualTo(OutboxRelay.PORTION_BYTES + HALF_A_MEGABYTE);
    assertThat(relay.waiting()).isZero();
  }

  @Test
  void aRowOfManyTimesAPortionLeavesInPortions() {
    outbox.write("large", 200, HALF_A_MEGABYTE);
    relay.send("large");
    await("it has left", () -> outbox.rows.isEmpty());
    await("all of it has arrived", () -> arrived.size() == 200);
  }

  @Test
  void aMessageThatTheBrokerRefusesIsParkedAndTheOthersGoOn() {
    outbox.write("before", 10);
    outbox.write("refused", (8 << 20) + 1);
    outbox.write("then", 10);
    outbox.rows.keySet().forEach(relay::send);
    await("all rows are done with", () -> outbox.rows.isEmpty());
    await("the others arrive", () -> arrived.containsAll(List.of("before-0", "then-0")));
    assertThat(outbox.parked).extracting(one -> one.message().key()).containsExactly("refused-0");
    assertThat(outbox.parked.getFirst().reason()).contains("RecordTooLarge");
    assertThat(relay.parked()).isEqualTo(1);
  }

  @Test
  void aMessageToATopicThatCantExistIsParkedAndTheOthersGoOn() {
    outbox.write(
        "lost", List.of(new OutgoingMessage("no topic?", null, "k", new byte[1], Map.of())));
    outbox.write("then", 10);
    outbox.rows.keySet().forEach(relay::send);
    await("all rows are done with", () -> outbox.rows.isEmpty());
    await("the other arrives", () -> arrived.contains("then-0"));
    assertThat(outbox.parked).hasSize(1);
  }

  @Test
  void aRowThatHasGoneAnotherWayIsForgottenAndOneThatNobodyKnowsIsLeft() {
    outbox.write("unknown", 10);
    outbox.unknown.add("unknown");
    outbox.write("then", 10);
    relay.send("gone");
    relay.send("unknown");
    relay.send("then");
    await("the one that is known leaves", () -> !outbox.rows.containsKey("then"));
    await("the relay is idle", relay::isIdle);
    assertThat(outbox.rows).containsOnlyKeys("unknown");
    assertThat(relay.isWaiting("gone")).isFalse();
    assertThat(relay.isFailing()).isFalse();
  }

  @Test
  void theOldestMessagesAgeIsHealthWhileTheyCantLeave() {
    var watch = new OutboxWatch("test", outbox, relay);
    kafka.pause();
    try {
      outbox.write("late", 10);
      outbox.oldest = OutboxWatch.LATE.toMillis() + 5_000;
      relay.send("late");
      await("it waits", () -> !relay.isIdle());
      watch.look();
      assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(watch.health().getDetails()).containsEntry("oldest message in seconds", 65L);
    } finally {
      kafka.resume();
    }
    await("it has left", () -> outbox.rows.isEmpty());
    await("the relay is idle", relay::isIdle);
    watch.look();
    assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
  }

  private static void await(String what, BooleanSupplier condition) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** A table in memory that counts what it has handed out. */
  private final class MapOutbox implements Outbox {
    private final Map<String, List<OutgoingMessage>> rows = new ConcurrentSkipListMap<>();
    private final List<Refused> parked = new CopyOnWriteArrayList<>();
    private final List<String> unknown = new CopyOnWriteArrayList<>();
    private volatile long mostRead;
    private volatile long oldest;

    void write(String id, int bytes) {
      write(id, 1, bytes);
    }

    void write(String id, int count, int bytes) {
      var messages = new ArrayList<OutgoingMessage>();
      for (int i = 0; i < count; i++) {
        var body = new byte[bytes];
        body[0] = 1;
        messages.add(new OutgoingMessage(topic, null, id + "-" + i, body, Map.of()));
      }
      write(id, messages);
    }

    void write(String id, List<OutgoingMessage> messages) {
      rows.put(id, messages);
    }

    Supplier<Iterator<OutgoingMessage>> messages(String id) {
      return () -> rows.get(id).iterator();
    }

    private long bytes(String id) {
      return rows.get(id).stream().mapToLong(message -> message.value().length).sum();
    }

    @Override
    public List<Row> read(Collection<String> ids, long bytes) {
      var found = new ArrayList<Row>();
      long before = 0;
      for (var id : ids) {
        var messages = rows.get(id);
        if (messages == null) {
          continue;
        }
        if (unknown.contains(id)) {
          found.add(new Row(id, new Unknown()));
        } else {
          found.add(new Row(id, before < bytes ? messages.iterator() : null));
          before += before < bytes ? bytes(id) : 0;
        }
      }
      mostRead = Math.max(mostRead, before);
      return found;
    }

    @Override
    public void delete(Collection<String> ids) {
      ids.forEach(rows::remove);
    }

    @Override
    public void park(Collection<Refused> refused) {
      parked.addAll(refused);
    }

    @Override
    public OptionalLong oldestMillis() {
      return rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(oldest);
    }
  }

  private static final class Unknown implements Iterator<OutgoingMessage> {
    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public OutgoingMessage next() {
      throw new UnknownMessageException(new IllegalArgumentException("a kind of tomorrow"));
    }
  }
}
