package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The development server from the jars that {@code ./maestro dev} runs it from. Tests see more than
 * those: what is missing there is missing for everybody but them.
 */
class PackagedServerIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @TempDir Path folder;

  @Test
  @Timeout(180)
  void itIsReadyWithItsOwnJarsAlone() throws Exception {
    assertThat(TARGET.resolve("lib")).isDirectory();
    var server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.time.zone.DefaultZoneRulesProvider=org.maestro.zones.TzdataRules",
                "-cp",
                TARGET.resolve("classes") + File.pathSeparator + TARGET.resolve("lib") + "/*",
                "org.maestro.dev.DevServer",
                "--port",
                String.valueOf(freePort()),
                "--data-dir",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    var said = new ArrayList<String>();
    try (var lines = server.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.startsWith("open ")) {
          server.toHandle().destroy(); // and its last words are heard, too
        }
      }
      assertThat(said)
          .anyMatch(line -> line.startsWith("services  ready"))
          .anyMatch(line -> line.startsWith("stopped "));
    } finally {
      if (!server.waitFor(30, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }

  @Test
  void theCommandIsFoundThroughLinks() throws Exception {
    var command = Path.of("..", "maestro").toRealPath();
    var link = Files.createSymbolicLink(folder.resolve("link"), command);
    var again = Files.createSymbolicLink(folder.resolve("again"), link.getFileName());
    var asked = new ProcessBuilder(again.toString(), "jdk").redirectErrorStream(true).start();
    assertThat(asked.inputReader().readLine()).isNotEmpty();
    assertThat(asked.waitFor()).isZero();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
