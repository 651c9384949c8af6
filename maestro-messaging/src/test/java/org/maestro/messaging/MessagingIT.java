package org.maestro.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedKafka;

class MessagingIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SHARDS = 4;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  private Topics topics;
  private MessageSender sender;
  private final List<ShardConsumer> consumers = new ArrayList<>();

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(folder.resolve("broker"), 0);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void makeTopics(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    topics = new Topics(name + ".commands", SHARDS, name + ".events");
    new TopicAdmin(settings(), PATIENCE).ensure(topics);
    sender = new MessageSender(settings());
  }

  @AfterEach
  void closeClients() {
    consumers.forEach(ShardConsumer::close);
    sender.close();
  }

  @Test
  void theTopicsAreMadeOnceAndAnotherNumberOfPartitionsIsRefused() {
    var admin = new TopicAdmin(settings(), PATIENCE);
    admin.ensure(topics);
    var grown = new Topics(topics.commands(), SHARDS + 1, topics.events());
    assertThatThrownBy(() -> admin.ensure(grown))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to have 5 partitions, found 4");
  }

  /** More than one request at a time got stuck in every second of such topics. */
  @Test
  void theFirstMessagesOfANewTopicLeaveAtOnce() throws Exception {
    var body = new byte[512 << 10];
    for (int round = 0; round < 12; round++) {
      var fresh = Topics.of(topics.events() + round, SHARDS);
      new TopicAdmin(settings(), PATIENCE).ensure(fresh);
      var first = new ArrayList<OutgoingMessage>();
      for (int i = 0; i < 32; i++) {
        first.add(
            new OutgoingMessage(fresh.events(), i % Topics.EVENT_PARTITIONS, "k", body, Map.of()));
      }
      sender.send(first).get(MessageSender.DELIVERY_TIMEOUT.toSeconds() / 2, TimeUnit.SECONDS);
    }
  }

  @Test
  void brokersThatAreNotThereAreReportedWithTheirAddress() {
    var nowhere = KafkaSettings.plain("127.0.0.1:1", "engines", "node");
    assertThatThrownBy(() -> new TopicAdmin(nowhere, Duration.ofSeconds(2)).ensure(topics))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected Kafka at 127.0.0.1:1 to answer");
  }

  @Test
  void oneNodeOwnsAllShardsAndReadsEachInOrderFromItsOldestCommand() throws Exception {
    for (int round = 0; round < 50; round++) {
      send(0, "a" + round, 1, "b" + round);
    }
    var node = new RecordingListener();
    start(node);
    node.await("all commands", () -> node.count() == 100);
    assertThat(node.owned()).isEqualTo(Set.of(0, 1, 2, 3));
    assertThat(node.values(0)).isEqualTo(numbered("a", 0, 50));
    assertThat(node.values(1)).isEqualTo(numbered("b", 0, 50));
  }

  @Test
  void whoHasNoRoomKeepsItsShardsAndReadsOnLater() throws Exception {
    var node = new RecordingListener();
    node.full(true);
    start(node);
    node.await("its shards", () -> node.owned().size() == SHARDS);
    for (int round = 0; round < 50; round++) {
      send(0, "a" + round, 1, "b" + round);
    }
    node.await("it has polled for a while", () -> node.asked() > 50);
    assertThat(node.count()).isZero();
    node.full(false);
    node.await("all commands", () -> node.count() == 100);
    assertThat(node.values(0)).isEqualTo(numbered("a", 0, 50));
    assertThat(node.values(1)).isEqualTo(numbered("b", 0, 50));
    assertThat(node.owned()).hasSize(SHARDS);
  }

  @Test
  void keyAndHeadersArriveAsTheyWereSent() throws Exception {
    var received = new CompletableFuture<ReceivedMessage>();
    var node = new RecordingListener();
    start(
        new ShardListener() {
          @Override
          public Map<Integer, Long> onAssigned(Set<Integer> shards) {
            return node.onAssigned(shards);
          }

          @Override
          public void onRevoked(Set<Integer> shards) {}

          @Override
          public void onLost(Set<Integer> shards) {}

          @Override
          public void onCommands(int shard, List<ReceivedMessage> commands) {
            received.complete(commands.getFirst());
          }

          @Override
          public void onOffsetReset(int shard, long expected, long continuesAt) {}
        });
    sender
        .send(
            List.of(
                new OutgoingMessage(
                    topics.commands(),
                    null,
                    "größe/7",
                    "body".getBytes(UTF_8),
                    Map.of("type", "start", "from", "42"))))
        .get(60, TimeUnit.SECONDS);
    var command = received.get(60, TimeUnit.SECONDS);
    assertThat(command.key()).isEqualTo("größe/7");
    assertThat(command.headers()).isEqualTo(Map.of("type", "start", "from", "42"));
    assertThat(new String(command.value(), UTF_8)).isEqualTo("body");
  }

  @Test
  void aHeaderWithoutAValueIsEmptyAndHoldsNobodyUp() throws Exception {
    try (var strange =
        new KafkaProducer<>(
            settings().clientConfig("strange", Map.of()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (var topic : List.of(topics.commands(), topics.events())) {
        var record = new ProducerRecord<>(topic, 0, "key", "strange".getBytes(UTF_8));
        record.headers().add("nothing", null).add("some", "thing".getBytes(UTF_8));
        strange.send(record).get(60, TimeUnit.SECONDS);
        strange
            .send(new ProducerRecord<>(topic, 0, "key", "next".getBytes(UTF_8)))
            .get(60, TimeUnit.SECONDS);
      }
    }
    var node = new RecordingListener();
    start(node);
    node.await("both", () -> node.count() == 2);
    assertThat(node.values(0)).isEqualTo(List.of("strange", "next"));

    var read = new ConcurrentLinkedQueue<ReceivedMessage>();
    try (var events = new TopicConsumer(settings("events"), topics.events(), read::addAll)) {
      events.start();
      node.await("both events", () -> read.size() == 2);
    }
    assertThat(read.peek().headers()).isEqualTo(Map.of("nothing", "", "some", "thing"));
  }

  @Test
  void whatABrokerRefusesIsNamedAndTheRestOfItsBatchArrives() throws Exception {
    var large =
        new OutgoingMessage(
            topics.commands(), 0, "large", new byte[TopicAdmin.MAX_MESSAGE_BYTES + 1], Map.of());
    var nowhere = new OutgoingMessage("not a topic", null, "nowhere", new byte[1], Map.of());
    var sending = sender.send(List.of(message(0, "before"), large, nowhere, message(0, "after")));
    assertThat(sending)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(RefusedMessagesException.class)
        .satisfies(e ->
            assertThat(((RefusedMessagesException) e.getCause()).refused())
                .extracting(refused -> refused.message().key())
                .containsExactlyInAnyOrder("large", "nowhere"));
    var node = new RecordingListener();
    start(node);
    node.await("the others", () -> node.count() == 2);
    assertThat(node.values(0)).isEqualTo(List.of("before", "after"));
  }

  @Test
  void theFirstWhoClaimsTopicsKeepsThem() {
    var admin = new TopicAdmin(settings(), PATIENCE, new Replication((short) 1, 1));
    var topic = topics.commands() + ".installation";
    assertThat(admin.claim(topic, "one")).isEqualTo("one");
    assertThat(admin.claim(topic, "two")).isEqualTo("one");
    assertThat(new TopicAdmin(settings(), PATIENCE).claim(topic, "three")).isEqualTo("one");
  }

  @Test
  void moreCopiesThanThereAreBrokersAreRefusedInASentence() {
    assertThatThrownBy(() ->
            new TopicAdmin(settings(), PATIENCE, new Replication((short) 3, 2))
                .ensure(Topics.of(topics.commands() + "-copies", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("maestro.kafka.replication-factor");
    assertThatThrownBy(() -> new Replication((short) 1, 2))
        .hasMessageContaining("expected at most as many in-sync replicas");
  }

  @Test
  void readingGoesOnAtTheOffsetThatTheListenerNames() throws Exception {
    send(2, "seen", 2, "new");
    var node = new RecordingListener();
    node.readFrom(2, 1);
    start(node);
    node.await("the second command", () -> node.count() == 1);
    assertThat(node.values(2)).isEqualTo(List.of("new"));
    assertThat(node.resets()).isEmpty();
  }

  @Test
  void shardsAreSharedWithASecondNodeAndComeBackWhenItLeaves() throws Exception {
    var first = new RecordingListener();
    start(first);
    first.await("all shards", () -> first.owned().size() == SHARDS);
    var second = new RecordingListener();
    var leaving = start(second);
    second.await("half of the shards", () -> second.owned().size() == SHARDS / 2);
    first.await("the other half", () -> first.owned().size() == SHARDS / 2);
    Set<Integer> both = new HashSet<>(first.owned());
    both.addAll(second.owned());
    assertThat(both).hasSize(SHARDS);

    leaving.close();
    assertThat(second.owned()).isEmpty();
    first.await("all shards again", () -> first.owned().size() == SHARDS);
    send(0, "x", 1, "x");
    send(2, "x", 3, "x");
    first.await("a command of each", () -> first.count() == SHARDS);
  }

  @Test
  void whoStandsAsideLeavesItsShardsToOthersUntilItTakesPartAgain() throws Exception {
    var first = new RecordingListener();
    start(first);
    var second = new RecordingListener();
    var aside = start(second);
    second.await("half of the shards", () -> second.owned().size() == SHARDS / 2);
    first.await("the other half", () -> first.owned().size() == SHARDS / 2);

    aside.standAside();
    first.await("all shards", () -> first.owned().size() == SHARDS);
    assertThat(second.owned()).isEmpty();
    assertThat(aside.assigned()).isEmpty();
    assertThat(aside.membership()).isInstanceOf(ShardConsumer.Membership.None.class);
    send(0, "x", 1, "x");
    send(2, "x", 3, "x");
    first.await("a command of each", () -> first.count() == SHARDS);

    aside.takePart();
    second.await("half of the shards again", () -> second.owned().size() == SHARDS / 2);
  }

  @Test
  void whoHasLostHoldOfAShardIsToldAgainWhoseItIs() throws Exception {
    var node = new RecordingListener();
    var consumer = start(node);
    node.await("all shards", () -> node.owned().size() == SHARDS);
    node.onLost(Set.of(0));
    consumer.joinAgain(Set.of(0));
    node.await("all shards again", () -> node.owned().size() == SHARDS);
    send(0, "x", 1, "x");
    node.await("a command of two", () -> node.count() == 2);
  }

  @Test
  void messagesThatSomebodyLeavesToOthersWaitUntilOneTakesPart() throws Exception {
    var read = new LinkedBlockingQueue<ReceivedMessage>();
    try (var events = new TopicConsumer(settings("events"), topics.events(), read::addAll)) {
      events.start();
      sendEvent("first");
      assertThat(read.poll(60, TimeUnit.SECONDS)).isNotNull();
      events.standAside();
      sendEvent("second");
      events.takePart();
      var second = read.poll(60, TimeUnit.SECONDS);
      assertThat(second).isNotNull();
      assertThat(new String(second.value(), UTF_8)).isEqualTo("second");
    }
  }

  private void sendEvent(String value) throws Exception {
    sender
        .send(
            List.of(new OutgoingMessage(topics.events(), 0, "k", value.getBytes(UTF_8), Map.of())))
        .get(60, TimeUnit.SECONDS);
  }

  @Test
  void aListenerThatFailsIsAskedAgainAndLosesNothing() throws Exception {
    var node = new RecordingListener();
    node.failAssignments(2);
    node.failDeliveries(1);
    send(3, "first", 3, "second");
    start(node);
    node.await("both commands", () -> node.count() == 2);
    assertThat(node.values(3)).isEqualTo(List.of("first", "second"));
  }

  @Test
  void anOffsetBeyondTheEndOfTheLogIsReportedAndReadingStartsOver() throws Exception {
    send(0, "first", 0, "second");
    var node = new RecordingListener();
    node.readFrom(0, 700);
    start(node);
    node.await("both commands", () -> node.count() == 2);
    assertThat(node.resets()).isEqualTo(List.of(new RecordingListener.Reset(0, 700, 0)));
  }

  @Test
  void aTopicThatIsMadeAnewUnderARunningNodeIsReadFromItsBeginning() throws Exception {
    var node = new RecordingListener();
    start(node);
    send(0, "old", 0, "old");
    node.await("the old commands", () -> node.count() == 2);
    try (var admin = Admin.create(settings().clientConfig("test", Map.of()))) {
      admin.deleteTopics(List.of(topics.commands())).all().get(60, TimeUnit.SECONDS);
    }
    new TopicAdmin(settings(), PATIENCE).ensure(topics);
    sendUntilAccepted(0, "new");
    node.await("the new command", () -> node.values(0).contains("new"));
  }

  @Test
  void aBrokerThatIsKilledAndRestartedLosesNothingAndIsWaitedFor() throws Exception {
    var node = new RecordingListener();
    start(node);
    send(0, "before", 1, "before");
    node.await("the commands before", () -> node.count() == 2);
    kafka.kill();
    var during =
        sender.send(
            List.of(message(0, "m0"), message(0, "m1"), message(0, "m2"), message(0, "m3")));
    kafka.restart();
    during.get(MessageSender.DELIVERY_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    node.await("the commands sent meanwhile", () -> node.values(0).size() == 5);
    assertThat(node.values(0)).isEqualTo(List.of("before", "m0", "m1", "m2", "m3"));
  }

  @Test
  void sendingFailsWhenTheBodyIsTooLargeAndAfterClose() throws Exception {
    var tooLarge = new OutgoingMessage(topics.commands(), 0, "k", new byte[9 << 20], Map.of());
    assertThatThrownBy(() -> sender.send(List.of(tooLarge)).get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("larger than");
    sender.close();
    assertThat(sender.send(List.of(message(0, "late")))).isCompletedExceptionally();
  }

  private void sendUntilAccepted(int shard, String value) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        sender.send(List.of(message(shard, value))).get(60, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) { // the sender's picture of the old topic has to fade first
        assertThat(attempt).isLessThan(20);
      }
    }
  }

  private void send(int shard, String value, int otherShard, String otherValue) throws Exception {
    sender
        .send(List.of(message(shard, value), message(otherShard, otherValue)))
        .get(60, TimeUnit.SECONDS);
  }

  private OutgoingMessage message(int shard, String value) {
    return new OutgoingMessage(topics.commands(), shard, "key", value.getBytes(UTF_8), Map.of());
  }

  private ShardConsumer start(ShardListener listener) {
    var consumer = new ShardConsumer(settings(), topics.commands(), listener);
    consumers.add(consumer);
    consumer.start();
    return consumer;
  }

  private KafkaSettings settings(String role) {
    return KafkaSettings.plain(
        kafka.bootstrapServers(), topics.commands() + "-" + role, "node-" + role);
  }

  private KafkaSettings settings() {
    String group = topics == null ? "none" : topics.commands();
    return KafkaSettings.plain(kafka.bootstrapServers(), group, "node");
  }

  private static List<String> numbered(String prefix, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> prefix + i).toList();
  }
}
