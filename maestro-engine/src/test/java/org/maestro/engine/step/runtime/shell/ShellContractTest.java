package org.maestro.engine.step.runtime.shell;

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
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.JobRuntimeContract;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.engine.step.runtime.python.PythonProgram;
import org.maestro.engine.step.runtime.python.PythonSettings;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.engine.step.runtime.shell.ShellSettings.Limits;
import org.maestro.model.definition.StepType;

/** The contract, kept by processes of this machine under one keeper. */
class ShellContractTest implements JobRuntimeContract {
  @TempDir Path dataDir;
  @TempDir Path shared;
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    Files.createDirectories(dataDir);
  }

  @AfterEach
  void close() throws Exception {
    for (var closeable : opened.reversed()) {
      closeable.close();
    }
    KeeperProcesses.end(dataDir);
  }

  @Override
  public StepRuntime runtime(StepReporter reporter) throws Exception {
    var folders = new AttemptFolders(dataDir);
    var watch = new FolderWatch(dataDir);
    opened.add(watch);
    var runtime =
        new ShellRuntime(
            ShellSettings.in(dataDir)
                .withKeeperIdle(keeperIdle())
                .withGrace(Duration.ofMillis(500))
                .withLimits(new Limits(Duration.ZERO, 0, 0, 0, outputLimit(), 1 << 20)),
            List.of(
                new ShellProgram("/bin/sh"), new PythonProgram(PythonSettings.DEFAULT, dataDir)),
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

  Duration keeperIdle() {
    return Duration.ofMinutes(5);
  }

  @Override
  public void forget(StepRuntime runtime) {
    ((ShellRuntime) runtime).close();
  }

  @Override
  public Launch script(String text) {
    return new Launch(
        new AttemptRef("wf", 1, 2, "step", 3, UUID.randomUUID().toString()),
        StepType.SHELL,
        "owner",
        Map.of("script", text, "env", Map.of("SHARED", shared.toString())),
        null);
  }

  @Override
  public AttemptFolder folder(Launch launch) {
    return new AttemptFolders(dataDir).of(launch.attempt().uuid());
  }

  @Override
  public Path shared() {
    return shared;
  }

  @Override
  public String token(Launch launch) {
    return new AttemptFolders(dataDir).newTokens().issue(launch.attempt());
  }

  @Override
  public void lose(Launch launch) throws Exception {
    var folder = folder(launch);
    ProcessHandle.of(folder.claim().orElseThrow().pid()).orElseThrow().destroyForcibly();
    ProcessHandle.of(folder.livingJob().orElseThrow()).orElseThrow().destroyForcibly();
    JobRuntimeContract.await("its death", () -> !folder.claim().orElseThrow().isAlive());
  }

  @Override
  public long outputLimit() {
    return 100_000;
  }
}
