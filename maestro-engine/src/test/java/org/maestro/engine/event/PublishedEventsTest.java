package org.maestro.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.retries;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.ShardConsumer;
import org.maestro.messaging.ShardListener;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.maestro.service.messaging.TestKafka;

/** What others hear of runs: read from the topic of events as they would. */
class PublishedEventsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Received RECEIVED = new Received();

  @TempDir static Path dir;

  private static TestEngine engine;
  private static EngineClient client;
  private static ShardConsumer consumer;

  /** Everything on the topic, from its beginning; by partition in its order. */
  private static final class Received implements ShardListener {
    private final List<ReceivedMessage> all = new CopyOnWriteArrayList<>();

    @Override
    public Map<Integer, Long> onAssigned(Set<Integer> partitions) {
      var offsets = new HashMap<Integer, Long>();
      partitions.forEach(partition -> offsets.put(partition, 0L));
      return offsets;
    }

    @Override
    public void onRevoked(Set<Integer> partitions) {}

    @Override
    public void onLost(Set<Integer> partitions) {}

    @Override
    public void onCommands(int partition, List<ReceivedMessage> messages) {
      all.addAll(messages);
    }

    @Override
    public void onOffsetReset(int partition, long expected, long continuesAt) {}

    List<ReceivedMessage> about(RunName run) {
      var key = "%s#%d.%d".formatted(run.workflowId(), run.instance(), run.run());
      return all.stream().filter(message -> message.key().equals(key)).toList();
    }
  }

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE, "maestro.step.shell.data-dir=" + dir.resolve("steps"));
    client = new EngineClient(engine);
    consumer =
        new ShardConsumer(
            KafkaSettings.plain(
                TestKafka.bootstrapServers(), DATABASE.name() + "-listener", "listener"),
            TestEngine.eventsTopic(DATABASE),
            RECEIVED);
    consumer.start();
  }

  @AfterAll
  static void stop() {
    consumer.close();
    engine.close();
    DATABASE.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(ReceivedMessage message) {
    return StrictJson.mapper().readValue(message.value(), Map.class);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> data(ReceivedMessage message) {
    return (Map<String, Object>) json(message).get("data");
  }

  /** Statuses in the order heard: of the run under "run", of attempts under step/attempt. */
  @SuppressWarnings("unchecked")
  private static Map<String, List<String>> histories(RunName run) {
    var histories = new LinkedHashMap<String, List<String>>();
    for (var message : RECEIVED.about(run)) {
      var data = data(message);
      var who =
          data.containsKey("step_id")
              ? data.get("step_id") + "/" + data.get("step_attempt_id")
              : "run";
      var history = histories.computeIfAbsent(who, _ -> new ArrayList<>());
      for (var change : (List<Map<String, Object>>) data.get("status_change_records")) {
        var from = (String) change.get("old_status");
        if (history.isEmpty()) {
          history.add(from);
        }
        assertThat(from).as("%s continues %s", who, history).isEqualTo(history.getLast());
        history.add((String) change.get("new_status"));
      }
    }
    return histories;
  }

  private static void heardToTheEnd(RunName run) {
    var status = client.ended(run);
    awaitUntil(
        "the end of " + run + " is heard",
        () -> histories(run).getOrDefault("run", List.of("")).getLast().equals(status),
        () -> histories(run).toString());
  }

  @Test
  void everyStatusChangeArrivesInOrder() {
    client.push(
        workflow("told", noop("a", "b"), sleep("b", 1, "c?false", "d"), noop("c"), noop("d")));
    var run = client.start("told");
    heardToTheEnd(run);
    assertThat(histories(run).get("run")).containsExactly("CREATED", "IN_PROGRESS", "SUCCEEDED");
    assertThat(histories(run)).containsOnlyKeys("run", "a/1", "b/1", "c/1", "d/1");
    assertThat(histories(run).get("a/1")).startsWith("NOT_CREATED").endsWith("SUCCEEDED");
    assertThat(histories(run).get("b/1")).contains("RUNNING").endsWith("SUCCEEDED");
    assertThat(histories(run).get("c/1")).endsWith("UNSATISFIED");
  }

  @Test
  void everyAttemptIsTold() {
    client.push(workflow("told-retries", shell("s", "exit 1", List.of(), retries(1))));
    var run = client.start("told-retries");
    heardToTheEnd(run);
    assertThat(histories(run).get("run")).endsWith("FAILED");
    assertThat(histories(run).get("s/1")).endsWith("USER_FAILED");
    assertThat(histories(run).get("s/2")).endsWith("FATALLY_FAILED");
  }

  @Test
  void manyRunsAtOnceAreEachToldInOrder() {
    client.push(
        workflow("told-many", noop("a", "b"), noop("b")),
        Map.of("run_strategy", Map.of("rule", "PARALLEL")));
    var runs = new ArrayList<RunName>();
    for (int i = 0; i < 30; i++) {
      runs.add(client.start("told-many"));
    }
    for (var run : runs) {
      heardToTheEnd(run);
      assertThat(histories(run).get("run")).containsExactly("CREATED", "IN_PROGRESS", "SUCCEEDED");
      assertThat(histories(run)).containsOnlyKeys("run", "a/1", "b/1");
    }
  }

  @Test
  void everyEventIsAValidCloudEvent() {
    client.push(workflow("told-valid", noop("a")));
    var run = client.start("told-valid");
    heardToTheEnd(run);
    var ids = new ArrayList<String>();
    for (var message : RECEIVED.about(run)) {
      assertThat(message.headers())
          .containsEntry("content-type", "application/cloudevents+json; charset=UTF-8");
      var event = json(message);
      assertThat(event)
          .containsEntry("specversion", "1.0")
          .containsEntry("datacontenttype", "application/json");
      assertThat(event.keySet()).allMatch(name -> name.matches("[a-z0-9]{1,20}"));
      assertThat((String) event.get("id")).isNotEmpty();
      assertThat(URI.create((String) event.get("source"))).isNotNull();
      assertThat((String) event.get("type")).startsWith("org.maestro.");
      assertThat((String) event.get("subject")).startsWith(message.key());
      assertThat(Instant.parse((String) event.get("time"))).isAfter(Instant.EPOCH);
      assertThat(data(message))
          .containsEntry("workflow_id", "told-valid")
          .containsKeys("workflow_instance_id", "workflow_run_id", "workflow_uuid");
      ids.add((String) event.get("id"));
    }
    assertThat(ids).doesNotHaveDuplicates();
  }
}
