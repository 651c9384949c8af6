package org.maestro.engine.step.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.typed;
import static org.maestro.engine.Workflows.workflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Steps in a cluster, as part of runs. */
class KubernetesStepsTest {
  @TempDir private Path dir;

  private static Map<String, Object> step(String id, String type, Map<String, Object> fields) {
    return typed(
        id,
        type,
        List.of(),
        Map.of("kubernetes", param("MAP", fields), "rows", param("LONG", 0)),
        NO_RETRY);
  }

  /** The first is as the standard's own example has it. */
  @Test
  void stepsOfTheStandardRunInTheClusterThatIsConfigured() throws Exception {
    try (var database = TestDatabase.create();
        var cluster = new FakeCluster(Files.createDirectory(dir.resolve("node")));
        var engine =
            TestEngine.start(
                database,
                "maestro.step.shell.data-dir=" + dir.resolve("steps"),
                "maestro.runtimes.kubernetes.address=" + cluster.address(),
                "maestro.runtimes.kubernetes.namespace=" + FakeCluster.NAMESPACE)) {
      var client = new EngineClient(engine);
      var run =
          client.run(
              workflow(
                  "clustered",
                  step(
                      "plain",
                      "kubernetes",
                      Map.of(
                          "image", param("STRING", "busybox"),
                          "command", param("STRING_ARRAY", List.of("echo")),
                          "args", param("STRING_ARRAY", List.of("hello", "world")))),
                  step(
                      "counts",
                      "titus",
                      Map.of(
                          "image",
                          param("STRING", "busybox"),
                          "command",
                          param("STRING_ARRAY", List.of("sh", "-c")),
                          "args",
                          param(
                              "STRING_ARRAY",
                              List.of("echo '{\"rows\": 42}' >$$MAESTRO_OUTPUT"))))));

      assertThat(client.ended(run)).as("%s", client.steps(run)).isEqualTo("SUCCEEDED");
      assertThat(value(client.step(run, "counts"), "rows")).isEqualTo(42L);
      assertThat(client.step(run, "plain").toString()).contains("maestro_kubernetes");
    }
  }
}
