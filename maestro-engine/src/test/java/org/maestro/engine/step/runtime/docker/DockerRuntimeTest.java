package org.maestro.engine.step.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.step.runtime.JobRuntimeContract.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.TestPodman;
import org.maestro.engine.step.runtime.JobRuntimeContract;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.secret.SecretSettings;
import org.maestro.engine.step.runtime.secret.Secrets;

/** Runs real containers on a real Podman. */
class DockerRuntimeTest {
  /** More than the engine of containers keeps of a log; a gigabyte was tried, too. */
  private static final int MUCH = 100_000_000;

  @TempDir Path dataDir;
  @TempDir Path shared;
  private final RecordedReports reports = new RecordedReports();
  private DockerRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new DockerRig(TestPodman.get(), dataDir, shared);
  }

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  void aContainerMayNothingThatItWasntGiven() throws Exception {
    var launch =
        rig.script(
            """
            id
            touch /written 2>/dev/null && echo 'wrote to its root'
            touch /tmp/written && echo 'wrote to /tmp'
            grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/self/status
            ls /sys/class/net
            wget -T 1 -q http://169.254.169.254/ && echo 'reached out'
            ls /maestro
            true
            """);

    assertThat(end(launch)).isInstanceOf(JobCompleted.class);
    var printed = Files.readString(rig.folder(launch).stdout());
    assertThat(printed)
        .contains("uid=65534")
        .contains("gid=65534")
        .contains("wrote to /tmp")
        .containsPattern("CapEff:\\s*0000000000000000")
        .containsPattern("CapBnd:\\s*0000000000000000")
        .containsPattern("NoNewPrivs:\\s*1")
        .contains("\nlo\n")
        .doesNotContain("eth0", "wrote to its root", "reached out");
  }

  @Test
  void theJobSeesItsIdentityAndNothingOfTheEngine() throws Exception {
    var launch = rig.launch(Map.of("command", List.of("env"), "env", Map.of("GREETING", "a b")));

    assertThat(end(launch)).isInstanceOf(JobCompleted.class);
    var names =
        Files.readString(rig.folder(launch).stdout())
            .lines()
            .map(line -> line.substring(0, Math.max(0, line.indexOf('='))));
    assertThat(names)
        .contains("MAESTRO_ATTEMPT_UUID", "GREETING", "HOME", "PATH")
        .allMatch(
            name -> name.matches("PATH|HOME|GREETING|HOSTNAME|TERM|container|MAESTRO_[A-Z_]+"));
  }

  @Test
  void whatAJobPrintsOfItsTokenIsTakenOut() throws Exception {
    var launch = rig.script("echo \"token=$MAESTRO_ATTEMPT_TOKEN.\"; env >&2");

    assertThat(end(launch)).isInstanceOf(JobCompleted.class);
    assertThat(rig.folder(launch).stdout()).hasContent("token=***.");
    assertThat(Files.readString(rig.folder(launch).stderr()))
        .contains("MAESTRO_ATTEMPT_TOKEN=***")
        .doesNotContain(rig.token(launch));
  }

  @Test
  void allThatIsWrongIsSaidAtOnceAndNothingIsMade() throws Exception {
    var launch =
        rig.launch(
            Map.ofEntries(
                Map.entry("image", "Not An Image"),
                Map.entry("imagee", "x"),
                Map.entry("pull", "sometimes"),
                Map.entry("command", "echo hello"),
                Map.entry("user", "root"),
                Map.entry("network", "host"),
                Map.entry("memory", "64Gi"),
                Map.entry("cpu", "fast"),
                Map.entry("pids", "100000"),
                Map.entry("gpu", 1),
                Map.entry("mounts", Map.of("/etc", "host-etc", "/proc", "shared"))));

    var failed = failure(launch);
    assertThat(failed.kind()).isEqualTo(Kind.FATAL);
    assertThat(failed.message())
        .contains(
            "docker.imagee: there is no such field",
            "docker.image: expected [registry/]name",
            "docker.pull: expected if_not_present, always or never",
            "docker.command: expected a list of words",
            "docker.user: expected numbers other than 0",
            "docker.network: \"host\" isn't allowed here; allowed are [none]",
            "docker.memory: at most 128Mi",
            "docker.cpu: expected processors such as 0.5",
            "docker.pids: at most 128 here",
            "docker.gpu: at most 0 here",
            "\"host-etc\" isn't a mount of this installation; there are [shared]",
            "expected an absolute place such as /data, found \"/proc\"");
  }

  @Test
  void whoMayNotRunContainersIsToldWhomToAsk() throws Exception {
    rig.with(
        rig.settings()
            .onlyFor(List.of("ada"), List.of("etl"), List.of("registry.example.org/team/*")));

    assertThat(failure(rig.script("true")).message())
        .contains(
            "owner \"owner\" may not run containers here; ask the operator",
            "workflow \"wf\" may not run containers here",
            "\"localhost/maestro-test:1\" isn't allowed here; allowed are [registry.example.org/team/*]");
  }

  @Test
  void aMountIsReadOnlyWhenItSaysSo() throws Exception {
    var launch =
        rig.launch(
            Map.of(
                "mounts", Map.of("/in", "shared:ro"),
                "command", List.of("sh", "-c", "touch /in/written")));

    assertThat(failure(launch).message()).contains("Read-only file system");
    assertThat(shared.resolve("written")).doesNotExist();
  }

  @Test
  void aJobThatTakesTooMuchMemoryIsToldSo() throws Exception {
    var launch = rig.script("x=$(yes 0123456789 | head -c 400000000); echo ${#x}");
    var killed = failure(launch);

    // Podman doesn't say why with control groups of version 1.
    assertThat(killed.message())
        .containsPattern("^ran out of memory|take more memory than they may");
    assertThat(killed.kind()).isEqualTo(Kind.USER);
  }

  @Test
  void processesAreCountedAndTheMachineGoesOn() throws Exception {
    var launch = rig.script("i=0; while [ $i -lt 200 ]; do sleep 5 & i=$((i+1)); done");

    var end = end(launch);
    var printed = Files.readString(rig.folder(launch).stderr());
    assertThat(printed + end).contains("can't fork");
  }

  @Test
  void aMissingProgramIsTheUsersFaultAndIsNamed() throws Exception {
    var failed = failure(rig.launch(Map.of("command", List.of("no-such-program"))));

    assertThat(failed.kind()).isEqualTo(Kind.USER);
    assertThat(failed.message()).contains("exited with status 127").contains("no-such-program");
  }

  @Test
  void anImageThatIsNowhereIsAFailureOfThePlatformThatSaysWhatToDo() throws Exception {
    var never = failure(rig.launch(Map.of("image", "localhost/no-such-image", "pull", "never")));
    assertThat(never.kind()).isEqualTo(Kind.PLATFORM);
    assertThat(never.message())
        .isEqualTo(
            "The image localhost/no-such-image:latest isn't on this container engine, and pull is never; load it there, or let the step pull it");

    rig.with(
        rig.settings()
            .withTimes(
                Duration.ofMillis(500),
                Duration.ofSeconds(60), // Podman tries three times
                Duration.ofSeconds(30),
                Duration.ofMinutes(5)));
    var launch = rig.launch(Map.of("image", "127.0.0.1:1/no-such-image:3"));
    var refused = failure(launch);
    assertThat(refused.kind()).isEqualTo(Kind.PLATFORM);
    assertThat(refused.message())
        .startsWith("The image 127.0.0.1:1/no-such-image:3 can't be pulled: ")
        .contains("refused")
        .endsWith(
            "check its name and tag, and that this machine reaches its registry and may read it");
    assertThat(reports.of(launch.attempt()))
        .first()
        .isEqualTo(new JobProgressed("Pulls the image 127.0.0.1:1/no-such-image:3"));
  }

  @Test
  void aRegistryThatHangsIsGivenUp() throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var launch =
          rig.launch(Map.of("image", "127.0.0.1:%d/slow:1".formatted(silent.getLocalPort())));
      var waiting =
          rig.launch(Map.of("image", "127.0.0.1:%d/slow:1".formatted(silent.getLocalPort())));
      var runtime = rig.runtime(reports);
      runtime.launch(launch);
      runtime.launch(waiting);

      for (var one : List.of(launch, waiting)) {
        assertThat(reports.awaitEnd(one.attempt()))
            .isInstanceOfSatisfying(
                JobFailed.class,
                end -> {
                  assertThat(end.kind()).isEqualTo(Kind.PLATFORM);
                  assertThat(end.message()).contains("the registry has said nothing for 2 s");
                });
      }
    }
  }

  @Test
  void aJobGoesOnWhileItsContainerEngineIsAwayAndIsFollowedAgain() throws Exception {
    var launch =
        rig.script(
            """
            echo before
            while [ ! -e $SHARED/go ]; do sleep 0.05; done
            echo after
            exit 7
            """);
    rig.runtime(reports).launch(launch);
    reports.awaitStart(launch.attempt());
    await(
        "its log",
        () ->
            Files.exists(rig.folder(launch).stdout())
                && Files.readString(rig.folder(launch).stdout()).equals("before\n"));
    rig.podman().stopService();
    reports.await(launch.attempt(), JobProgressed.class);
    Files.createFile(shared.resolve("go"));
    var late = rig.script("true");
    var second = new RecordedReports();
    rig.runtime(second).launch(late);
    assertThat(second.awaitEnd(late.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class,
            end -> {
              assertThat(end.kind()).isEqualTo(Kind.PLATFORM);
              assertThat(end.message())
                  .contains("doesn't answer")
                  .endsWith("for 2 s by now; start it, or correct maestro.runtimes.docker.socket");
            });
    rig.podman().startService();

    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class, end -> assertThat(end.message()).isEqualTo("exited with status 7"));
    assertThat(rig.folder(launch).stdout()).hasContent("before\nafter");
  }

  @Test
  void aSecretIsInTheEnvironmentAloneAndInNothingThatIsLeft() throws Exception {
    rig.with(
        new Secrets(
            new SecretSettings(
                Map.of(
                    "db",
                    new SecretSettings.Scope(List.of("owner"), List.of(), "DB", null, null, null))),
            Map.of("DB_PASSWORD", "sesame-open-up")));
    var launch =
        rig.launch(
            Map.of(
                "env",
                Map.of(
                    "PASSWORD",
                    new SecretText("${secret://db/password}"),
                    "SHARED",
                    "/shared",
                    "CLAIMED",
                    "${secret://db/password}"),
                "command",
                List.of(
                    "sh",
                    "-c",
                    """
                    [ ${#PASSWORD} = 14 ] || exit 3
                    echo "it is $PASSWORD and $CLAIMED"
                    echo "$PASSWORD" >&2
                    for part in ses ame- open -up; do printf %s $part; sleep 0.05; done
                    printf '{"params": {"out": {"type": "STRING", "value": "got %s"}}}' "$PASSWORD" > $MAESTRO_OUTPUT
                    """)));
    rig.runtime(reports).launch(launch);

    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobCompleted.class,
            end -> {
              assertThat(end.outputs().get("out").evaluatedResult()).isEqualTo("got ***");
              assertThat(end.toString()).doesNotContain("sesame");
            });
    assertThat(rig.folder(launch).stdout())
        .hasContent("it is *** and ${secret://db/password}\n***");
    assertThat(rig.folder(launch).stderr()).hasContent("***");
  }

  @Test
  void outputWithoutEndIsBoundedHereAndAtTheContainerEngine() throws Exception {
    var launch = rig.script("yes 0123456789012345678901234567890123456789 | head -c " + MUCH);
    rig.runtime(reports).launch(launch);

    assertThat(reports.awaitEnd(launch.attempt(), Duration.ofMinutes(4)))
        .isInstanceOf(JobCompleted.class);
    assertThat(Files.size(rig.folder(launch).stdout())).isLessThan(DockerRig.OUTPUT_LIMIT + 100);
  }

  @Test
  void containersOfDeadAttemptsAreCollectedAndOthersAreNot() throws Exception {
    rig.with(
        rig.settings()
            .withTimes(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                Duration.ofMillis(200)));
    var dead = rig.script("while :; do sleep 0.1; done");
    var forgetful = rig.runtime(reports);
    forgetful.launch(dead);
    reports.awaitStart(dead.attempt());
    forgetful.close();
    var followed = rig.script("while :; do sleep 0.1; done");
    var runtime = rig.runtime(reports);
    runtime.launch(followed);
    reports.awaitStart(followed.attempt());

    await("the end of the dead one", () -> !names().contains(ContainerPlan.nameOf(dead.attempt())));
    assertThat(names()).contains(ContainerPlan.nameOf(followed.attempt()));
    runtime.terminate(followed.attempt());
    reports.awaitEnd(followed.attempt());
  }

  @Test
  void whatHasEndedIsRemovedAfterAWhile() throws Exception {
    rig.with(
        rig.settings()
            .withTimes(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofMillis(1),
                Duration.ofHours(1)));
    var launch = rig.script("true");

    assertThat(end(launch)).isInstanceOf(JobCompleted.class);
    await("its removal", () -> !names().contains(ContainerPlan.nameOf(launch.attempt())));
  }

  @Test
  void manyContainersRunAtOnceAndEachLogIsItsOwn() throws Exception {
    var launches =
        IntStream.range(0, 20)
            .mapToObj(i ->
                rig.script("echo job " + i + "; while [ ! -e $SHARED/go ]; do sleep 0.1; done"))
            .toList();
    var runtime = rig.runtime(reports);
    launches.forEach(runtime::launch);
    for (var launch : launches) {
      reports.awaitStart(launch.attempt());
    }
    Files.createFile(shared.resolve("go"));

    for (var i = 0; i < launches.size(); i++) {
      assertThat(reports.awaitEnd(launches.get(i).attempt())).isInstanceOf(JobCompleted.class);
      assertThat(rig.folder(launches.get(i)).stdout()).hasContent("job " + i);
    }
  }

  @Test
  void twentyContainersOutliveAKilledEngineAndNoneBeginsTwice() throws Exception {
    var uuids = IntStream.range(0, 20).mapToObj(_ -> UUID.randomUUID().toString()).toList();
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DockerEngineProcess.class.getName(),
                dataDir.toString(),
                rig.podman().socket(),
                shared.toString()));
    command.addAll(uuids);
    var engine = new ProcessBuilder(command).inheritIO().start();
    var began = shared.resolve("began");
    try {
      // Some are still on their way when it is killed.
      await(
          "the first twelve", () -> Files.exists(began) && Files.readAllLines(began).size() >= 12);
    } finally {
      engine.destroyForcibly().waitFor();
    }

    rig.with(DockerEngineProcess.settings(rig.podman().socket(), shared));
    var runtime = rig.runtime(reports);
    var launches = uuids.stream().map(DockerEngineProcess::launch).toList();
    launches.forEach(runtime::attach);
    await("all of them", () -> Files.readAllLines(began).size() >= 20);
    Files.createFile(shared.resolve("go"));

    for (var launch : launches) {
      assertThat(JobRuntimeContract.results(reports.awaitEnd(launch.attempt())))
          .isEqualTo(Map.of("n", 7L));
      assertThat(rig.folder(launch).stdout()).hasContent("before\nafter");
    }
    assertThat(Files.readAllLines(began)).containsExactlyInAnyOrderElementsOf(uuids);
  }

  private String names() {
    return rig.podman().podman("ps", "--all", "--format={{.Names}}");
  }

  private Object end(Launch launch) throws Exception {
    rig.runtime(reports).launch(launch);
    return reports.awaitEnd(launch.attempt());
  }

  private JobFailed failure(Launch launch) throws Exception {
    var end = end(launch);
    assertThat(end).isInstanceOf(JobFailed.class);
    return (JobFailed) end;
  }
}
