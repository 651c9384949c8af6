package org.maestro.engine.step.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.AttemptTokens;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.engine.step.runtime.job.LocalProcess;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.engine.step.runtime.shell.ShellSettings.Limits;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;

/** Runs real processes. */
class ShellRuntimeTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir Path dataDir;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final RecordedReports reports = new RecordedReports();

  @AfterEach
  void closeRuntimes() throws Exception {
    for (var closeable : opened.reversed()) {
      closeable.close();
    }
    KeeperProcesses.end(dataDir);
  }

  @Test
  void aScriptThatExitsWithZeroCompletes() throws Exception {
    var launch = script("echo hello; echo problem >&2");
    runtime().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobCompleted.class,
            end ->
                assertThat(shellArtifact(end.artifacts()))
                    .containsEntry("exit_code", 0)
                    .containsKeys("pid", "host"));
    assertThat(reports.of(launch.attempt())).hasSize(2).first().isInstanceOf(JobStarted.class);
    assertThat(folder(launch).stdout()).hasContent("hello");
    assertThat(folder(launch).stderr()).hasContent("problem");
  }

  @Test
  void aScriptWithAnInterpreterLineRunsUnderIt() throws Exception {
    var launch = script("#!/usr/bin/env bash\n[[ -n $BASH_VERSION ]] && echo bash");
    runtime().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(folder(launch).stdout()).hasContent("bash");
  }

  @Test
  void aCommandGetsItsArgumentsUntouched() throws Exception {
    var launch = launch(Map.of("command", List.of("printf", "%s|", "a b", "$HOME", "'", "")));
    runtime().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(folder(launch).stdout()).hasContent("a b|$HOME|'||");
  }

  @Test
  void anExitStatusOtherThanZeroIsAUserFailureWithTheLastWords() throws Exception {
    var launch = script("echo 'no such table' >&2; exit 3");
    runtime().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class,
            end -> {
              assertThat(end.kind()).isEqualTo(Kind.USER);
              assertThat(end.message()).isEqualTo("exited with status 3: no such table");
              assertThat(shellArtifact(end.artifacts())).containsEntry("exit_code", 3);
            });
  }

  @Test
  void aMissingCommandIsAUserFailureThatNamesIt() throws Exception {
    var launch = launch(Map.of("command", List.of("no-such-program")));
    runtime().launch(launch);

    assertThat(failure(launch).message()).contains("status 127").contains("no-such-program");
  }

  @Test
  void neitherScriptNorCommandIsFatal() throws Exception {
    var launch = launch(Map.of());
    runtime().launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.FATAL);
    assertThat(failure(launch).message()).contains("either").contains("found neither");
  }

  @Test
  void theJobSeesItsIdentityAndNothingOfTheEngine() throws Exception {
    var params = new HashMap<String, Object>();
    params.put("script", "env");
    params.put("env", Map.of("GREETING", "two\nlines", "LD_PRELOAD", "", "n", "5"));
    var launch = launch(params);
    runtime().launch(launch);
    reports.awaitEnd(launch.attempt());

    var seen = Files.readString(folder(launch).stdout());
    assertThat(seen)
        .contains(
            "MAESTRO_WORKFLOW_ID=wf",
            "MAESTRO_INSTANCE_ID=1",
            "MAESTRO_RUN_ID=2",
            "MAESTRO_STEP_ID=step",
            "MAESTRO_ATTEMPT_ID=3",
            "MAESTRO_ATTEMPT_FENCE=2000003",
            "MAESTRO_ATTEMPT_UUID=" + launch.attempt().uuid(),
            "MAESTRO_ATTEMPT_TOKEN=" + tokens().issue(launch.attempt()),
            "GREETING=two\nlines",
            "HOME=" + folder(launch).workspace());
    assertThat(seen.lines().filter(line -> line.matches("[A-Za-z_0-9]+=.*")))
        .allMatch(line ->
            line.matches(
                "(PATH|HOME|LANG|PWD|OLDPWD|_|SHLVL|GREETING|LD_PRELOAD|n|MAESTRO_(WORKFLOW_ID|"
                    + "INSTANCE_ID|RUN_ID|STEP_ID|ATTEMPT_ID|ATTEMPT_FENCE|ATTEMPT_UUID|ATTEMPT_TOKEN|OUTPUT|"
                    + "OWNER))=.*"));
  }

  @Test
  void outputParametersComeFromTheFile() throws Exception {
    var launch =
        script(
            """
            cat >"$MAESTRO_OUTPUT" <<'END'
            {"params": {"rows": {"value": 42, "type": "long"}, "name": "a $b",
                        "ratio": 0.5, "flags": [true, false], "tags": {"k": "v"}},
             "artifacts": {"maestro_report": {"type": "DEFAULT", "pages": 2}}}
            END
            """);
    runtime().launch(launch);

    var end = (JobCompleted) reports.awaitEnd(launch.attempt());
    assertThat(results(end))
        .isEqualTo(
            Map.of(
                "rows",
                42L,
                "name",
                "a $b",
                "ratio",
                new BigDecimal("0.5"),
                "flags",
                List.of(true, false),
                "tags",
                Map.of("k", "v")));
    assertThat(end.outputs().get("rows").type()).isEqualTo(ParamType.LONG);
    assertThat(end.outputs().get("name").evaluatedTime()).isEqualTo(NOON.toEpochMilli());
    assertThat(end.artifacts())
        .containsEntry("maestro_report", Map.of("type", "DEFAULT", "pages", 2));
  }

  @Test
  void theLastOutputBlockInStdoutWins() throws Exception {
    var launch =
        script(
            """
            echo 'MAESTRO_OUTPUT_START{"params":{"n":1}}MAESTRO_OUTPUT_END'
            echo between
            printf 'MAESTRO_OUTPUT_START\\n{"n":2}\\nMAESTRO_OUTPUT_END and more'
            """);
    runtime().launch(launch);

    assertThat(results((JobCompleted) reports.awaitEnd(launch.attempt())))
        .isEqualTo(Map.of("n", 2L));
  }

  @Test
  void outputThatIsNotJsonIsAUserFailureThatSaysWhere() throws Exception {
    var launch = script("printf '{\\n  \"params\": {oops}\\n}' >\"$MAESTRO_OUTPUT\"");
    runtime().launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.USER);
    assertThat(failure(launch).message()).contains("$MAESTRO_OUTPUT").contains("line 2:");
  }

  @Test
  void aJobMayForbidItsRetry() throws Exception {
    var launch =
        script(
            """
            echo '{"artifacts":{"maestro_retry":{"type":"RETRY","retryable":false}}}' >"$MAESTRO_OUTPUT"
            exit 1
            """);
    runtime().launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.FATAL);
  }

  @Test
  void aLinkInPlaceOfTheOutputFileIsNotFollowed() throws Exception {
    var launch = script("ln -s /etc/hostname \"$MAESTRO_OUTPUT\"");
    runtime().launch(launch);

    assertThat(failure(launch).message()).contains("expected a plain file");
  }

  @Test
  void longOutputIsCutOffAndTheJobIsNotStopped() throws Exception {
    var settings = settings().withLimits(new Limits(Duration.ZERO, 0, 0, 0, 100_000, 1 << 20));
    var launch = script("head -c 5000000 /dev/zero | tr '\\0' x; echo done >\"$HOME/done\"");
    runtime(settings).launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(Files.size(folder(launch).stdout())).isBetween(99_000L, 100_200L);
    assertThat(Files.readString(folder(launch).stdout()))
        .endsWith("[maestro: cut off here, the limit is 100000 bytes]\n");
    assertThat(folder(launch).workspace().resolve("done")).exists();
  }

  @Test
  void limitsHold() throws Exception {
    var settings =
        settings()
            .withLimits(
                new Limits(Duration.ofSeconds(1), 512L << 20, 1 << 20, 0, 10 << 20, 1 << 20));
    var endless = script("while :; do :; done");
    var large = script("head -c 3000000 /dev/zero >\"$HOME/large\"");
    var shell = runtime(settings);
    shell.launch(endless);
    shell.launch(large);

    assertThat(failure(endless).message()).contains("signal");
    assertThat(failure(large).kind()).isEqualTo(Kind.USER);
    assertThat(folder(large).workspace().resolve("large")).hasSize(1 << 20);
  }

  @Test
  void aLimitThatIsNotEnforcedIsSaid() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "root alone has no limit of processes");
    var launch = script("true");
    runtime(settings().withLimits(new Limits(Duration.ZERO, 0, 0, 100, 10 << 20, 1 << 20)))
        .launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(reports.of(launch.attempt()).get(1))
        .isInstanceOfSatisfying(
            JobProgressed.class,
            said -> assertThat(said.message()).contains("limits.processes isn't enforced here"));
  }

  @Test
  void aTreeThatIgnoresTheSignalIsKilledAfterTheGrace() throws Exception {
    var launch =
        script(
            """
            trap '' TERM
            sh -c 'trap "" TERM; echo $$ >child; while :; do sleep 1; done' &
            setsid sh -c 'trap "" TERM; echo $$ >escaped; while :; do sleep 1; done' &
            while [ ! -s child ] || [ ! -s escaped ]; do sleep 0.05; done
            echo ready >ready
            while :; do sleep 1; done
            """);
    var shell = runtime(settings().withGrace(Duration.ofMillis(300)));
    shell.launch(launch);
    awaitFile(folder(launch).workspace().resolve("ready"));
    shell.terminate(launch.attempt());

    assertThat(reports.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());
    assertThat(isAlive(pidIn(folder(launch).workspace().resolve("child")))).isFalse();
    assertThat(isAlive(pidIn(folder(launch).workspace().resolve("escaped")))).isFalse();
  }

  @Test
  void aJobThatHeedsTheSignalMayCleanUp() throws Exception {
    var launch =
        script(
            """
            trap 'echo cleaned >"$HOME/cleaned"; exit 0' TERM
            echo ready >ready
            while :; do sleep 0.05; done
            """);
    var shell = runtime();
    shell.launch(launch);
    awaitFile(folder(launch).workspace().resolve("ready"));
    shell.terminate(launch.attempt());

    assertThat(reports.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());
    assertThat(folder(launch).workspace().resolve("cleaned")).exists();
  }

  @Test
  void whatIsTerminatedBeforeItsLaunchNeverRuns() throws Exception {
    var launch = script("echo ran >\"$HOME/ran\"");
    var shell = runtime();
    shell.terminate(launch.attempt());
    assertThat(reports.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());

    var second = new RecordedReports();
    runtime(settings(), second).launch(launch);

    assertThat(second.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());
    assertThat(folder(launch).workspace().resolve("ran")).doesNotExist();
  }

  @Test
  void twoEnginesThatLaunchTheSameAttemptRunItOnce() throws Exception {
    var one = runtime();
    var otherReports = new RecordedReports();
    var other = runtime(settings(), otherReports);
    for (var round = 0; round < 10; round++) {
      var launch = script("echo ran >>\"$HOME/ran\"");
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> one.launch(launch)),
              CompletableFuture.runAsync(() -> one.attach(launch)),
              CompletableFuture.runAsync(() -> other.launch(launch)),
              CompletableFuture.runAsync(() -> other.attach(launch)))
          .join();

      assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
      assertThat(otherReports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
      assertThat(Files.readAllLines(folder(launch).workspace().resolve("ran"))).hasSize(1);
    }
  }

  @Test
  void anEndThatNobodySawIsReportedFromTheFolder() throws Exception {
    var launch = script("while [ ! -e \"$HOME/go\" ]; do sleep 0.05; done; exit 7");
    var first = runtime();
    first.launch(launch);
    reports.awaitStart(launch.attempt());
    first.close();
    Files.createFile(folder(launch).workspace().resolve("go"));
    awaitFile(folder(launch).path().resolve("exit"));

    var later = new RecordedReports();
    runtime(settings(), later).attach(launch);

    assertThat(later.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class, end -> assertThat(end.message()).contains("status 7"));
  }

  @Test
  void aRunningAttemptIsFollowedByTheEngineThatAttaches() throws Exception {
    var launch = script("echo $$ >>\"$HOME/runs\"; while [ ! -e go ]; do sleep 0.05; done");
    var first = runtime();
    first.launch(launch);
    awaitFile(folder(launch).workspace().resolve("runs"));
    first.close();

    var later = new RecordedReports();
    runtime(settings(), later).attach(launch);
    later.awaitStart(launch.attempt());
    Files.createFile(folder(launch).workspace().resolve("go"));

    assertThat(later.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(Files.readAllLines(folder(launch).workspace().resolve("runs"))).hasSize(1);
  }

  @Test
  void aJobOutlivesTheEngineThatWasKilledAndAnotherEngineReportsItsEnd() throws Exception {
    var launch =
        EngineProcess.launch(
            UUID.randomUUID().toString(),
            """
            echo $$ >>runs
            echo before
            while [ ! -e go ]; do sleep 0.05; done
            echo after
            echo '{"n": 7}' >"$MAESTRO_OUTPUT"
            """);
    var engine =
        EngineProcess.start(
            dataDir, (String) launch.params().get("script"), List.of(launch.attempt().uuid()));
    try {
      awaitFile(folder(launch).workspace().resolve("runs"));
    } finally {
      engine.destroyForcibly().waitFor();
    }

    runtime().attach(launch);
    reports.awaitStart(launch.attempt());
    Files.createFile(folder(launch).workspace().resolve("go"));

    assertThat(results((JobCompleted) reports.awaitEnd(launch.attempt())))
        .isEqualTo(Map.of("n", 7L));
    assertThat(folder(launch).stdout()).hasContent("before\nafter");
    assertThat(Files.readAllLines(folder(launch).workspace().resolve("runs"))).hasSize(1);
  }

  @Test
  void aKilledWrapperIsAPlatformFailureAndItsJobDoesNotGoOn() throws Exception {
    var launch = script("echo $$ >pid; while :; do sleep 0.05; done");
    runtime(settings().withSafetyScan(Duration.ofMillis(100))).launch(launch);
    awaitFile(folder(launch).workspace().resolve("pid"));
    var wrapper = folder(launch).claim().orElseThrow().pid();
    ProcessHandle.of(wrapper).orElseThrow().destroyForcibly();

    assertThat(failure(launch).kind()).isEqualTo(Kind.PLATFORM);
    assertThat(failure(launch).message()).contains("vanished");
    awaitDeath(pidIn(folder(launch).workspace().resolve("pid")));
  }

  @Test
  void anotherProcessWithTheRecordedNumberIsNotTakenForTheWrapper() throws Exception {
    var launch = script("true");
    var folder = folder(launch);
    Files.createDirectories(folder.path());
    var self = ProcessHandle.current().pid();
    Files.writeString(folder.path().resolve("pid"), self + " 1 " + LocalProcess.bootId() + "\n");
    runtime().attach(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.PLATFORM);
  }

  @Test
  void whatTheJobLeavesBehindEndsWithIt() throws Exception {
    var launch = script("sh -c 'echo $$ >left; exec sleep 1000' & while [ ! -s left ]; do :; done");
    runtime().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    awaitDeath(pidIn(folder(launch).workspace().resolve("left")));
  }

  @Test
  void fiveHundredProcessesRunAtOnceWithoutAThreadEach() throws Exception {
    var gate = dataDir.resolve("gate");
    var launches =
        IntStream.range(0, 500)
            .mapToObj(_ -> script("while [ ! -e " + gate + " ]; do sleep 1; done"))
            .toList();
    var shell = runtime();
    launches.forEach(shell::launch);
    for (var launch : launches) {
      reports.awaitStart(launch.attempt());
    }
    assertThat(Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.isVirtual()))
        .hasSizeLessThan(100);
    Files.createFile(gate);

    for (var launch : launches) {
      assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    }
  }

  @Test
  void anOwnerRunsAsTheMappedUserAndOthersAreRefused() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "only root can become somebody else");
    Files.setPosixFilePermissions(
        dataDir, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    var shell = runtime(settings().withUsers(Map.of("owner", "nobody")));
    var launch = script("id -un; echo '{\"n\":1}' >\"$MAESTRO_OUTPUT\"; cat \"$HOME/../pid\"");
    var stranger =
        new Launch(
            new AttemptRef("wf", 1, 2, "step", 3, UUID.randomUUID().toString()),
            StepType.SHELL,
            "stranger",
            Map.of("script", "id"),
            null);
    shell.launch(launch);
    shell.launch(stranger);

    assertThat(failure(launch).message()).contains("Permission denied");
    assertThat(folder(launch).stdout()).hasContent("nobody");
    assertThat(failure(stranger).kind()).isEqualTo(Kind.FATAL);
  }

  private ShellSettings settings() {
    return ShellSettings.in(dataDir);
  }

  private AttemptTokens tokens() {
    return new AttemptFolders(dataDir).newTokens();
  }

  private ShellRuntime runtime() throws Exception {
    return runtime(settings());
  }

  private ShellRuntime runtime(ShellSettings settings) throws Exception {
    return runtime(settings, reports);
  }

  private ShellRuntime runtime(ShellSettings settings, RecordedReports reporter) throws Exception {
    var folders = new AttemptFolders(settings.dataDir());
    var watch = new FolderWatch(settings.dataDir());
    opened.add(watch);
    var runtime =
        new ShellRuntime(
            settings,
            List.of(new ShellProgram("/bin/sh")),
            new UnixUsers(settings.users(), true),
            folders,
            watch,
            folders.newTokens(),
            Secrets.NONE,
            reporter,
            InstantSource.fixed(NOON));
    opened.add(runtime);
    return runtime;
  }

  private static Launch script(String text) {
    return launch(Map.of("script", text));
  }

  private static Launch launch(Map<String, Object> params) {
    var attempt = new AttemptRef("wf", 1, 2, "step", 3, UUID.randomUUID().toString());
    return new Launch(attempt, StepType.SHELL, "owner", params, null);
  }

  private AttemptFolder folder(Launch launch) {
    return new AttemptFolders(dataDir).of(launch.attempt().uuid());
  }

  private JobFailed failure(Launch launch) throws InterruptedException {
    StepReport end = reports.awaitEnd(launch.attempt());
    assertThat(end).isInstanceOf(JobFailed.class);
    return (JobFailed) end;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> shellArtifact(Map<String, Object> artifacts) {
    return (Map<String, Object>) artifacts.get("maestro_shell");
  }

  private static Map<String, Object> results(JobCompleted end) {
    var results = new HashMap<String, Object>();
    end.outputs().forEach((String name, Param param) -> results.put(name, param.evaluatedResult()));
    return results;
  }

  private static void awaitFile(Path file) throws Exception {
    await("the file " + file, () -> Files.exists(file) && (Files.size(file) > 0 || isExit(file)));
  }

  private static boolean isExit(Path file) {
    return file.endsWith("exit");
  }

  private static void awaitDeath(long pid) throws Exception {
    await("the end of process " + pid, () -> !isAlive(pid));
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  private static long pidIn(Path file) throws Exception {
    return Long.parseLong(Files.readString(file).strip());
  }

  private static void await(String what, Condition condition) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }
}
