package org.maestro.engine.step.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.step.runtime.JobRuntimeContract.await;

import java.io.DataInputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolder.Claim;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.engine.step.runtime.job.LocalProcess;
import org.maestro.engine.step.runtime.keeper.KeeperMessage;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;

/** What a keeper promises beyond the contract; real processes. */
class KeeperTest {
  /** Its environment, its group and its session say nothing of whose it is. */
  private static final String HIDDEN =
      "env -i setsid sh -c 'echo $$ >>%s; exec sleep 1000' <&- >/dev/null 2>&1 &\n";

  @TempDir Path dataDir;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final RecordedReports reports = new RecordedReports();

  @AfterEach
  void close() throws Exception {
    for (var closeable : opened.reversed()) {
      closeable.close();
    }
    KeeperProcesses.end(dataDir);
  }

  @Test
  void allJobsHaveOneKeeperWhichKeepsNothingOfThem() throws Exception {
    var shell = runtime();
    run(shell, 10);
    var keeper = KeeperProcesses.of(dataDir).getFirst().pid();
    var descriptors = descriptors(keeper);
    var launches = run(shell, 100);

    assertThat(KeeperProcesses.of(dataDir)).hasSize(1);
    for (var launch : launches) {
      assertThat(folder(launch).claim().orElseThrow().pid()).isEqualTo(keeper);
    }
    await("descriptors that are closed", () -> descriptors(keeper) <= descriptors);
    assertThat(ProcessHandle.of(keeper).orElseThrow().children()).isEmpty();
  }

  @Test
  void whatHidesAndGoesAwayEndsWithItsJob() throws Exception {
    var left = dataDir.resolve("left");
    var launch = script(HIDDEN.formatted(left) + "while [ ! -s " + left + " ]; do :; done");
    runtime().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(living(left)).isEmpty();
  }

  @Test
  void whatHidesAndGoesAwayEndsWhenItsJobIsKilled() throws Exception {
    var left = dataDir.resolve("left");
    var launch = script(HIDDEN.formatted(left) + HIDDEN.formatted(left) + "exec sleep 1000");
    var shell = runtime();
    shell.launch(launch);
    await("two that have gone away", () -> living(left).size() == 2);
    shell.terminate(launch.attempt());

    assertThat(reports.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());
    assertThat(living(left)).isEmpty();
  }

  @Test
  void whatOneJobHasLeftAloneGoesOnWhenAnotherEnds() throws Exception {
    var left = dataDir.resolve("left");
    var shell = runtime();
    var long_ = script(HIDDEN.formatted(left) + "exec sleep 1000");
    shell.launch(long_);
    await("one that has gone away", () -> living(left).size() == 1);
    run(shell, 3);

    assertThat(living(left)).hasSize(1);
    shell.terminate(long_.attempt());
    assertThat(reports.awaitEnd(long_.attempt())).isEqualTo(new JobTerminated());
    assertThat(living(left)).isEmpty();
  }

  @Test
  void itsDeathIsAFailureOfThePlatformEndsItsJobsAndCostsNoEndThatWasReached() throws Exception {
    var log = dataDir.resolve("log");
    var left = dataDir.resolve("left");
    var shell = runtime();
    var over = run(shell, 1).getFirst();
    var launches =
        IntStream.range(0, 20)
            .mapToObj(
                _ -> script("echo $$ >>" + log + "\n" + HIDDEN.formatted(left) + "sleep 1000"))
            .toList();
    launches.forEach(shell::launch);
    await("their starts", () -> living(log).size() == 20 && living(left).size() == 20);
    var first = KeeperProcesses.of(dataDir).getFirst();
    first.destroyForcibly();

    for (var launch : launches) {
      assertThat(reports.awaitEnd(launch.attempt()))
          .isInstanceOfSatisfying(
              JobFailed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(Kind.PLATFORM);
                assertThat(failed.message()).contains("vanished");
              });
    }
    await("the end of all that they were", () -> living(log).isEmpty() && living(left).isEmpty());
    assertThat(Files.readAllLines(log)).hasSize(20);

