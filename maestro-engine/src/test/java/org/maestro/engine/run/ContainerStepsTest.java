package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.typed;
import static org.maestro.engine.Workflows.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedPodman;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.engine.TestPodman;
import org.maestro.service.database.TestDatabase;

/** Steps in containers, as part of runs. */
class ContainerStepsTest {
  private final TestDatabase database = TestDatabase.create();

  @TempDir private Path dir;

  private TestEngine engine;
  private EngineClient client;

  @AfterEach
  void stop() {
    if (engine != null) {
      engine.close();
    }
    database.close();
  }

  private void startEngine(String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.add("maestro.step.shell.data-dir=" + dir.resolve("steps"));
    engine = TestEngine.start(database, all.toArray(String[]::new));
    client = new EngineClient(engine);
  }

  private static Map<String, Object> container(String id, String type, String field, String text) {
    return typed(
        id,
        type,
        List.of(),
        Map.of(
            field,
            param(
                "MAP",
                Map.of(
                    "image",
                    param("STRING", EmbeddedPodman.IMAGE),
                    field.equals("docker") ? "command" : "args",
                    param("STRING_ARRAY", List.of("sh", "-c", text)),
                    "memory",
                    param("STRING", "64Mi"))),
            "rows",
            param("LONG", 0)),
        NO_RETRY);
  }

  @Test
  void withoutAContainerEngineAPushSaysWhatToSetAndAStartIsRefused() {
    startEngine();
    var definition = workflow("contained", container("load", "Docker", "docker", "true"));

    var pushed =
        engine.call(
            "POST",
            "/api/v3/workflows",
            Map.of("properties", Map.of("owner", "ada"), "workflow", definition));
    assertThat(pushed.status()).isEqualTo(200);
    assertThat(pushed.at("warnings").toString())
        .contains("need a container engine", "set maestro.runtimes.docker.socket");
    var started = client.tryStart("contained", Map.of());
    assertThat(started.status()).isEqualTo(422);
    assertThat(started.text()).contains("set maestro.runtimes.docker.socket");
  }

  @Test
  void withoutAClusterAPushSaysWhatToSetAndAStartIsRefused() {
    startEngine();
    var definition = workflow("clustered", container("load", "Kubernetes", "kubernetes", "true"));

    var pushed =
        engine.call(
            "POST",
            "/api/v3/workflows",
            Map.of("properties", Map.of("owner", "ada"), "workflow", definition));
    assertThat(pushed.status()).isEqualTo(200);
    assertThat(pushed.at("warnings").toString())
        .contains("need a cluster", "set maestro.runtimes.kubernetes.address");
    assertThat(client.tryStart("clustered", Map.of()).status()).isEqualTo(422);
  }

  @Test
  void aDefinitionForAClusterRunsOnTheContainerEngineIfTheOperatorSaysSo() {
    startEngine(
        "maestro.runtimes.docker.socket=" + TestPodman.get().socket(),
        "maestro.runtimes.docker.steps=Docker,Titus,Kubernetes",
        "maestro.runtimes.docker.concurrency=1",
        "maestro.runtimes.spare.type=docker",
        "maestro.runtimes.spare.socket=" + TestPodman.get().socket(),
        "maestro.runtimes.spare.owners=nobody");
    var run =
        client.run(
            workflow(
                "clustered",
                container(
                    "one", "Kubernetes", "kubernetes", "echo '{\"rows\": 1}' >$$MAESTRO_OUTPUT"),
                container(
                    "two", "Kubernetes", "kubernetes", "echo '{\"rows\": 2}' >$$MAESTRO_OUTPUT")));

    assertThat(client.ended(run)).as("%s", client.steps(run)).isEqualTo("SUCCEEDED");
    assertThat(value(client.step(run, "one"), "rows")).isEqualTo(1L);
    assertThat(value(client.step(run, "two"), "rows")).isEqualTo(2L);
  }

  @Test
  void containersOfBothTypesHandBackValuesAndTheTimelineTellsOfPulls() {
    startEngine("maestro.runtimes.docker.socket=" + TestPodman.get().socket());
    var output = "echo '{\"rows\": 42}' >$$MAESTRO_OUTPUT";
    var run =
        client.run(
            workflow(
                "contained",
                container("load", "Docker", "docker", output),
                container("by_titus", "Titus", "titus", output),
                container("by_kubernetes", "titus", "kubernetes", output)));

    assertThat(client.ended(run)).as("%s", client.steps(run)).isEqualTo("SUCCEEDED");
    for (var step : List.of("load", "by_titus", "by_kubernetes")) {
      assertThat(value(client.step(run, step), "rows")).isEqualTo(42L);
    }

    var missing =
        client.run(
            workflow(
                "missing",
                typed(
                    "load",
                    "Docker",
                    List.of(),
                    Map.of(
                        "docker",
                        param("MAP", Map.of("image", param("STRING", "127.0.0.1:1/none:1")))),
                    Map.of(
                        "retry_policy",
                        Map.of("error_retry_limit", 0, "platform_retry_limit", 0)))));
    assertThat(client.ended(missing)).isEqualTo("FAILED");
    assertThat(client.step(missing, "load").get("timeline").toString())
        .contains("Pulls the image 127.0.0.1:1/none:1", "can't be pulled");
  }

  @Test
  void aContainerThatIsKilledIsGoneAndSoIsItsStep() {
    startEngine(
        "maestro.runtimes.docker.socket=" + TestPodman.get().socket(),
        "maestro.runtimes.docker.grace=200ms");
    client.push(
        workflow("endless", container("load", "Docker", "docker", "while :; do sleep 1; done")));
    var run = client.start("endless");
    client.reached(run, "load", "RUNNING");

    assertThat(client.action(run, "kill").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("FAILED");
    assertThat(TestPodman.get().podman("ps", "--filter", "label=org.maestro.workflow=endless"))
        .doesNotContain("maestro-");
  }
}
