package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A loop of 20,000 of which 200 fail: all the others run, the cause is found and mended, the 200
 * run again in the mended version, and nothing else does. Once by the command line, once in Python.
 */
@Timeout(600)
class LoopsThatFinishIT {
  private static final Path OURS = Path.of("..", "maestro-python", "src").toAbsolutePath();

  /** Every hundredth item has a job; all others have nothing to do. */
  private static final String DEFINITION =
      """
      workflow:
        id: tables
        owner: ann
        jobs:
          - foreach:
              id: each
              concurrency: 100
              max_failures: all
              ranges:
                n: {from: 1, to: 20001}
              jobs:
                - id: pick
                  type: NoOp
                  transition: IF n %% 100 == 0 THEN load
                - id: load
                  type: Shell
                  script: |
                    echo loading table ${n}
                    %s
                  retry: {errors: 0}
      """;

  @TempDir static Path data;
  private static DevServer server;
  private static int port;

  @TempDir Path folder;

  @BeforeAll
  static void startEverything() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    server = DevServer.start(new DevOptions(port, data, "", List.of()));
  }

  @AfterAll
  static void stopEverything() {
    server.close();
  }

  private static CommandLine.Outcome ok(CommandLine.Outcome outcome) {
    assertThat(outcome.code()).as(outcome.toString()).isZero();
    return outcome;
  }

  @Test
  void byTheCommandLineAlone() throws IOException {
    var cli = new CommandLine(folder, port);
    var file = folder.resolve("tables.yaml");
    Files.writeString(file, DEFINITION.formatted("echo no such table >&2; exit 3"));
    ok(cli.maestro("push", "tables.yaml"));
    var failed = cli.maestro("run", "tables", "--watch");
    assertThat(failed.code()).as(failed.toString()).isEqualTo(1);

    var loop = ok(cli.maestro("ls", "tables#1/each")).out();
    assertThat(loop.replace(",", "")).contains("19800 succeeded 200 failed", "1. 200 × load:");
    assertThat(ok(cli.maestro("ls", "tables#1/each", "--status", "failed", "--limit", "1")).out())
        .contains("99");
    assertThat(ok(cli.maestro("logs", "tables#1/each[n=100]")).out()).contains("loading table 100");
    assertThat(ok(cli.maestro("explain", "tables#1")).out())
        .contains("Failed first: step \"load\" in each[", "no such table");

    Files.writeString(file, DEFINITION.formatted("true"));
    ok(cli.maestro("push", "tables.yaml"));
    var again = ok(cli.maestro("restart", "tables#1", "--version", "active", "--watch"));
    assertThat(again.out()).startsWith("tables#1.2\n").contains("SUCCEEDED");
    assertThat(ok(cli.maestro("ls", "tables#1/each")).out().replace(",", ""))
        .contains("20000 succeeded")
        .doesNotContain("failed");
    // What had succeeded has no second run.
    assertThat(ok(cli.maestro("describe", "tables#1/each[0]", "-o", "json")).out())
        .contains("\"workflow_run_id\": 1");
    assertThat(ok(cli.maestro("describe", "tables#1/each[99]", "-o", "json")).out())
        .contains("\"workflow_run_id\": 2");
  }

  @Test
  void byPythonAlone() throws Exception {
    var script = Path.of("src", "test", "resources", "loops-that-finish.py").toAbsolutePath();
    var builder =
        new ProcessBuilder("python3", "-B", script.toString(), "http://127.0.0.1:" + port)
            .redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", OURS.normalize().toString());
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("200 failed in the same way", "20000 have succeeded");
  }
}
