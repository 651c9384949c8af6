package org.maestro.engine.step.runtime.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.maestro.zones.Zones;

/** A Shell runtime in a JVM of its own, so that a test can kill it. */
final class EngineProcess {
  private EngineProcess() {}

  /** Launches the script {@code args[1]} as attempts {@code args[2]…}, and waits to be killed. */
  public static void main(String[] args) throws Exception {
    Zones.install();
    var settings = ShellSettings.in(Path.of(args[0]));
    var folders = new AttemptFolders(settings.dataDir());
    var watch = new FolderWatch(settings.dataDir());
    var runtime =
        new ShellRuntime(
            settings,
            List.of(new ShellProgram("/bin/sh")),
            new UnixUsers(Map.of(), true),
            folders,
            watch,
            folders.newTokens(),
            Secrets.NONE,
            (_, _) -> {},
            InstantSource.system());
    for (var uuid : List.of(args).subList(2, args.length)) {
      runtime.launch(launch(uuid, args[1]));
    }
    new CountDownLatch(1).await();
  }

  /** Starts it. */
  static Process start(Path dataDir, String script, List<String> uuids) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(EngineProcess.class.getName(), dataDir.toString(), script));
    command.addAll(uuids);
    return new ProcessBuilder(command).inheritIO().start();
  }

  static Launch launch(String uuid, String script) {
    return new Launch(
        new AttemptRef("wf", 1, 1, "step", 1, uuid),
        StepType.SHELL,
        "owner",
        Map.of("script", script),
        null);
  }
}
