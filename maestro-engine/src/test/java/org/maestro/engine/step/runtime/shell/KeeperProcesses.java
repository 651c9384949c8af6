package org.maestro.engine.step.runtime.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The keepers that a test has left. */
final class KeeperProcesses {
  private KeeperProcesses() {}

  /** Those with a socket in the data directory. */
  static List<ProcessHandle> of(Path dataDir) throws IOException {
    var folder = Keepers.folder(dataDir);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var sockets = Files.newDirectoryStream(folder, "*.sock")) {
      var found = new ArrayList<ProcessHandle>();
      for (var socket : sockets) {
        var pid = Long.parseLong(socket.getFileName().toString().split("-", 2)[0]);
        ProcessHandle.of(pid)
            .filter(process -> !process.equals(ProcessHandle.current()))
            .ifPresent(found::add);
      }
      return found;
    }
  }

  /** Ends them with their jobs, and waits until they have gone. */
  static void end(Path dataDir) throws IOException {
    for (var keeper : of(dataDir)) {
      keeper.destroyForcibly();
      keeper.onExit().join();
    }
  }
}
