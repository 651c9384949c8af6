package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Netflix's Python client, as PyPI has it, and ours, in one environment against everything. Skipped
 * with the reason where there is no Python or PyPI doesn't answer.
 */
class PythonClientsIT {
  private static final String CLIENT = "maestro-sdk==0.1.4";
  private static final Path OURS = Path.of("..", "maestro-python").toAbsolutePath().normalize();

  @TempDir Path folder;

  /** What a program printed, and how it ended. */
  private record Outcome(int code, String text) {}

  @Test
  void whatNetflixsClientSaysArrivesAsItMeansIt() throws Exception {
    var python = environment();
    var port = freePort();
    try (var _ = DevServer.start(new DevOptions(port, folder.resolve("data"), "", List.of()))) {
      var script = Path.of("src", "test", "resources", "python-clients.py").toAbsolutePath();
      var outcome = run(python, script.toString(), "http://127.0.0.1:" + port);
      assertThat(outcome.code).as(outcome.text).isZero();
      assertThat(outcome.text).contains("ok a dag by job", "ok a child", "ok both packages");
    }
  }

  /** The tests of our package that want a server, which are skipped where there is none. */
  @Test
  void oursDoesWhatItsTestsWantOfAServer() throws Exception {
    var port = freePort();
    try (var _ = DevServer.start(new DevOptions(port, folder.resolve("data"), "", List.of()))) {
      var outcome =
          run(
              "env",
              "-C",
              OURS.toString(),
              "PYTHONPATH=src",
              "MAESTRO_SERVER=http://127.0.0.1:" + port,
              "python3",
              "-B",
              "-m",
              "unittest",
              "tests.test_server",
              "tests.test_examples");
      assertThat(outcome.code).as(outcome.text).isZero();
      assertThat(outcome.text).contains("OK").doesNotContain("skipped");
    }
  }

  private String environment() throws Exception {
    var place = folder.resolve("python");
    need(run("python3", "-m", "venv", place.toString()), "python3 makes no environment");
    var python = place.resolve("bin").resolve("python").toString();
    need(run(python, "-m", "pip", "install", "--quiet", CLIENT), "PyPI gives no " + CLIENT);
    // A build writes beside its sources, so it gets its own.
    var copy = folder.resolve("maestro-python");
    try (var files = Files.walk(OURS)) {
      for (var file : files.filter(PythonClientsIT::isPartOfThePackage).toList()) {
        var to = copy.resolve(OURS.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    need(run(python, "-m", "pip", "install", "--quiet", copy.toString()), "no build of ours");
    return python;
  }

  private static boolean isPartOfThePackage(Path file) {
    var name = OURS.relativize(file).toString();
    return Files.isRegularFile(file)
        && (name.startsWith("src") || name.equals("pyproject.toml") || name.equals("README.md"));
  }

  private static void need(Outcome outcome, String reason) {
    if (outcome.code != 0) {
      var all = reason + ": " + outcome.text.strip();
      System.out.println("PythonClientsIT is skipped, " + all);
      abort(all);
    }
  }

  private Outcome run(String... command) throws Exception {
    var output = Files.createTempFile(folder, "output", ".txt");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Outcome(-1, "no end within five minutes");
      }
      return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
