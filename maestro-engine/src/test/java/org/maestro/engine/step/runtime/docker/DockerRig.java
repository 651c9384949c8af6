package org.maestro.engine.step.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.maestro.embedded.EmbeddedPodman;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.docker.DockerSettings.Limits;
import org.maestro.engine.step.runtime.docker.DockerSettings.MountSource;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.secret.SecretSettings;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.springframework.util.unit.DataSize;

/** Docker runtimes over a real Podman, a data directory and a folder that containers see, too. */
final class DockerRig implements AutoCloseable {
  static final long OUTPUT_LIMIT = 100_000;
  private final EmbeddedPodman podman;
  private final Path dataDir;
  private final List<DockerRuntime> opened = new ArrayList<>();
  private DockerSettings settings;
  private Secrets secrets = new Secrets(SecretSettings.NONE, Map.of());

  DockerRig(EmbeddedPodman podman, Path dataDir, Path shared) throws IOException {
    this.podman = podman;
    this.dataDir = dataDir;
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    this.settings =
        DockerSettings.at(podman.socket())
            .with(Map.of("shared", new MountSource(shared, true)), List.of())
            .with(
                new Limits(
                    1,
                    2,
                    DataSize.ofMegabytes(64),
                    DataSize.ofMegabytes(128),
                    64,
                    128,
                    0,
                    DataSize.ofMegabytes(16),
                    OUTPUT_LIMIT,
                    1 << 20))
            .withTimes(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5));
  }

  DockerSettings settings() {
    return settings;
  }

  DockerRig with(DockerSettings others) {
    settings = others;
    return this;
  }

  DockerRig with(Secrets others) {
    secrets = others;
    return this;
  }

  EmbeddedPodman podman() {
    return podman;
  }

  DockerRuntime runtime(StepReporter reporter) {
    var folders = new AttemptFolders(dataDir);
    var runtime =
        new DockerRuntime(
            "docker",
            settings,
            folders,
            folders.newTokens(),
            secrets,
            reporter,
            _ -> false,
            InstantSource.system());
    opened.add(runtime);
    return runtime;
  }

  Launch script(String text) {
    return launch(Map.of("command", List.of("sh", "-c", text)));
  }

  /** With the image, the shared folder and what is given. */
  Launch launch(Map<String, Object> docker) {
    var all = new HashMap<String, Object>();
    all.put("image", EmbeddedPodman.IMAGE);
    all.put("env", Map.of("SHARED", "/shared"));
    all.put("mounts", Map.of("/shared", "shared"));
    all.putAll(docker);
    return new Launch(
        new AttemptRef("wf", 1, 2, "step", 3, UUID.randomUUID().toString()),
        StepType.DOCKER,
        "owner",
        Map.of("docker", all),
        null);
  }

  AttemptFolder folder(Launch launch) {
    return new AttemptFolders(dataDir).of(launch.attempt().uuid());
  }

  String token(Launch launch) {
    return new AttemptFolders(dataDir).newTokens().issue(launch.attempt());
  }

  @Override
  public void close() {
    opened.forEach(DockerRuntime::close);
  }
}
