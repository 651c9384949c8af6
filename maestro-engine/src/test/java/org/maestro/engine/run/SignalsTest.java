package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.ServiceTopics;
import org.maestro.messaging.TopicConsumer;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerId;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.start.Initiator;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.maestro.service.messaging.TestKafka;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the engine says to the signal service and the scheduler, and what it does when they ask: the
 * tests stand at the other end of the broker.
 */
class SignalsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final ServiceTopics TOPICS = ServiceTopics.of(DATABASE.name());
  private static final JsonMapper JSON = StrictJson.mapper();
  private static final List<SignalRequest> ASKED = new CopyOnWriteArrayList<>();
  private static final List<TriggerNews> NEWS = new CopyOnWriteArrayList<>();
  private static final List<StartAnswer> ANSWERS = new CopyOnWriteArrayList<>();

  private static TestEngine engine;
  private static EngineClient client;
  private static MessageSender sender;
  private static final List<TopicConsumer> CONSUMERS = new ArrayList<>();

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE);
    client = new EngineClient(engine);
    var settings =
        KafkaSettings.plain(TestKafka.bootstrapServers(), DATABASE.name() + "-others", "others");
    sender = new MessageSender(settings);
    listen(settings, TOPICS.signals(), SignalRequest.class, ASKED);
    listen(settings, TOPICS.triggers(), TriggerNews.class, NEWS);
    listen(settings, TOPICS.answers(), StartAnswer.class, ANSWERS);
  }

  private static <T> void listen(
      KafkaSettings settings, String topic, Class<T> type, List<T> heard) {
    var own =
        KafkaSettings.plain(settings.bootstrapServers(), settings.groupId() + topic, "others");
    var consumer =
        new TopicConsumer(
            own,
            topic,
            messages -> {
              for (ReceivedMessage message : messages) {
                heard.add(JSON.readValue(message.value(), type));
              }
            });
    CONSUMERS.add(consumer);
    consumer.start();
  }

  @AfterAll
  static void stop() {
    CONSUMERS.forEach(TopicConsumer::close);
    sender.close();
    engine.close();
    DATABASE.close();
  }

  private static void ask(EngineRequest... requests) {
    var messages = new ArrayList<OutgoingMessage>();
    for (var request : requests) {
      var key =
          switch (request) {
            case EngineRequest.Start start -> start.workflowId();
            case EngineRequest.GateOpened opened -> opened.gate().workflowId();
          };
      messages.add(
          new OutgoingMessage(
              TOPICS.requests(), null, key, JSON.writeValueAsBytes(request), Map.of()));
    }
    sender.send(messages).join();
  }

  private static <T> T heard(List<T> from, Predicate<T> which) {
    awaitUntil(
        "somebody is told",
        () -> from.stream().anyMatch(which),
        () -> List.copyOf(from).toString());
    return from.stream().filter(which).findFirst().orElseThrow();
  }

  private static SignalRequest.Await awaited(RunName run, String name) {
    return (SignalRequest.Await)
        heard(
            ASKED,
            asked ->
                asked instanceof SignalRequest.Await await
                    && await.name().equals(name)
                    && await.gate().workflowId().equals(run.workflowId()));
  }

  private static Map<String, Object> param(String type, Object value) {
    return Map.of("type", type, "value", value);
  }

  private static Map<String, Object> waitsFor(String... names) {
    var dependencies = new ArrayList<Object>();
    for (var name : names) {
      dependencies.add(
          Map.of(
              "name",
              name,
              "match_params",
              Map.of("day", Map.of("param", param("LONG", 20240101), "operator", ">="))));
    }
    return Map.of("signal_dependencies", dependencies);
  }

  private static SignalGate gate(SignalGate gate, int dependency) {
    return new SignalGate(
        gate.workflowId(),
        gate.instanceId(),
        gate.runId(),
        gate.stepId(),
        gate.attemptId(),
        dependency);
  }

  @Test
  void aStepRunsOnceAllItsSignalsHaveComeAndCanReadThem() {
    var reads =
        Map.of(
            "params",
            Map.of(
                "seen",
                Map.of(
                    "type", "LONG", "expression", "params.getFromSignalDependency('1', 'rows')")));
    var more = new LinkedHashMap<String, Object>(waitsFor("table/a", "table/b"));
    more.putAll(reads);
    client.push(workflow("gate-two", noop("s", List.of(), more)));
    var run = client.start("gate-two");

    var first = awaited(run, "table/a");
    var second = awaited(run, "table/b");
    assertThat(first.conditions())
        .containsExactly(
            new SignalRequest.Condition(
                "day", org.maestro.model.definition.MatchOperator.GREATER_OR_EQUAL, 20240101L));
    assertThat(second.gate().dependency()).isEqualTo(1);
    client.reached(run, "s", "WAITING_FOR_SIGNALS");

    var opened = new EngineRequest.GateOpened(first.gate(), 7, Map.of("day", 20240101L));
    ask(opened, opened);
    ask(new EngineRequest.GateOpened(second.gate(), 3, Map.of("day", 20240102L, "rows", 42L)));

    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    var attempt = client.step(run, "s");
    assertThat(attempt)
        .extractingByKey("signal_dependencies")
        .asString()
        .contains("MATCHED")
        .contains("signal_id=7")
        .doesNotContain("PENDING");
    assertThat(attempt).extractingByKey("params").asString().contains("evaluated_result=42");
    assertThat(attempt).extractingByKey("artifacts").asString().doesNotContain("signal");
  }

  @Test
  void aBypassedStepGoesOnAndItsGatesAreForgotten() {
    client.push(workflow("gate-bypassed", noop("s", List.of(), waitsFor("never"))));
    var run = client.start("gate-bypassed");
    var gate = awaited(run, "never").gate();
    client.reached(run, "s", "WAITING_FOR_SIGNALS");

    var answer =
        engine.call(
            "PUT", "/api/v3/workflows/gate-bypassed/instances/1/steps/s/actions/bypass", null);

    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    heard(ASKED, asked -> asked.equals(new SignalRequest.Forget("never", gate)));
  }

  @Test
  void aStoppedStepDoesNotRunWhenItsSignalComesAfterAll() {
    client.push(workflow("gate-stopped", noop("s", List.of(), waitsFor("late")), noop("t")));
    var run = client.start("gate-stopped");
    var gate = awaited(run, "late").gate();

    engine.call("PUT", "/api/v3/workflows/gate-stopped/instances/1/actions/stop", null);
    assertThat(client.ended(run)).isEqualTo("STOPPED");
    heard(ASKED, asked -> asked.equals(new SignalRequest.Forget("late", gate)));
    ask(
        new EngineRequest.GateOpened(gate, 1, Map.of()),
        new EngineRequest.GateOpened(gate(gate, 9), 1, Map.of()));

    client.push(workflow("gate-canary", noop("c")));
    assertThat(client.ended(client.start("gate-canary"))).isEqualTo("SUCCEEDED");
    assertThat(client.instance(run).get("status")).isEqualTo("STOPPED");
  }

  @Test
  void aStepAnnouncesItsSignalsWhenItHasSucceeded() {
    var outputs =
        Map.<String, Object>of(
            "params",
            Map.of("me", param("STRING", "x")),
            "signal_outputs",
            List.of(
                Map.of(
                    "name",
                    "made/${me}",
                    "params",
                    Map.of("n", param("LONG", 5), "who", param("STRING", "$me")))));
    var run = client.run(workflow("announces", noop("a", List.of(), outputs)));

    var announced =
        (SignalRequest.Announce)
            heard(
                ASKED,
                asked ->
                    asked instanceof SignalRequest.Announce one
                        && one.source().workflowId().equals(run.workflowId()));

    assertThat(announced.name()).isEqualTo("made/x");
    assertThat(announced.params()).containsOnly(Map.entry("n", 5L), Map.entry("who", "x"));
    assertThat(announced.source())
        .isEqualTo(new SignalRequest.SignalSource("announces", 1, 1, "a", 1));
    assertThat(client.step(run, "a"))
        .extractingByKey("signal_outputs")
        .asString()
        .contains("made/x")
        .contains(announced.requestId());
  }

  private static Map<String, Object> everyHour(String id) {
    return workflow(
        id,
        Map.of("time_triggers", List.of(Map.of("type", "CRON", "cron", "0 * * * *"))),
        List.of(noop("s")));
  }

  private static TriggerNews newsOf(String workflowId, Predicate<TriggerNews> which) {
    return heard(NEWS, news -> news.workflowId().equals(workflowId) && which.test(news));
  }

  private static EngineRequest.Start fire(String workflowId, String trigger, String requestId) {
    return new EngineRequest.Start(
        workflowId,
        trigger,
        requestId,
        new Initiator.Time(trigger, 1_700_000_000_000L, "UTC"),
        1_700_000_000_000L);
  }

  private static StartAnswer answerTo(String requestId) {
    return heard(ANSWERS, answer -> answer.requestId().equals(requestId));
  }

  @Test
  void aTriggerStartsTheActiveVersionOnceHoweverOftenItAsks() {
    client.push(everyHour("timed"));
    var news = newsOf("timed", one -> !one.timeTriggers().isEmpty());
    var trigger = TriggerId.ofTimeTriggers(news.internalId(), news.versionId()).value();
    var request = fire("timed", trigger, UUID.randomUUID().toString());

    ask(request, request);
    ask(request);

    var answer = answerTo(request.requestId());
    assertThat(answer.outcome()).isEqualTo(StartAnswer.Outcome.STARTED);
    assertThat(answer.instanceId()).isEqualTo(1);
    awaitUntil(
        "each request is answered",
        () -> ANSWERS.stream().filter(a -> a.requestId().equals(request.requestId())).count() == 3,
        ANSWERS::toString);
    assertThat(ANSWERS.stream().filter(a -> a.requestId().equals(request.requestId())))
        .allSatisfy(a -> assertThat(a.instanceId()).isEqualTo(1));
    var run = new RunName("timed", 1, 1);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(client.instance(run))
        .extractingByKey("initiator")
        .asString()
        .contains("TIME")
        .contains("1700000000000");
  }

  @Test
  void aTriggerOfAReplacedOrSwitchedOffVersionStartsNothing() {
    client.push(everyHour("replaced"));
    var first = newsOf("replaced", one -> Long.valueOf(1).equals(one.versionId()));
    client.push(everyHour("replaced"));
    newsOf("replaced", one -> Long.valueOf(2).equals(one.versionId()));
    var old = TriggerId.ofTimeTriggers(first.internalId(), 1).value();
    ask(fire("replaced", old, "of-the-old-version"));
    assertThat(answerTo("of-the-old-version").outcome()).isEqualTo(StartAnswer.Outcome.REPLACED);

    engine.call("PUT", "/api/v3/workflows/replaced/actions/deactivate", null);
    newsOf("replaced", one -> one.versionId() == null && one.timeTriggers().isEmpty());
    ask(fire("replaced", TriggerId.ofTimeTriggers(first.internalId(), 2).value(), "of-no-version"));
    assertThat(answerTo("of-no-version").outcome())
        .isIn(StartAnswer.Outcome.REPLACED, StartAnswer.Outcome.REFUSED);
    ask(fire("no-such-workflow", old, "of-nothing"));
    assertThat(answerTo("of-nothing").outcome()).isEqualTo(StartAnswer.Outcome.REFUSED);
  }

  @Test
  void aRequestThatNobodyCanReadIsParkedAndTheOthersGoOn() {
    client.push(everyHour("after-poison"));
    var news = newsOf("after-poison", one -> !one.timeTriggers().isEmpty());
    var poison =
        new OutgoingMessage(
            TOPICS.requests(), null, "after-poison", "{\"type\":\"?\"".getBytes(), Map.of());
    sender.send(List.of(poison)).join();
    var request =
        fire(
            "after-poison",
            TriggerId.ofTimeTriggers(news.internalId(), news.versionId()).value(),
            "behind-the-poison");
    ask(request);

    assertThat(answerTo("behind-the-poison").outcome()).isEqualTo(StartAnswer.Outcome.STARTED);
    var parked = engine.call("GET", "/api/v3/parked-requests", null);
    assertThat(parked.at("elements")).asString().contains("after-poison").contains("can't be read");
    var id = (String) ((Map<?, ?>) ((List<?>) parked.at("elements")).getFirst()).get("id");
    assertThat(
            engine
                .call("POST", "/api/v3/parked-requests/" + id + "/actions/discard", null)
                .status())
        .isEqualTo(200);
    assertThat(engine.call("GET", "/api/v3/parked-requests", null).at("elements"))
        .isEqualTo(List.of());
  }

  @Test
  void whyNamesTheSignalsThatAreMissing() {
    client.push(workflow("gate-why", noop("s", List.of(), waitsFor("missing/one"))));
    var run = client.start("gate-why");
    client.reached(run, "s", "WAITING_FOR_SIGNALS");

    var why = engine.call("GET", "/api/v3/workflows/gate-why/instances/1/why", null);

    assertThat(why.text()).contains("WAITING_FOR_SIGNALS").contains("missing/one");
  }
}
