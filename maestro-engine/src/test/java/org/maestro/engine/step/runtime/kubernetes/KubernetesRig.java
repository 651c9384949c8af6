package org.maestro.engine.step.runtime.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.kubernetes.KubernetesSettings.Limits;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.springframework.util.unit.DataSize;

/** Kubernetes runtimes over a fake cluster, a data directory and a folder that jobs see, too. */
final class KubernetesRig implements AutoCloseable {
  static final long OUTPUT_LIMIT = 100_000;
  private final FakeCluster cluster;
  private final Path dataDir;
  private final Path shared;
  private final List<KubernetesRuntime> opened = new ArrayList<>();
  private KubernetesSettings settings;
  private Secrets secrets = Secrets.NONE;

  KubernetesRig(Path dataDir, Path shared) throws IOException {
    this.dataDir = dataDir;
    this.shared = shared;
    this.cluster = new FakeCluster(Files.createDirectories(dataDir.resolve("node")));
    this.settings =
        KubernetesSettings.at(cluster.address(), FakeCluster.NAMESPACE)
            .with(
                new Limits(
                    1,
                    2,
                    DataSize.ofMegabytes(64),
                    DataSize.ofMegabytes(128),
                    DataSize.ofMegabytes(64),
                    DataSize.ofMegabytes(128),
                    1,
                    "nvidia.com/gpu",
                    OUTPUT_LIMIT,
                    1 << 20),
                null)
            .withTimes(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5));
  }

  KubernetesSettings settings() {
    return settings;
  }

  KubernetesRig with(KubernetesSettings others) {
    settings = others;
    return this;
  }

  KubernetesRig with(Secrets others) {
    secrets = others;
    return this;
  }

  FakeCluster cluster() {
    return cluster;
  }

  KubernetesRuntime runtime(StepReporter reporter) {
    var folders = new AttemptFolders(dataDir);
    var runtime =
        new KubernetesRuntime(
            "kubernetes",
            settings,
            folders,
            folders.newTokens(),
            secrets,
            reporter,
            _ -> false,
            InstantSource.system(),
            cluster::wire);
    opened.add(runtime);
    return runtime;
  }

  Launch script(String text) {
    return launch(Map.of("command", List.of("sh", "-c"), "args", List.of(text)));
  }

  /** With the image, the shared folder and what is given. */
  Launch launch(Map<String, Object> kubernetes) {
    var all = new HashMap<String, Object>();
    all.put("image", EmbeddedPodman.IMAGE);
    all.put("env", Map.of("SHARED", shared.toString()));
    all.putAll(kubernetes);
    return new Launch(
        new AttemptRef("wf", 1, 2, "step", 3, UUID.randomUUID().toString()),
        StepType.KUBERNETES,
        "owner",
        Map.of("kubernetes", all),
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
    opened.forEach(KubernetesRuntime::close);
    cluster.close();
  }
}
