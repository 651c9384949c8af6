package org.maestro.engine.step.runtime.docker;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.maestro.embedded.EmbeddedPodman;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.docker.DockerSettings.MountSource;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.maestro.zones.Zones;

/** A Docker runtime in a JVM of its own, so that a test can kill it. */
final class DockerEngineProcess {
  private DockerEngineProcess() {}

  /** Launches a container per uuid, and waits to be killed. */
  public static void main(String[] args) throws Exception {
    Zones.install();
    var folders = new AttemptFolders(Path.of(args[0]));
    var runtime =
        new DockerRuntime(
            "docker",
            settings(args[1], Path.of(args[2])),
            folders,
            folders.newTokens(),
            Secrets.NONE,
            (_, _) -> {},
            _ -> true,
            InstantSource.system());
    Arrays.stream(args).skip(3).forEach(uuid -> runtime.launch(launch(uuid)));
    new CountDownLatch(1).await();
  }

  static DockerSettings settings(String socket, Path shared) {
    return DockerSettings.at(socket)
        .with(Map.of("shared", new MountSource(shared, true)), List.of());
  }

  /** Notes that it began, waits for a file, and hands back a value. */
  static Launch launch(String uuid) {
    var script =
        """
        echo $MAESTRO_ATTEMPT_UUID >>/shared/began
        echo before
        while [ ! -e /shared/go ]; do sleep 0.1; done
        echo after
        echo '{"n": 7}' >"$MAESTRO_OUTPUT"
        """;
    return new Launch(
        new AttemptRef("wf", 1, 1, "step", 1, uuid),
        StepType.DOCKER,
        "owner",
        Map.of(
            "docker",
            Map.of(
                "image", EmbeddedPodman.IMAGE,
                "mounts", Map.of("/shared", "shared"),
                "command", List.of("sh", "-c", script))),
        null);
  }
}
