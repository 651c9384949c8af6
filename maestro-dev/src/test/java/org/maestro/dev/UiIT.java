package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every view of the web UI in a browser, against everything. Skipped with the reason where there is
 * no Node.js or no Chromium, unless {@code MAESTRO_BROWSER_TESTS=required}.
 */
class UiIT {
  private static final Path UI = Path.of("..", "maestro-ui").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void everyViewWorksInABrowser() throws Exception {
    var node = node();
    var port = freePort();
    try (var _ = DevServer.start(new DevOptions(port, folder.resolve("data"), "", List.of()))) {
      var said = walk(node, port);
      assertThat(said.code).as(said.text).isZero();
      System.out.println(said.text.strip());
    }
  }

  /** The other program kills the server as {@code kill -9} does, and starts it again. */
  @Test
  void pagesOutlastTheServerAndNeverShowARunThatHasEndedAsRunning() throws Exception {
    var node = node();
    var port = Integer.toString(freePort());
    var said =
        run(
            List.of(
                node.toString(),
                "test/outlast.mjs",
                port,
                "--",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DevServer.class.getName(),
                "--port",
                port,
                "--data-dir",
                folder.resolve("outlast").toString()));
    assertThat(said.code).as(said.text).isZero();
    System.out.println(said.text.strip());
  }

  private static Path node() {
    var node = onPath("node").orElseGet(() -> missing("Node.js"));
    onPath("chromium").or(() -> onPath("google-chrome")).orElseGet(() -> missing("Chromium"));
    if (Files.notExists(UI.resolve("node_modules"))) {
      missing("what npm installs in maestro-ui");
    }
    return node;
  }

  /** What a program printed, and how it ended. */
  private record Outcome(int code, String text) {}

  /** With {@code -Dui.pictures=FOLDER}, pictures of all views are left there. */
  private Outcome walk(Path node, int port) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(List.of(node.toString(), "test/walk.mjs", "http://127.0.0.1:" + port));
    Optional.ofNullable(System.getProperty("ui.pictures"))
        .ifPresent(pictures ->
            command.addAll(List.of("--pictures", Path.of(pictures).toAbsolutePath().toString())));
    return run(command);
  }

  private Outcome run(List<String> command) throws IOException, InterruptedException {
    var output = folder.resolve("said.txt");
    var process =
        new ProcessBuilder(command)
            .directory(UI.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(12, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return new Outcome(-1, "no end within twelve minutes: " + Files.readString(output));
    }
    return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing(String what) {
    var reason = "UiIT is skipped: this machine lacks " + what;
    assertThat(System.getenv("MAESTRO_BROWSER_TESTS")).as(reason).isNotEqualTo("required");
    System.out.println(reason);
    return abort(reason);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
