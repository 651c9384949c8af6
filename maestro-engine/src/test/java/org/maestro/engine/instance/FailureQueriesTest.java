package org.maestro.engine.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.workflow;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

/** What failed, by what went wrong. */
class FailureQueriesTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @TempDir static Path dir;

  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE, "maestro.step.shell.data-dir=" + dir.resolve("steps"));
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  private static List<?> groups(String query) {
    return (List<?>) engine.call("GET", "/api/v3/failures" + query, null).at("groups");
  }

  private static Map<?, ?> only(List<?> groups) {
    assertThat(groups).hasSize(1);
    return (Map<?, ?>) groups.getFirst();
  }

  @Test
  void runsThatFailedInTheSameWayAreOneGroupAndThoseRestartedAreInNone() {
    var full = shell("write", "echo disk $$$$ is full >&2; exit 3", List.of(), NO_RETRY);
    for (int i = 0; i < 3; i++) {
      var run = client.run(workflow("full", full));
      assertThat(client.status(run)).isEqualTo("FAILED");
    }
    client.run(
        workflow("gone", shell("read", "echo no such file >&2; exit 1", List.of(), NO_RETRY)));

    assertThat(
            groups("").stream()
                .map(group -> String.valueOf(((Map<?, ?>) group).get("workflow_id"))))
        .startsWith("gone", "full");
    var group = only(groups("?workflow=full"));
    assertThat(group.get("count")).hasToString("3");
    assertThat(group.get("signature")).hasToString("write: exited with status #: disk # is full");
    assertThat(group.get("message").toString())
        .matches("write: exited with status 3: disk \\d+ is full");
    var of =
        "?signature=" + URLEncoder.encode((String) group.get("signature"), StandardCharsets.UTF_8);
    assertThat((List<?>) only(groups(of)).get("runs")).hasSize(3);
    assertThat(groups("?signature=other")).isEmpty();
    assertThat(groups("?owner=nobody")).isEmpty();

    var again =
        engine.call(
            "POST",
            "/api/v3/workflows/full/instances/1/actions/restart",
            "{\"restart_policy\": \"RESTART_FROM_BEGINNING\", \"request_id\": \"again\"}");
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(Integer.parseInt(only(groups("?workflow=full")).get("count").toString()))
        .as("one is being run again")
        .isBetween(2, 3);
    assertThat((List<?>) only(groups(of)).get("runs"))
        .as("the run that was restarted counts no more")
        .noneMatch(run ->
            ((Map<?, ?>) run).get("workflow_instance_id").toString().equals("1")
                && ((Map<?, ?>) run).get("workflow_run_id").toString().equals("1"));
  }

  @Test
  void iterationsThatFailedAreNotListedBesideTheirRun() {
    var run =
        client.run(
            workflow(
                "looped",
                foreach(
                    "days",
                    Map.of("day", param("LONG_ARRAY", List.of(1, 2, 3))),
                    List.of(shell("job", "exit 1", List.of(), NO_RETRY)),
                    List.of(),
                    Map.of())));
    assertThat(client.status(run)).isEqualTo("FAILED");
    var group = only(groups("?workflow=looped"));
    assertThat(group.get("count")).hasToString("1");
    assertThat(groups(""))
        .noneMatch(
            other -> ((Map<?, ?>) other).get("workflow_id").toString().startsWith("maestro_"));
  }
}
