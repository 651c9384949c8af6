package org.maestro.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Two nodes over one database; one is killed between the ends of runs and what is told of them. */
class KilledSendersTest {
  private static final int RUNS = 24;

  @TempDir Path dir;

  private final TestDatabase database = TestDatabase.create();
  private final WebhookReceiver receiver = new WebhookReceiver();
  private TestEngine here;
  private Process there;

  private String[] settings() {
    return new String[] {
      "maestro.step.shell.data-dir=" + dir.resolve("steps"),
      "maestro.notify.look-every=500ms",
      "maestro.notify.timeout=1s",
      "maestro.notify.lease=3s",
      "maestro.notify.webhooks.ops.url=" + receiver.url("/ops"),
      "maestro.notify.webhooks.ops.secret=" + WebhookReceiver.SECRET
    };
  }

  @BeforeEach
  void start() {
    here = TestEngine.start(database, settings());
    there = TestEngine.startProcess(database, dir.resolve("there.log"), settings());
    awaitUntil("both nodes own shards", () -> owners().size() == 2, () -> owners().toString());
  }

  @AfterEach
  void stop() {
    there.destroyForcibly();
    here.close();
    receiver.close();
    database.close();
  }

  private List<String> owners() {
    return database
        .jdbc()
        .sql("SELECT DISTINCT owner FROM engine_shard")
        .query(String.class)
        .list();
  }

  @Test
  @Timeout(180)
  void everyEventArrivesUnderOneIdAlthoughANodeIsKilledAsTheRunsEnd() throws Exception {
    var client = new EngineClient(here);
    client.push(
        workflow("ends", sleep("s", 2)),
        Map.of(
            "run_strategy",
            Map.of("rule", "PARALLEL", "workflow_concurrency", 100),
            "alerting",
            Map.of("webhooks", List.of("ops"), "type_configs", Map.of("RUN_SUCCESS", Map.of()))));
    receiver.hold();
    var runs = new ArrayList<RunName>();
    for (var i = 0; i < RUNS; i++) {
      runs.add(client.start("ends"));
    }
    awaitUntil(
        "something is being told", () -> receiver.held() > 2, () -> receiver.held() + " are held");

    there.destroyForcibly().waitFor();
    receiver.release();

    for (var run : runs) {
      assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    }
    awaitUntil(
        "all were told",
        () ->
            database
                    .jdbc()
                    .sql("SELECT count(*) FROM notification WHERE status = 'SENT'")
                    .query(Long.class)
                    .single()
                == RUNS,
        () ->
            database
                .jdbc()
                .sql("SELECT instance_id || ' ' || status FROM notification")
                .query(String.class)
                .list()
                .toString());
    assertThat(receiver.delivered).allMatch(WebhookReceiver.Delivered::isSigned);
    var idsByRun =
        receiver.delivered.stream()
            .collect(
                Collectors.groupingBy(
                    one -> String.valueOf(one.data().get("run")),
                    Collectors.mapping(WebhookReceiver.Delivered::id, Collectors.toSet())));
    assertThat(idsByRun).hasSize(RUNS);
    assertThat(idsByRun.values())
        .as("a repeat has the id of the first")
        .allMatch(ids -> ids.size() == 1);
  }
}
