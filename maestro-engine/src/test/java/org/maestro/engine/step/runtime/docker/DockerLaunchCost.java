package org.maestro.engine.step.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.maestro.embedded.EmbeddedPodman;
import org.maestro.engine.TestPodman;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.maestro.zones.Zones;

/**
 * What a container costs from its launch to the report of its end, beside {@code podman run} with
 * the same limits, by turns: prints both medians and their ratio.
 */
final class DockerLaunchCost {
  private DockerLaunchCost() {}

  /** With the number of rounds, 20 if none is given. */
  public static void main(String[] args) throws Exception {
    Zones.install();
    var rounds = args.length == 0 ? 20 : Integer.parseInt(args[0]);
    var podman = TestPodman.get();
    var dataDir = Files.createTempDirectory("cost");
    var folders = new AttemptFolders(dataDir);
    var reports = new RecordedReports();
    var ours = new ArrayList<Long>();
    var theirs = new ArrayList<Long>();
    try (var runtime =
        new DockerRuntime(
            "docker",
            DockerSettings.at(podman.socket()),
            folders,
            folders.newTokens(),
            Secrets.NONE,
            reports,
            _ -> true,
            InstantSource.system())) {
      for (var round = 0; round < rounds + 3; round++) {
        var warm = round >= 3;
        var began = System.nanoTime();
        run(podman);
        add(theirs, warm, began);
        began = System.nanoTime();
        var launch = launch();
        runtime.launch(launch);
        reports.awaitEnd(launch.attempt());
        add(ours, warm, began);
      }
    }
    System.out.printf(
        "podman run: median %d ms; Docker step: median %d ms; ratio %.2f%n",
        median(theirs), median(ours), (double) median(ours) / median(theirs));
    System.exit(0);
  }

  private static void add(List<Long> times, boolean counts, long began) {
    if (counts) {
      times.add((System.nanoTime() - began) / 1_000_000);
    }
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static void run(EmbeddedPodman podman) throws IOException, InterruptedException {
    var command = new ArrayList<>(podman.command());
    command.addAll(
        List.of(
            "run",
            "--rm",
            "--network=none",
            "--read-only",
            "--cap-drop=all",
            "--security-opt=no-new-privileges",
            "--memory=512m",
            "--memory-swap=512m",
            "--cpus=1",
            "--pids-limit=256",
            "--user=65534:65534",
            "--tmpfs=/tmp",
            EmbeddedPodman.IMAGE,
            "true"));
    var status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(Path.of("/dev/null").toFile()))
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("podman run exited with status " + status);
    }
  }

  private static Launch launch() {
    return new Launch(
        new AttemptRef("wf", 1, 1, "step", 1, UUID.randomUUID().toString()),
        StepType.DOCKER,
        "owner",
        Map.of("docker", Map.of("image", EmbeddedPodman.IMAGE, "command", List.of("true"))),
        null);
  }
}
