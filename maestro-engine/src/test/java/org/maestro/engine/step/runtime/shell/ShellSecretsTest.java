package org.maestro.engine.step.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.engine.step.runtime.secret.SecretSettings;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;

class ShellSecretsTest {
  private static final Secrets SECRETS =
      new Secrets(
          new SecretSettings(
              Map.of(
                  "db",
                  new SecretSettings.Scope(List.of("owner"), List.of(), "DB", null, null, null))),
          Map.of("DB_PASSWORD", "sesame-open-up"));

  private static final String SCRIPT =
      """
      echo begun
      while [ ! -e "$GO" ]; do sleep 0.05; done
      echo "it is $PASSWORD"
      echo '{"params": {"o": {"type": "STRING", "value": "got '$PASSWORD'"}}}' >$MAESTRO_OUTPUT
      """;

  @TempDir Path dataDir;

  private final RecordedReports reports = new RecordedReports();
  private final List<ShellRuntime> opened = new ArrayList<>();
  private FolderWatch watch;

  @BeforeEach
  void watch() {
    watch = new FolderWatch(dataDir);
  }

  @AfterEach
  void close() throws Exception {
    opened.forEach(ShellRuntime::close);
    watch.close();
    KeeperProcesses.end(dataDir);
  }

  private ShellRuntime runtime(Secrets secrets, Duration keeperIdle) throws IOException {
    var folders = new AttemptFolders(dataDir);
    var runtime =
        new ShellRuntime(
            ShellSettings.in(dataDir)
                .withKeeperIdle(keeperIdle)
                .withSafetyScan(Duration.ofMillis(100)),
            List.of(new ShellProgram("/bin/sh")),
            new UnixUsers(Map.of(), true),
            folders,
            watch,
            folders.newTokens(),
            secrets,
            reports,
            InstantSource.system());
    opened.add(runtime);
    return runtime;
  }

  private ShellRuntime runtime(Secrets secrets) throws IOException {
    return runtime(secrets, Duration.ofMinutes(1));
  }

  private Launch launch() {
    return new Launch(
        new AttemptRef("wf", 1, 1, "step", 1, UUID.randomUUID().toString()),
        StepType.SHELL,
        "owner",
        Map.of(
            "script",
            SCRIPT,
            "env",
            Map.of(
                "PASSWORD",
                new SecretText("${secret://db/password}"),
                "GO",
                dataDir.resolve("go").toString())),
        null);
  }

  @Test
  void whoTakesOverHidesThemAndWaitsUntilItCan() throws Exception {
    var launch = launch();
    var first = runtime(SECRETS);
    first.launch(launch);
    reports.awaitStart(launch.attempt());
    first.close();
    Files.createFile(dataDir.resolve("go"));

    var folder = new AttemptFolders(dataDir).of(launch.attempt().uuid());
    var unable = runtime(Secrets.NONE);
    unable.attach(launch);
    awaitUntil(
        "the job has ended",
        () -> {
          try {
            return folder.exit().isPresent();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        },
        () -> "no end");
    unable.close();
    assertThat(folder.stdout()).hasContent("begun\nit is ***");

    runtime(SECRETS).attach(launch);
    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobCompleted.class,
            end -> assertThat(end.outputs().get("o").evaluatedResult()).isEqualTo("got ***"));
  }

  @Test
  void withoutAKeeperNobodyCouldHideThem() throws Exception {
    var launch = launch();
    runtime(SECRETS, Duration.ZERO).launch(launch);
    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class,
            end -> {
              assertThat(end.kind()).isEqualTo(Kind.FATAL);
              assertThat(end.message()).contains("secrets can't be kept out of the log here");
            });
  }
}
