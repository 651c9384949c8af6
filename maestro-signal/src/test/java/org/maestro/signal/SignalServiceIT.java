package org.maestro.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.signal.TestSignals.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.SignalRequest.SignalSource;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerId;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.start.Initiator;
import org.maestro.signal.trigger.Match;

/** One signal service as a whole: REST on the one side, the engine's topics on the other. */
class SignalServiceIT {
  private static final Map<String, Object> ANY = Map.of();
  private static TestSignals signals;

  @BeforeAll
  static void start() {
    TestSignals.makeTopic("buckets", 2);
    signals =
        new TestSignals(
            "--maestro.signal.cloud-event-types[com.example.table]=ce/table",
            "--maestro.signal.sources[0].topic=buckets",
            "--maestro.signal.sources[0].name=/what",
            "--maestro.signal.sources[0].params.key=/object/key",
            "--maestro.signal.sources[0].params.size=/object/size");
  }

  @AfterAll
  static void stop() {
    signals.close();
  }

  // ------------------------------------------------------------------ triggers

  @Test
  void aSignalOverRestStartsTheWorkflowWhoseTriggerItMatches() {
    subscribe(
        "wf-1",
        1,
        1L,
        Map.of(
            "definitions",
            Map.of(
                "table/a",
                Map.of("match_params", Map.of("day", Map.of("value", 5L, "operator", ">=")))),
            "params",
            Map.of(
                "region",
                Map.of("type", "STRING", "expression", "signals['table/a']['region'] + '!'"))));
    signals.announce("table/a", Map.of("day", 4, "region", "eu"));
    var made = signals.announce("table/a", Map.of("day", 6, "region", "us"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.<Long>get("seq_id")).isEqualTo(2);

    await("a start", () -> !starts("wf-1").isEmpty());
    var start = starts("wf-1").getFirst();
    assertThat(start.triggerUuid()).isEqualTo(TriggerId.ofSignalTrigger(1, 1, 0).value());
    assertThat(start.initiator())
        .isEqualTo(
            new Initiator.Signal(
                start.triggerUuid(),
                Map.of("table/a", 2L),
                Map.of("table/a", Map.of("day", 6L, "region", "us"), "region", "us!")));

    answer(start, 17L);
    await(
        "the instance",
        () -> matches("/api/v3/signals/table/a/instances/2", "instance_id").contains(17L));
    assertThat(signals.get("/api/v3/signals/table/a/instances/latest").body())
        .containsEntry("params", Map.of("day", 6L, "region", "us"));
    assertThat(signals.get("/api/v3/signals/instances/1?name=table/a").body())
        .containsEntry("matches", List.of());
  }

  @Test
  void aFalseConditionConsumesWithoutAStartAndAFailedOneIsADeadLetter() {
    subscribe("wf-c", 1, 1L, on("cond", "condition", "params.getFromSignal('cond', 'n') > 5"));
    signals.announce("cond", Map.of("n", 5));
    signals.announce("cond", Map.of("other", 1));
    signals.announce("cond", Map.of("n", 6));
    await("a start", () -> !starts("wf-c").isEmpty());
    assertThat(starts("wf-c")).hasSize(1);
    assertThat(matches("/api/v3/signals/cond/instances/1", "state"))
        .containsExactly("CONDITION_FALSE");
    assertThat(matches("/api/v3/signals/cond/instances/2", "state"))
        .containsExactly("EXPRESSION_FAILED");

    var letter = letter("MATCH", "signal trigger of wf-c");
    assertThat(signals.post("/api/v3/dead-letters/" + letter + "/actions/replay", ANY).status())
        .isEqualTo(204);
    assertThat(letter("MATCH", "signal trigger of wf-c")).isEqualTo(letter); // it failed again
    assertThat(signals.post("/api/v3/dead-letters/" + letter + "/actions/discard", ANY).status())
        .isEqualTo(204);
    assertThat(signals.post("/api/v3/dead-letters/" + letter + "/actions/discard", ANY).status())
        .isEqualTo(404);
  }

  @Test
  void aDeadLetterOfAMendedTriggerIsReplayedWithWhatItSaysNow() {
    subscribe("wf-m", 1, 1L, on("mended", "condition", "params.getFromSignal('mended', 'm') > 5"));
    signals.announce("mended", Map.of("n", 6));
    var letter = letter("MATCH", "signal trigger of wf-m");

    subscribe("wf-m", 2, 2L, on("mended", "condition", "params.getFromSignal('mended', 'n') > 5"));
    assertThat(signals.post("/api/v3/dead-letters/" + letter + "/actions/replay", ANY).status())
        .isEqualTo(204);
    await("a start", () -> !starts("wf-m").isEmpty());
    assertThat(starts("wf-m")).hasSize(1);
    assertThat(starts("wf-m").getFirst().triggerUuid())
        .isEqualTo(TriggerId.ofSignalTrigger(1, 2, 0).value());
    assertThat(signals.post("/api/v3/dead-letters/" + letter + "/actions/replay", ANY).status())
        .isEqualTo(404);
  }

  @Test
  void aDeadLetterOfATriggerThatNothingStandsInForStays() {
    subscribe("wf-g", 1, 1L, on("gone", "condition", "params.getFromSignal('gone', 'm') > 5"));
    signals.announce("gone", Map.of("n", 6));
    var letter = letter("MATCH", "signal trigger of wf-g");

    subscribe("wf-g", 2, 2L, on("other"));
    assertThat(signals.post("/api/v3/dead-letters/" + letter + "/actions/replay", ANY).status())
        .isEqualTo(409);
    assertThat(letter("MATCH", "signal trigger of wf-g")).isEqualTo(letter);
  }

  @Test
  void aRandomDedupExpressionIsEvaluatedOnce() {
    subscribe("wf-r", 1, 1L, on("random", "dedup_expr", "UUID.randomUUID().toString()"));
    subscribe("wf-d", 1, 1L, on("random", "dedup_expr", "'same'"));
    signals.announce("random", ANY);
    signals.announce("random", ANY);
    await("starts", () -> starts("wf-r").size() == 2 && starts("wf-d").size() == 2);
    readAgain();
    signals.announce("random", ANY);
    await(
        "a third",
        () -> starts("wf-r").stream().map(EngineRequest.Start::requestId).distinct().count() == 3);
    var stored =
        signals
            .database
            .jdbc()
            .sql("SELECT request_id FROM signal_match WHERE workflow_id = 'wf-r'")
            .query(String.class)
            .list();
    assertThat(starts("wf-r").stream().map(EngineRequest.Start::requestId)).isSubsetOf(stored);
    assertThat(starts("wf-d").stream().map(EngineRequest.Start::requestId).distinct()).hasSize(1);
  }

  @Test
  void aTriggerThatAsksForTooMuchIsADeadLetterThatNamesTheParamAndOthersGoOn() {
    var params = new LinkedHashMap<String, Object>();
    for (var i = 0; i < 600; i++) {
      params.put("p" + i, Map.of("type", "LONG", "expression", work(20)));
    }
    subscribe("wf-many", 1, 1L, on("shared", "params", params));
    subscribe("wf-other", 1, 1L, on("apart"));
    signals.announce("shared", ANY);
    for (var i = 0; i < 17; i++) {
      signals.announce("apart", ANY);
    }
    await("all of the other", () -> starts("wf-other").size() == 17);
    await(
        "a verdict",
        () -> matches("/api/v3/signals/shared/instances/1", "state").contains("EXPRESSION_FAILED"));
    assertThat(matches("/api/v3/signals/shared/instances/1", "reason").getFirst().toString())
        .matches(
            "param \\[p\\d+]: expected all expressions that are evaluated together to take at most"
                + " 10,000,000 operations, found more .*");
  }

  @Test
  void aTriggerThatIsSlowDelaysNoOther() {
    var params = new LinkedHashMap<String, Object>();
    for (var i = 0; i < 4; i++) {
      params.put("p" + i, Map.of("type", "LONG", "expression", work(100)));
    }
    subscribe("wf-slow", 1, 1L, on("slow", "params", params));
    subscribe("wf-quick", 1, 1L, on("quick"), on("slow", "condition", "true"));
    for (var i = 0; i < 12; i++) {
      signals.announce("slow", ANY);
      signals.announce("quick", ANY);
    }
    await("all of the quick ones", () -> starts("wf-quick").size() == 24);
    assertThat(starts("wf-slow")).hasSizeLessThan(12);

    await("all of the slow ones", () -> starts("wf-slow").size() == 12);
    assertThat(
            starts("wf-slow").stream()
                .map(start -> ((Initiator.Signal) start.initiator()).signalIdMap().get("slow")))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 12).boxed().toList());
  }

  /** So many times ten thousand operations. */
  private static String work(int times) {
    return "s = 0; for (int i = 0; i < %d; i += 1) { for (int j = 0; j < 1700; j += 1) { s += 1; } } s"
        .formatted(times);
  }

  @Test
  void anEvaluationThatNeverEndedIsParkedAtLastAndTheNextIsDecided() {
    subscribe("wf-u", 1, 1L, on("undecided", "condition", "true"));
    signals.announce("undecided", ANY);
    await("a start", () -> starts("wf-u").size() == 1);
    var jdbc = signals.database.jdbc();
    var trigger =
        jdbc.sql("SELECT trigger_id FROM signal_trigger WHERE workflow_id = 'wf-u'")
            .query(String.class)
            .single();
    // As three nodes would leave it behind that died of it.
    jdbc.sql("DELETE FROM signal_match WHERE workflow_id = 'wf-u'").update();
    jdbc.sql("DELETE FROM signal_match_part WHERE name = 'undecided'").update();
    jdbc.sql("INSERT INTO signal_undecided VALUES (?, 1, ?, '{\"undecided\": 1}', 1, 3, 0)")
        .params(trigger, Match.idOf(trigger, new TreeMap<>(Map.of("undecided", 1L))))
        .update();
    signals.announce("undecided", ANY);
    await("the next start", () -> starts("wf-u").size() == 2);
    var letter = letter("MATCH", "signal trigger of wf-u");
    assertThat(matches("/api/v3/signals/undecided/instances/1", "reason").getFirst().toString())
        .contains("begun 3 times");

    // Whoever has made it evaluate again may have mended it.
    assertThat(signals.post("/api/v3/dead-letters/" + letter + "/actions/replay", ANY).status())
        .isEqualTo(204);
    await(
        "the first start",
        () -> matches("/api/v3/signals/undecided/instances/1", "state").contains("REQUESTED"));
  }

  @Test
  void aVersionThatSaysTheSameContinuesWithWhatItsTriggerHasCollected() {
    var both = Map.of("definitions", Map.of("left", ANY, "right", ANY));
    subscribe("wf-v", 1, 1L, both);
    signals.announce("left", Map.of("n", 1));
    subscribe("wf-v", 2, 2L, on("unrelated"), both);
    signals.announce("right", ANY);
    await("a start", () -> !starts("wf-v").isEmpty());
    var start = starts("wf-v").getFirst();
    assertThat(start.triggerUuid()).isEqualTo(TriggerId.ofSignalTrigger(1, 2, 1).value());
    assertThat(((Initiator.Signal) start.initiator()).signalIdMap())
        .isEqualTo(Map.of("left", 1L, "right", 1L));

    signals.announce("left", ANY);
    subscribe("wf-v", 3, null);
    subscribe("wf-v", 4, 2L, on("unrelated"), both); // begins anew
    signals.announce("right", ANY);
    signals.announce("left", ANY);
    await("another start", () -> starts("wf-v").size() == 2);
    assertThat(((Initiator.Signal) starts("wf-v").getLast().initiator()).signalIdMap())
        .isEqualTo(Map.of("left", 3L, "right", 2L));
  }

  @Test
  void aStartThatCameTooEarlyForTheNextVersionIsAskedForAgainUnderItsNewId() {
    subscribe("wf-n", 1, 1L, on("news"));
    signals.announce("news", ANY);
    await("a start", () -> !starts("wf-n").isEmpty());
    var early = starts("wf-n").getFirst();
    signals.tell(
        signals.topics.answers(),
        "wf-n",
        new StartAnswer(
            "wf-n",
            early.triggerUuid(),
            early.requestId(),
            StartAnswer.Outcome.REPLACED,
            null,
            "not now",
            2));
    await(
        "the answer",
        () -> matches("/api/v3/signals/news/instances/1", "state").contains("REPLACED"));
    subscribe("wf-n", 2, 2L, on("news"));
    await("another start", () -> starts("wf-n").size() == 2);
    var again = starts("wf-n").getLast();
    assertThat(again.triggerUuid()).isEqualTo(TriggerId.ofSignalTrigger(1, 2, 0).value());
    assertThat(again.requestId()).isEqualTo(early.requestId());
  }

  @Test
  void triggersOfADeactivatedWorkflowStop() {
    subscribe("wf-off", 1, 1L, on("off"));
    subscribe("wf-off", 3, null);
    subscribeOld("wf-off", 2, 1L, on("off"));
    subscribe("wf-on", 1, 1L, on("off"));
    signals.announce("off", ANY);
    await("the other's start", () -> !starts("wf-on").isEmpty());
    assertThat(starts("wf-off")).isEmpty();
  }

  // ------------------------------------------------------------------ gates

  @Test
  void aGateOpensWhenItsSignalComesAndAtOnceIfItIsThere() {
    var first = new SignalGate("wf-2", 1, 1, "s", 1, 0);
    waitFor("gate", first, new SignalRequest.Condition("n", MatchOperator.EQUALS, 5L));
    signals.announce("gate", Map.of("n", 4));
    signals.announce("gate", Map.of("n", 5, "x", "y"));
    await("the gate", () -> !opened("wf-2", 1).isEmpty());
    assertThat(opened("wf-2", 1))
        .containsExactly(new EngineRequest.GateOpened(first, 2, Map.of("n", 5L, "x", "y")));

    signals.announce("gate", Map.of("n", 5));
    signals.announce("gate", Map.of("n", 6));
    var second = new SignalGate("wf-2", 2, 1, "s", 1, 0);
    waitFor("gate", second, new SignalRequest.Condition("n", MatchOperator.EQUALS, 5L));
    await("the second gate", () -> !opened("wf-2", 2).isEmpty());
    assertThat(opened("wf-2", 2))
        .containsExactly(new EngineRequest.GateOpened(second, 3, Map.of("n", 5L)));

    waitFor("gate", second, new SignalRequest.Condition("n", MatchOperator.EQUALS, 5L));
    await("the same answer again", () -> opened("wf-2", 2).size() == 2);
    assertThat(new HashSet<>(opened("wf-2", 2))).hasSize(1);
  }

  @Test
  void theNewestSignalThatMeetsAllConditionsOpensAGate() {
    signals.announce("history", Map.of("day", 1, "region", "eu"));
    signals.announce("history", Map.of("day", 2, "region", "eu"));
    signals.announce("history", Map.of("day", 3, "region", "us"));
    signals.announce("history", Map.of("day", 9, "region", "eu"));
    waitFor(
        "history",
        new SignalGate("wf-h", 1, 1, "s", 1, 0),
        new SignalRequest.Condition("day", MatchOperator.LESS, 9L),
        new SignalRequest.Condition("region", MatchOperator.EQUALS, "eu"));
    waitFor("history", new SignalGate("wf-h", 2, 1, "s", 1, 0));
    await("both", () -> !opened("wf-h", 1).isEmpty() && !opened("wf-h", 2).isEmpty());
    assertThat(opened("wf-h", 1).getFirst().seqId()).isEqualTo(2);
    assertThat(opened("wf-h", 2).getFirst().seqId()).isEqualTo(4);
  }

  @Test
  void aGateThatIsForgottenIsNotOpened() {
    var bypassed = new SignalGate("wf-f", 1, 1, "s", 1, 0);
    var waiting = new SignalGate("wf-f", 2, 1, "s", 1, 0);
    waitFor("forget", bypassed);
    waitFor("forget", waiting);
    signals.tell(signals.topics.signals(), "forget", new SignalRequest.Forget("forget", bypassed));
    signals.tell(signals.topics.signals(), "forget", announcement("forget", "f", ANY, 1));
    await("the other", () -> !opened("wf-f", 2).isEmpty());
    assertThat(opened("wf-f", 1)).isEmpty();
  }

  // ------------------------------------------------------------------ announcing

  @Test
  void theSameRequestIdAnnouncesOnce() {
    var body = Map.of("name", "once", "params", Map.of("a", "b"), "request_id", "r-1");
    assertThat(signals.post("/api/v3/signals", body).status()).isEqualTo(201);
    assertThat(signals.post("/api/v3/signals", body).status()).isEqualTo(409);
    signals.announce("once", Map.of("a", "b"));
    assertThat(signals.get("/api/v3/signals/once/instances/latest").<Long>get("seq_id"))
        .isEqualTo(2);
  }

  @Test
  void numbersHaveNoGapsHoweverManyAnnounceAtOnce() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 100)
              .mapToObj(n ->
                  CompletableFuture.supplyAsync(
                      () ->
                          signals.post(
                              "/api/v3/signals",
                              Map.of("name", "many", "request_id", "r-" + n / 2)),
                      threads))
              .toList();
      var made =
          answers.stream().map(CompletableFuture::join).filter(a -> a.status() == 201).toList();
      assertThat(made).hasSize(50);
      assertThat(made.stream().map(a -> a.<Long>get("seq_id")))
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
    }
  }

  @Test
  void aRefusedSignalIsToldEverythingThatIsWrong() {
    var answer =
        signals.post(
            "/api/v3/signals",
            Map.of("params", Map.of("a", List.of()), "what", 1, "request_time", "now"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.<List<Map<String, Object>>>get("problems"))
        .extracting(problem -> problem.get("pointer"))
        .containsExactlyInAnyOrder("/name", "/params/a", "/what", "/request_time");
  }

  @Test
  void cloudEventsAreSignalsInBothModes() {
    var structured =
        """
        {"specversion": "1.0", "id": "7", "source": "/s", "type": "com.example.table",
         "time": "2026-01-02T03:04:05Z", "data": {"day": 5, "more": {"a": 1}}}
        """;
    var type = "application/cloudevents+json; charset=utf-8";
    var made = signals.post("/api/v3/signals/cloudevents", type, structured);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body())
        .containsEntry("name", "ce/table")
        .containsEntry("params", Map.of("day", 5L))
        .containsEntry("request_time", 1767323045000L);
    assertThat(signals.post("/api/v3/signals/cloudevents", type, structured).status())
        .isEqualTo(200);

    var binary =
        signals.post(
            "/api/v3/signals/cloudevents",
            "application/json",
            "{\"day\": 6}",
            "ce-specversion",
            "1.0",
            "ce-id",
            "8",
            "ce-source",
            "/s",
            "ce-type",
            "other%20type");
    assertThat(binary.body()).containsEntry("name", "other type").containsEntry("seq_id", 1L);
    assertThat(signals.post("/api/v3/signals/cloudevents", "application/json", "{}").status())
        .isEqualTo(415);
  }

  @Test
  void aTopicOfAnotherSystemBringsSignals() {
    var object = Map.of("key", "a/b.csv", "size", 5);
    signals.tell("buckets", "k", Map.of("what", "created", "object", object));
    signals.tell("buckets", "k", "no JSON");
    signals.tell("buckets", "k", Map.of("what", "created", "object", Map.of("key", "c.csv")));
    await(
        "both",
        () ->
            Long.valueOf(2)
                .equals(signals.get("/api/v3/signals/created/instances/latest").get("seq_id")));
    assertThat(signals.get("/api/v3/signals/created/instances/1").body())
        .containsEntry("params", Map.of("key", "a/b.csv", "size", 5L))
        .containsEntry("origin", "TOPIC");
    assertThat(letter("MESSAGE", "buckets")).isNotEmpty();
  }

  @Test
  void listsAreReadPageByPage() {
    for (var i = 0; i < 5; i++) {
      signals.announce("paged/name", Map.of("i", i));
    }
    var first = signals.get("/api/v3/signals/paged/name/instances?first=2");
    assertThat(numbers(first)).containsExactly(5L, 4L);
    var cursor = first.<Map<String, Object>>get("page_info").get("end_cursor");
    assertThat(
            numbers(signals.get("/api/v3/signals/paged/name/instances?first=9&cursor=" + cursor)))
        .containsExactly(3L, 2L, 1L);
    assertThat(numbers(signals.get("/api/v3/signals/instances?name=paged/name&last=2")))
        .containsExactly(2L, 1L);
    assertThat(signals.get("/api/v3/signals?first=200").<List<Map<String, Object>>>get("elements"))
        .anySatisfy(name ->
            assertThat(name).containsEntry("name", "paged/name").containsEntry("last_seq_id", 5L));
    assertThat(signals.get("/api/v3/signals/paged%2Fname/instances/3").<Long>get("seq_id"))
        .isEqualTo(3);
    assertThat(signals.get("/api/v3/signals/nothing/instances/latest").status()).isEqualTo(404);
    assertThat(signals.get("/api/v3/signals/nothing").status()).isEqualTo(404);
  }

  // ------------------------------------------------------------------ poison, lineage

  @Test
  void aMessageThatCannotBeReadIsParkedAndThePartitionMovesOn() {
    var topic = signals.topics.signals();
    signals.tell(topic, "poison", "{\"type\": \"ANNOUNCE\", \"name\": 5");
    signals.tell(topic, "poison", "{\"type\": \"SOMETHING_NEW\", \"name\": \"poison\"}");
    signals.tell(topic, "poison", announcement("poison", "bad", Map.of("a", List.of()), 1));
    signals.tell(topic, "poison", announcement("poison", "good", Map.of("a", 1L), 1));
    await(
        "the good one",
        () -> signals.get("/api/v3/signals/poison/instances/latest").status() == 200);
    var parked =
        signals
            .get("/api/v3/dead-letters?first=200")
            .<List<Map<String, Object>>>get("elements")
            .stream()
            .filter(letter -> "poison".equals(letter.get("key")))
            .toList();
    assertThat(parked).hasSize(3);

    signals.tell(signals.topics.triggers(), "wf-p", "{}");
    await("the news", () -> !letters("MESSAGE", signals.topics.triggers()).isEmpty());
    subscribe("wf-p", 1, 1L, on("after poison"));
  }

  @Test
  void aSignalThatCannotBeOfferedIsParkedAndTheNextOneIsOffered() {
    subscribe("wf-b", 1, 1L, on("broken"));
    var jdbc = signals.database.jdbc();
    var good =
        jdbc.sql("SELECT definition FROM signal_trigger WHERE workflow_id = 'wf-b'")
            .query(String.class)
            .single();
    // As a future version might write it.
    jdbc.sql("UPDATE signal_trigger SET definition = '[]' WHERE workflow_id = 'wf-b'").update();
    signals.announce("broken", Map.of("n", 1));
    var letter = letter("SIGNAL", "signal broken");
    jdbc.sql("UPDATE signal_trigger SET definition = ? WHERE workflow_id = 'wf-b'")
        .param(good)
        .update();
    signals.announce("broken", Map.of("n", 2));
    await("the second signal's start", () -> starts("wf-b").size() == 1);
    assertThat(signals.post("/api/v3/dead-letters/" + letter + "/actions/replay", ANY).status())
        .isEqualTo(204);
    await("the first signal's start", () -> starts("wf-b").size() == 2);
    assertThat(((Initiator.Signal) starts("wf-b").getLast().initiator()).signalIdMap())
        .isEqualTo(Map.of("broken", 1L));
  }

  @Test
  void lineageLeadsFromStepsOverSignalsToRunsAndMarksCycles() {
    subscribe("wf-l", 1, 1L, on("lineage"));
    signals.tell(signals.topics.signals(), "lineage", announcement("lineage", "l", ANY, 77));
    await("a start", () -> !starts("wf-l").isEmpty());
    answer(starts("wf-l").getFirst(), 5L);
    await(
        "the instance",
        () -> matches("/api/v3/signals/lineage/instances/1", "instance_id").contains(5L));
    // The run that was started announces a signal for which its first cause waits.
    signals.tell(
        signals.topics.signals(),
        "back",
        new SignalRequest.Announce(
            "back", "b", Map.of(), null, new SignalSource("wf-l", 5, 1, "s", 1), 1));
    waitFor("back", new SignalGate("source-wf", 77, 1, "s", 1, 0));
    await("the gate", () -> !opened("source-wf", 77).isEmpty());

    var down = signals.get("/api/v3/lineage/runs?workflow_id=source-wf&instance_id=77&depth=9");
    assertThat(down.<List<Map<String, Object>>>get("nodes"))
        .extracting(node -> node.get("kind"))
        .containsExactly("RUN", "SIGNAL", "RUN", "SIGNAL");
    assertThat(down.<List<Map<String, Object>>>get("edges"))
        .extracting(edge -> edge.get("kind") + " " + edge.get("cycle"))
        .containsExactly("ANNOUNCED false", "TRIGGERED false", "ANNOUNCED false", "OPENED true");
    assertThat(
            signals
                .get("/api/v3/lineage/signals?name=back&seq=1&direction=upstream&depth=9")
                .<List<Map<String, Object>>>get("nodes"))
        .hasSize(4);
    assertThat(
            signals
                .get("/api/v3/lineage/workflows?workflow_id=wf-l&direction=upstream")
                .<List<Map<String, Object>>>get("nodes"))
        .contains(Map.of("kind", "WORKFLOW", "workflow_id", "source-wf"));
    assertThat(signals.get("/api/v3/lineage/signals?name=none&seq=1").status()).isEqualTo(404);
    assertThat(signals.get("/api/v3/lineage/signals?name=back&seq=1&depth=99").status())
        .isEqualTo(400);
  }

  // ------------------------------------------------------------------ the engine's side

  private static Map<String, Object> on(String name, Object... more) {
    var trigger = new LinkedHashMap<String, Object>();
    trigger.put("definitions", Map.of(name, ANY));
    for (var i = 0; i < more.length; i += 2) {
      trigger.put((String) more[i], more[i + 1]);
    }
    return trigger;
  }

  private static void subscribe(
      String workflowId, long revision, @Nullable Long version, Object... triggers) {
    subscribeOld(workflowId, revision, version, triggers);
    await("the subscription", () -> revision(workflowId) >= revision);
  }

  private static void subscribeOld(
      String workflowId, long revision, @Nullable Long version, Object... triggers) {
    signals.tell(
        signals.topics.triggers(),
        workflowId,
        new TriggerNews(
            workflowId, 1, revision, version, "ann", List.of(), List.of(triggers), revision));
  }

  private static long revision(String workflowId) {
    return signals
        .database
        .jdbc()
        .sql("SELECT revision FROM signal_subscription WHERE workflow_id = ?")
        .param(workflowId)
        .query(Long.class)
        .optional()
        .orElse(-1L);
  }

  private static SignalRequest.Announce announcement(
      String name, String id, Map<String, Object> params, long instance) {
    return new SignalRequest.Announce(
        name, id, params, null, new SignalSource("source-wf", instance, 1, "s", 1), 1);
  }

  private static void waitFor(String name, SignalGate gate, SignalRequest.Condition... conditions) {
    signals.tell(
        signals.topics.signals(),
        name,
        new SignalRequest.Await(name, gate, List.of(conditions), 1));
  }

  private static List<EngineRequest.GateOpened> opened(String workflowId, long instance) {
    return signals.requests(EngineRequest.GateOpened.class).stream()
        .filter(opened ->
            opened.gate().workflowId().equals(workflowId) && opened.gate().instanceId() == instance)
        .toList();
  }

  private static void answer(EngineRequest.Start start, long instance) {
    signals.tell(
        signals.topics.answers(),
        start.workflowId(),
        new StartAnswer(
            start.workflowId(),
            start.triggerUuid(),
            start.requestId(),
            StartAnswer.Outcome.STARTED,
            instance,
            null,
            2));
  }

  private static List<EngineRequest.Start> starts(String workflowId) {
    return signals.requests(EngineRequest.Start.class).stream()
        .filter(start -> start.workflowId().equals(workflowId))
        .toList();
  }

  /** Everything on the topic of signals is read once more, as if it had never been. */
  private static void readAgain() {
    signals
        .database
        .jdbc()
        .sql("UPDATE signal_shard SET epoch = epoch + 1, consumed_offset = 0")
        .update();
  }

  private static List<@Nullable Object> matches(String path, String field) {
    var found = new ArrayList<@Nullable Object>();
    signals
        .get(path)
        .<List<Map<String, Object>>>get("matches")
        .forEach(match -> found.add(match.get(field)));
    return found;
  }

  private static List<Long> numbers(TestSignals.Answer page) {
    return page.<List<Map<String, Object>>>get("elements").stream()
        .map(signal -> (Long) signal.get("seq_id"))
        .toList();
  }

  private static List<String> letters(String kind, String topic) {
    return signals
        .get("/api/v3/dead-letters?first=200")
        .<List<Map<String, Object>>>get("elements")
        .stream()
        .filter(letter -> kind.equals(letter.get("kind")) && topic.equals(letter.get("topic")))
        .map(letter -> (String) letter.get("id"))
        .toList();
  }

  private static String letter(String kind, String topic) {
    await("a dead letter", () -> !letters(kind, topic).isEmpty());
    return letters(kind, topic).getFirst();
  }
}
