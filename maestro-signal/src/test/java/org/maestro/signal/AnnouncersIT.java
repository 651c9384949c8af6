package org.maestro.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.signal.TestSignals.await;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.SignalRequest.SignalSource;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.start.Initiator;

/**
 * A workflow that says whose signals it takes takes nobody else's, whatever they call themselves.
 */
class AnnouncersIT {
  private static final List<String> PEOPLE = List.of("ada", "bob", "cal", "root");
  private static TestSignals signals;

  @BeforeAll
  static void start() {
    TestSignals.makeTopic("announcers", 1);
    var properties = new ArrayList<String>();
    properties.add("--maestro.signal.sources[0].topic=announcers");
    properties.add("--maestro.signal.sources[0].name=/what");
    for (var i = 0; i < PEOPLE.size(); i++) {
      var token = "--maestro.security.tokens[" + i + "].";
      properties.add(token + "sha256=" + digest(PEOPLE.get(i)));
      properties.add(token + "principal=" + PEOPLE.get(i));
      properties.add(token + "roles=" + (PEOPLE.get(i).equals("root") ? "USER,ADMIN" : "USER"));
    }
    signals = new TestSignals(properties.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    signals.close();
  }

  private static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void subscribe(
      String workflowId, String name, @Nullable List<String> announcers, String... more) {
    var definition = new LinkedHashMap<String, Object>();
    definition.put("definitions", Map.of(name, Map.of()));
    if (more.length > 0) {
      definition.put("condition", more[0]);
    }
    signals.tell(
        signals.topics.triggers(),
        workflowId,
        new TriggerNews(
            workflowId, 1, 1, 1L, "ada", List.of(), List.of(definition), 1, announcers));
    await(
        "the subscription",
        () ->
            signals
                    .database
                    .jdbc()
                    .sql("SELECT count(*) FROM signal_trigger WHERE workflow_id = ?")
                    .param(workflowId)
                    .query(Long.class)
                    .single()
                == 1);
  }

  private static void announce(String person, String name) {
    signals.token = person;
    assertThat(signals.announce(name, Map.of()).status()).isEqualTo(201);
  }

  /** The numbers of the signals that a workflow was to be started with. */
  private static List<Long> starts(String workflowId, String name) {
    return signals.requests(EngineRequest.Start.class).stream()
        .filter(start -> start.workflowId().equals(workflowId))
        .map(start -> ((Initiator.Signal) start.initiator()).signalIdMap().get(name))
        .toList();
  }

  private static SignalRequest.Announce ofStep(String name, @Nullable String owner) {
    return new SignalRequest.Announce(
        name, "of " + owner, Map.of(), null, new SignalSource("w", 1, 1, "s", 1), 1, owner);
  }

  @Test
  void aTriggerTakesSignalsOfThoseItsWorkflowNamesOfItsOwnerAndOfAdministrators() {
    subscribe("chosen", "gold", List.of("cal"));
    subscribe("evaluated", "gold", List.of("cal"), "true");
    subscribe("anybody", "gold", null);
    subscribe("everybody", "gold", List.of("*"));
    PEOPLE.forEach(person -> announce(person, "gold"));
    signals.tell(signals.topics.signals(), "gold", ofStep("gold", "bob")); // 5
    signals.tell(signals.topics.signals(), "gold", ofStep("gold", "cal")); // 6
    signals.tell(signals.topics.signals(), "gold", ofStep("gold", null)); // 7
    signals.tell(signals.topics.signals(), "gold", ofStep("gold", "ada")); // 8
    await("all starts", () -> starts("anybody", "gold").size() == 8);
    await("all starts", () -> starts("everybody", "gold").size() == 8);
    await("all starts", () -> starts("chosen", "gold").size() == 5);
    await("all starts", () -> starts("evaluated", "gold").size() == 5);
    assertThat(starts("chosen", "gold")).containsExactly(1L, 3L, 4L, 6L, 8L);
    assertThat(starts("evaluated", "gold")).containsExactly(1L, 3L, 4L, 6L, 8L);
    assertThat(signals.get("/api/v3/signals/gold/instances/2").body())
        .containsEntry("principal", "bob");
  }

  @Test
  void aCloudEventThatCallsItselfAnotherIsOfWhoeverSentIt() {
    subscribe("events", "silver", List.of("cal"));
    for (var person : List.of("bob", "cal")) {
      signals.token = person;
      var answer =
          signals.post(
              "/api/v3/signals/cloudevents",
              "application/cloudevents+json",
              "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"cal\", \"type\": \"silver\"}"
                  .formatted(person));
      assertThat(answer.status()).isEqualTo(201);
    }
    await("a start", () -> !starts("events", "silver").isEmpty());
    assertThat(starts("events", "silver")).containsExactly(2L);
  }

  @Test
  void aTopicIsNamedAsSuch() {
    subscribe("topical", "bronze", List.of("topic:announcers"));
    announce("bob", "bronze");
    signals.tell("announcers", "k", Map.of("what", "bronze"));
    await("a start", () -> !starts("topical", "bronze").isEmpty());
    assertThat(starts("topical", "bronze")).containsExactly(2L);
  }

  @Test
  void aGateIsOpenedByThemAlone() {
    subscribe("waits", "unrelated", List.of("cal"));
    announce("bob", "iron");
    waitFor("iron", new SignalGate("waits", 1, 1, "s", 1, 0), null);
    waitFor("iron", new SignalGate("maestro_foreach_x", 1, 1, "s", 1, 0), "waits");
    waitFor("iron", new SignalGate("others", 1, 1, "s", 1, 0), null);
    await("the open one", () -> opened("others").equals(List.of(1L)));
    announce("bob", "iron");
    announce("cal", "iron");
    await("the first", () -> opened("waits").equals(List.of(3L)));
    await("that of the loop", () -> opened("maestro_foreach_x").equals(List.of(3L)));

    announce("bob", "iron");
    waitFor("iron", new SignalGate("waits", 2, 1, "s", 1, 0), null);
    await("one from before", () -> opened("waits").equals(List.of(3L, 3L)));
  }

  private static void waitFor(String name, SignalGate gate, @Nullable String ofWorkflow) {
    signals.tell(
        signals.topics.signals(),
        name,
        new SignalRequest.Await(name, gate, List.of(), 1, ofWorkflow));
  }

  private static List<Long> opened(String workflowId) {
    return signals.requests(EngineRequest.GateOpened.class).stream()
        .filter(opened -> opened.gate().workflowId().equals(workflowId))
        .map(EngineRequest.GateOpened::seqId)
        .toList();
  }
}
