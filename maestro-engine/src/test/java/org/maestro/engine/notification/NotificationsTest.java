package org.maestro.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** What people are told when runs end, by real servers that take it. */
class NotificationsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @TempDir static Path dir;

  private static WebhookReceiver receiver;
  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    receiver = new WebhookReceiver();
    engine =
        TestEngine.start(
            DATABASE,
            "maestro.step.shell.data-dir=" + dir.resolve("steps"),
            "maestro.notify.public-url=https://maestro.example.org",
            "maestro.notify.look-every=200ms",
            "maestro.notify.webhooks.ops.url=" + receiver.url("/ops"),
            "maestro.notify.webhooks.ops.secret=" + WebhookReceiver.SECRET);
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    receiver.close();
    DATABASE.close();
  }

  @Test
  void aRunThatFailsTellsAWebhookWhatFailedFirst() {
    client.push(
        workflow(
            "fails",
            shell("load", "echo no such file >&2; exit 3", List.of("after"), NO_RETRY),
            noop("after")),
        Map.of("alerting", Map.of("webhooks", List.of("ops"))));
    var run = client.start("fails");
    assertThat(client.ended(run)).isEqualTo("FAILED");
    awaitUntil(
        "it has been told",
        () -> !receiver.about("fails").isEmpty(),
        () -> receiver.delivered + "");
    var told = receiver.about("fails").getFirst();
    assertThat(told.isSigned()).isTrue();
    assertThat(told.path()).isEqualTo("/ops");
    assertThat(told.id()).startsWith("msg_");
    assertThat(told.body()).containsEntry("type", "run.failed");
    assertThat(told.data())
        .containsEntry("run", "fails#1.1")
        .containsEntry("status", "FAILED")
        .containsEntry("owner", "tester")
        .containsEntry("link", "https://maestro.example.org/workflows/fails/instances/1/runs/1");
    assertThat(String.valueOf(told.data().get("text")))
        .contains("fails#1.1 failed", "Failed first: step \"load\"", "no such file");
    assertThat(DATABASE.jdbc().sql("SELECT status FROM notification").query(String.class).list())
        .containsOnly("SENT");
  }
}
