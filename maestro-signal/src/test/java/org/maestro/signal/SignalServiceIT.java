package org.maestro.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.signal.TestSignals.await;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerIds;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.start.Initiator;

class SignalServiceIT {
  private static TestSignals signals;

  @BeforeAll
  static void start() {
    signals = new TestSignals();
  }

  @AfterAll
  static void stop() {
    signals.close();
  }

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
    assertThat(start.triggerUuid()).isEqualTo(TriggerIds.signalTrigger(1, 1, 0));
    assertThat(start.initiator())
        .isEqualTo(
            new Initiator.Signal(
                start.triggerUuid(),
                Map.of("table/a", 2L),
                Map.of("table/a", Map.of("day", 6L, "region", "us"), "region", "us!")));

    answer(start, 17L);
    await("the instance", () -> matches("/api/v3/signals/table/a/instances/2").contains(17L));
    assertThat(signals.get("/api/v3/signals/table/a/instances/latest").body())
        .containsEntry("params", Map.of("day", 6L, "region", "us"));
    assertThat(signals.get("/api/v3/signals/instances/1?name=table/a").body())
        .containsEntry("matches", List.of());
  }

  @Test
  void aGateOpensWhenItsSignalComesAndAtOnceIfItIsThere() {
    var first = new SignalGate("wf-2", 1, 1, "s", 1, 0);
    var condition = List.of(new SignalRequest.Condition("n", MatchOperator.EQUALS, 5L));
    signals.tell(
        signals.topics.signals(), "gate", new SignalRequest.Await("gate", first, condition, 1));
    signals.announce("gate", Map.of("n", 4));
    signals.announce("gate", Map.of("n", 5, "x", "y"));
    await("the gate", () -> opened("wf-2", 1) != null);
    assertThat(opened("wf-2", 1))
        .isEqualTo(new EngineRequest.GateOpened(first, 2, Map.of("n", 5L, "x", "y")));

    signals.announce("gate", Map.of("n", 5));
    var second = new SignalGate("wf-2", 2, 1, "s", 1, 0);
    signals.tell(
        signals.topics.signals(), "gate", new SignalRequest.Await("gate", second, condition, 1));
    await("the second gate", () -> opened("wf-2", 2) != null);
    assertThat(opened("wf-2", 2))
        .isEqualTo(new EngineRequest.GateOpened(second, 3, Map.of("n", 5L)));
  }

  private static EngineRequest.@Nullable GateOpened opened(String workflowId, long instance) {
    return signals.requests(EngineRequest.GateOpened.class).stream()
        .filter(opened ->
            opened.gate().workflowId().equals(workflowId) && opened.gate().instanceId() == instance)
        .findFirst()
        .orElse(null);
  }

  @Test
  void theSameRequestIdAnnouncesOnce() {
    var body = Map.of("name", "once", "params", Map.of("a", "b"), "request_id", "r-1");
    assertThat(signals.post("/api/v3/signals", body).status()).isEqualTo(201);
    assertThat(signals.post("/api/v3/signals", body).status()).isEqualTo(409);
    signals.announce("once", Map.of("a", "b"));
    assertThat(signals.get("/api/v3/signals/once/instances/latest").<Long>get("seq_id"))
        .isEqualTo(2);
  }

  static void subscribe(String workflowId, long revision, Long version, Object... triggers) {
    signals.tell(
        signals.topics.triggers(),
        workflowId,
        new TriggerNews(
            workflowId, 1, revision, version, "ann", List.of(), List.of(triggers), revision));
    await(
        "the subscription",
        () ->
            signals
                    .database
                    .jdbc()
                    .sql(
                        "SELECT count(*) FROM signal_subscription WHERE workflow_id = ? AND revision ="
                            + " ?")
                    .params(workflowId, revision)
                    .query(Long.class)
                    .single()
                > 0);
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

  @SuppressWarnings("unchecked")
  private static List<Object> matches(String path) {
    return ((List<Map<String, Object>>) signals.get(path).get("matches"))
        .stream().map(match -> match.get("instance_id")).toList();
  }
}
