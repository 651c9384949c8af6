package org.maestro.engine.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.workflow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ServiceTopics;
import org.maestro.messaging.TopicConsumer;
import org.maestro.model.message.StartAnswer;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.maestro.service.messaging.TestKafka;
import tools.jackson.databind.json.JsonMapper;

/** Messages of a newer release, and of nobody's: each costs itself only, and none is lost. */
class StrangeMessagesTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final ServiceTopics TOPICS = ServiceTopics.of(DATABASE.name());
  private static final JsonMapper JSON = StrictJson.mapper();
  private static final List<StartAnswer> ANSWERS = new CopyOnWriteArrayList<>();
  private static final String COMMANDS = DATABASE.name() + ".commands";

  private static TestEngine engine;
  private static EngineClient client;
  private static MessageSender sender;
  private static TopicConsumer answers;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE);
    client = new EngineClient(engine);
    var settings =
        KafkaSettings.plain(TestKafka.bootstrapServers(), DATABASE.name() + "-others", "others");
    sender = new MessageSender(settings);
    answers =
        new TopicConsumer(
            settings,
            TOPICS.answers(),
            messages ->
                messages.forEach(
                    message -> ANSWERS.add(JSON.readValue(message.value(), StartAnswer.class))));
    answers.start();
  }

  @AfterAll
  static void stop() {
    answers.close();
    sender.close();
    engine.close();
    DATABASE.close();
  }

  @AfterEach
  void discardAll() {
    parked()
        .forEach(one ->
            engine.call(
                "POST", "/api/v3/engine-dead-letters/" + one.get("id") + "/actions/discard", null));
  }

  private static void send(String topic, Integer partition, String body, String... kind) {
    sender
        .send(
            List.of(
                new OutgoingMessage(
                    topic,
                    partition,
                    "strange",
                    body.getBytes(StandardCharsets.UTF_8),
                    kind.length == 0 ? Map.of() : Map.of("maestro-kind", kind[0]))))
        .join();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> parked() {
    return (List<Map<String, Object>>)
        engine.call("GET", "/api/v3/engine-dead-letters", null).at("elements");
  }

  private static Map<String, Object> parkedWith(String text) {
    awaitUntil(
        "it is parked",
        () -> parked().stream().anyMatch(one -> one.toString().contains(text)),
        () -> parked().toString());
    return parked().stream().filter(one -> one.toString().contains(text)).findFirst().orElseThrow();
  }

  private static StartAnswer answerTo(String requestId) {
    awaitUntil(
        "it is answered",
        () -> ANSWERS.stream().anyMatch(one -> one.requestId().equals(requestId)),
        ANSWERS::toString);
    return ANSWERS.stream()
        .filter(one -> one.requestId().equals(requestId))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aStartWithFieldsOfTomorrowIsReadWithoutThem() {
    send(
        TOPICS.requests(),
        null,
        """
        {"type":"START","workflow_id":"no-such","trigger_uuid":"t","request_id":"tomorrow-1",
         "initiator":{"type":"TIME","trigger_uuid":"t","trigger_time":1,"zone":"UTC"},
         "request_time":1,"priority":{"of":"tomorrow"}}
        """);
    assertThat(answerTo("tomorrow-1").reason()).contains("no-such");
    assertThat(parked()).isEmpty();
  }

  @Test
  void aRequestOfAnUnknownKindIsParkedAndAnsweredAndWaitsForAnEngineThatKnowsIt() {
    send(
        TOPICS.requests(),
        null,
        """
        {"type":"START_LATER","workflow_id":"w","trigger_uuid":"t","request_id":"unknown-1"}
        """);
    var answer = answerTo("unknown-1");
    assertThat(answer.outcome()).isEqualTo(StartAnswer.Outcome.REFUSED);
    assertThat(answer.reason()).contains("parked");
    assertThat(parkedWith("START_LATER")).containsEntry("topic", TOPICS.requests());
  }

  @Test
  void aStartThatLacksWhatItNeedsIsParkedAndNothingComesAgain() {
    send(TOPICS.requests(), null, "{\"type\":\"START\",\"workflow_id\":\"w\",\"request_time\":1}");
    assertThat(parkedWith("trigger_uuid")).extractingByKey("reason").asString().contains("lacks");
    send(TOPICS.requests(), null, "null");
    parkedWith("a body");
    send(TOPICS.requests(), null, "{\"type\":\"GATE_OPENED\",\"seq_id\":1}");
    parkedWith("lacks gate");
  }

  @Test
  void aCommandOfAnUnknownKindIsParkedOnceAndTheNextOnesAreTaken() {
    for (int shard = 0; shard < TestEngine.SHARDS; shard++) {
      send(COMMANDS, shard, "{\"command\":\"of-tomorrow\",\"n\":" + shard + "}");
    }
    for (int shard = 0; shard < TestEngine.SHARDS; shard++) {
      var one = parkedWith("\"n\":" + shard + "}");
      assertThat(one)
          .containsEntry("topic", COMMANDS)
          .extractingByKey("reason")
          .asString()
          .contains("no command that this engine knows");
    }
    assertThat(parked()).hasSize(TestEngine.SHARDS);
    assertThat(client.ended(client.start(pushed("after-unknown")))).isEqualTo("SUCCEEDED");
  }

  @Test
  void aMessageBetweenNodesThatNobodyCanReadCostsItselfOnly() {
    send(COMMANDS, 0, "this is no JSON", "permit");
    send(COMMANDS, 0, "{}", "of-tomorrow");
    send(COMMANDS, 0, "{}", "");
    send(COMMANDS, 0, "{\"command\":\"behind-them\"}");
    assertThat(parkedWith("this is no JSON")).containsEntry("topic", COMMANDS);
    parkedWith("of-tomorrow");
    parkedWith("behind-them");
    assertThat(client.ended(client.start(pushed("after-unreadable")))).isEqualTo("SUCCEEDED");
  }

  @Test
  void whatIsReplayedGoesWhereItCameFrom() {
    send(COMMANDS, 3, "{\"command\":\"again\"}");
    var first = parkedWith("again");
    var answer =
        engine.call(
            "POST", "/api/v3/engine-dead-letters/" + first.get("id") + "/actions/replay", null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    awaitUntil(
        "it comes again, at another place",
        () ->
            parked().stream()
                .anyMatch(one ->
                    one.toString().contains("again") && !one.get("id").equals(first.get("id"))),
        () -> parked().toString());
  }

  private static String pushed(String id) {
    client.push(workflow(id, noop("s")));
    return id;
  }
}