    run(shell, 1);
    assertThat(KeeperProcesses.of(dataDir)).hasSize(1).doesNotContain(first);
    var later = new RecordedReports();
    runtime(later, Duration.ofMinutes(5)).attach(over);
    assertThat(later.awaitEnd(over.attempt())).isInstanceOf(JobCompleted.class);
  }

  @Test
  void engineAndKeeperAreKilledWhileTwentyJobsRunAndEachHasRunOnce() throws Exception {
    var log = dataDir.resolve("log");
    var text = "echo $$ >>%s\nwhile [ ! -e go ]; do sleep 0.05; done\necho over >>%s.ends";
    var uuids = Stream.generate(() -> UUID.randomUUID().toString()).limit(20).toList();
    var engine = EngineProcess.start(dataDir, text.formatted(log, log), uuids);
    try {
      await("their starts", () -> living(log).size() == 20);
    } finally {
      engine.destroyForcibly().waitFor();
    }
    var launches =
        uuids.stream().map(uuid -> EngineProcess.launch(uuid, text.formatted(log, log))).toList();
    var shell = runtime();
    launches.forEach(shell::attach);
    for (var launch : launches.subList(0, 10)) {
      Files.createFile(folder(launch).workspace().resolve("go"));
    }
    for (var launch : launches.subList(0, 10)) {
      assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    }
    KeeperProcesses.of(dataDir).getFirst().destroyForcibly();

    for (var launch : launches.subList(10, 20)) {
      assertThat(reports.awaitEnd(launch.attempt()))
          .isInstanceOfSatisfying(
              JobFailed.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.PLATFORM));
    }
    await("their ends", () -> living(log).isEmpty());
    assertThat(Files.readAllLines(log)).hasSize(20).doesNotHaveDuplicates();
    assertThat(Files.readAllLines(dataDir.resolve("log.ends"))).hasSize(10);
  }

  @Test
  void toldToEndItEndsItsJobsWhichCountAsLost() throws Exception {
    var cleaned = dataDir.resolve("cleaned");
    var launch =
        script(
            "trap 'echo yes >%s; exit 0' TERM; echo >ready; sleep 1000 & wait".formatted(cleaned));
    runtime().launch(launch);
    await("its start", () -> Files.exists(folder(launch).workspace().resolve("ready")));
    KeeperProcesses.of(dataDir).getFirst().destroy();

    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.PLATFORM));
    assertThat(cleaned).hasContent("yes");
  }

  @Test
  void itEndsWhenItHasHadNoJobForAWhileAndTheNextJobHasAnother() throws Exception {
    var shell = runtime(reports, Duration.ofMillis(300));
    run(shell, 1);
    var first = KeeperProcesses.of(dataDir);
    for (var keeper : first) {
      keeper.onExit().join();
    }
    run(shell, 1);

    assertThat(Keepers.folder(dataDir).resolve("log")).hasContent("");
  }

  @Test
  void itEndsSoonAfterItsEngineIfNoJobIsLeft() throws Exception {
    var shell = runtime();
    run(shell, 1);
    var keeper = KeeperProcesses.of(dataDir).getFirst();
    shell.close();

    keeper.onExit().get(60, TimeUnit.SECONDS);
  }

  @Test
  void itEndsWithItsDataDirectory() throws Exception {
    run(runtime(), 1);
    var keeper = KeeperProcesses.of(dataDir).getFirst();
    try (var files = Files.walk(Keepers.folder(dataDir))) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }

    keeper.onExit().get(60, TimeUnit.SECONDS);
  }

  @Test
  void oneOfAnotherVersionIsNotTalkedToAndItsJobIsToldToEndAllTheSame() throws Exception {
    var launch = script("true");
    var self = LocalProcess.find(ProcessHandle.current().pid()).orElseThrow();
    Files.createDirectories(folder(launch).path());
    var job = new ProcessBuilder("sleep", "1000").start();
    opened.add(job::destroyForcibly);
    folder(launch).claim(new Claim(self.pid(), self.startTicks(), LocalProcess.bootId()));
    folder(launch).recordJob(job.pid(), LocalProcess.find(job.pid()).orElseThrow().startTicks());
    var keeper = Files.createDirectories(Keepers.folder(dataDir));
    var said = new ArrayList<KeeperMessage>();
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(
          UnixDomainSocketAddress.of(
              keeper.resolve(self.pid() + "-" + self.startTicks() + ".sock")));
      var shell = runtime();
      shell.attach(launch);
      try (var channel = server.accept()) {
        channel.write(ByteBuffer.wrap(new KeeperMessage.Hello(99, 1, 1).frame()));
        reports.awaitStart(launch.attempt());
        shell.terminate(launch.attempt());
        assertThat(job.waitFor()).isEqualTo(128 + 15);
        var in = new DataInputStream(Channels.newInputStream(channel));
        for (var message = KeeperMessage.read(in); message != null; ) {
          said.add(message);
          message = KeeperMessage.read(in);
        }
      }
    }
    assertThat(said).isEmpty();
  }

  @Test
  void aFileWithoutAFirstLineForTheSystemIsAScriptAsEverywhere() throws Exception {
    var file = Files.writeString(dataDir.resolve("plain"), "echo run by a shell");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    var launch = launch(Map.of("command", List.of(file.toString())));
    runtime().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(folder(launch).stdout()).hasContent("run by a shell");
  }

  @Test
  void whatMayNotBeExecutedIsTheUsersFailure() throws Exception {
    var file = Files.writeString(dataDir.resolve("plain"), "echo never");
    var launch = launch(Map.of("command", List.of(file.toString())));
    runtime().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class,
            failed ->
                assertThat(failed.message()).contains("status 126").contains("permission denied"));
  }

  private List<Launch> run(ShellRuntime shell, int jobs) throws Exception {
    var launches = IntStream.range(0, jobs).mapToObj(_ -> script("true")).toList();
    launches.forEach(shell::launch);
    for (var launch : launches) {
      assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    }
    return launches;
  }

  /** The processes named in the file that have not ended. */
  private static List<Long> living(Path file) throws Exception {
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .map(Long::valueOf)
            .filter(pid -> LocalProcess.find(pid).isPresent())
            .toList()
        : List.of();
  }

  private static long descriptors(long pid) throws Exception {
    try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.count();
    }
  }

  private ShellRuntime runtime() throws Exception {
    return runtime(reports, Duration.ofMinutes(5));
  }

  private ShellRuntime runtime(RecordedReports reporter, Duration idle) throws Exception {
    var folders = new AttemptFolders(dataDir);
    var watch = new FolderWatch(dataDir);
    opened.add(watch);
    var runtime =
        new ShellRuntime(
            ShellSettings.in(dataDir).withKeeperIdle(idle).withGrace(Duration.ofSeconds(1)),
            List.of(new ShellProgram("/bin/sh")),
            new UnixUsers(Map.of(), true),
            folders,
            watch,
            folders.newTokens(),
            Secrets.NONE,
            reporter,
            InstantSource.system());
    opened.add(runtime);
    return runtime;
  }

  private static Launch script(String text) {
    return launch(Map.of("script", text));
  }

  private static Launch launch(Map<String, Object> params) {
    return new Launch(
        new AttemptRef("wf", 1, 2, "step", 3, UUID.randomUUID().toString()),
        StepType.SHELL,
        "owner",
        params,
        null);
  }

  private AttemptFolder folder(Launch launch) {
    return new AttemptFolders(dataDir).of(launch.attempt().uuid());
  }
}
