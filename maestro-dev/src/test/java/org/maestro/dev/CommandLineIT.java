package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against everything, as one person at one machine uses it. */
class CommandLineIT {
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir static Path data;
  private static DevServer server;
  private static int port;

  @TempDir Path folder;
  private CommandLine cli;

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

  @BeforeEach
  void sit() {
    cli = new CommandLine(folder, port);
  }

  private static CommandLine.Outcome ok(CommandLine.Outcome outcome) {
    assertThat(outcome.code()).as(outcome.toString()).isZero();
    return outcome;
  }

  private void edit(String file, String before, String after) throws IOException {
    var text = Files.readString(folder.resolve(file));
    assertThat(text).contains(before);
    Files.writeString(folder.resolve(file), text.replace(before, after));
  }

  @Test
  void aWorkflowFromItsFirstLineToItsRestart() throws IOException {
    ok(cli.maestro("init", "--id", "first"));
    assertThat(ok(cli.maestro("validate", "--online")).out()).contains("first is valid, 4 steps");
    assertThat(cli.maestro("diff").code()).isEqualTo(1);
    assertThat(ok(cli.maestro("push", "-o", "name")).out()).isEqualTo("first@1\n");
    assertThat(ok(cli.maestro("push")).out()).contains("unchanged");
    assertThat(ok(cli.maestro("diff")).err()).contains("is the same as first@1");
    edit("workflow.yaml", "who: world", "who: moon");
    var diff = cli.maestro("diff");
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).isEqualTo("params\n  ~ who.value: world → moon\n");
    assertThat(ok(cli.maestro("push", "-o", "name")).out()).isEqualTo("first@2\n");

    var run = ok(cli.maestro("run", "--watch", "-p", "who=sun"));
    assertThat(run.out()).startsWith("first#1.1\n").contains("SUCCEEDED");
    assertThat(ok(cli.maestro("logs", "first#1/greet")).out()).isEqualTo("Hello, sun\n");
    assertThat(ok(cli.maestro("logs", "-f", "first#1")).out())
        .contains("report | They said: hello");
    assertThat(ok(cli.maestro("explain", "first#1")).out()).contains("ENDED");
    assertThat(ok(cli.maestro("ls", "first", "-o", "name")).out()).isEqualTo("first#1.1\n");
    assertThat(ok(cli.maestro("describe", "first#1")).out()).contains("who", "sun", "report");

    var again = ok(cli.maestro("restart", "first#1", "--from", "beginning", "--watch"));
    assertThat(again.out()).startsWith("first#1.2\n").contains("SUCCEEDED");
  }

  @Test
  void aStartThatIsRepeatedStartsNothingTwice() throws IOException {
    Files.writeString(folder.resolve("twice.yaml"), definition("twice", "NoOp", ""));
    ok(cli.maestro("push", "twice.yaml"));
    for (var i = 0; i < 2; i++) {
      assertThat(ok(cli.maestro("run", "twice", "--request-id", "r-1")).out())
          .isEqualTo("twice#1.1\n");
    }
    assertThat(ok(cli.maestro("ls", "twice", "-o", "name")).out()).isEqualTo("twice#1.1\n");
  }

  @Test
  void aRunIsStoppedRestartedAndKilled() throws Exception {
    Files.writeString(
        folder.resolve("slow.yaml"),
        definition("slow", "Shell", "      params:\n        script: echo begun; sleep 600\n"));
    ok(cli.maestro("push", "slow.yaml"));
    ok(cli.maestro("run", "slow"));
    var follower = cli.startMaestro("logs", "-f", "slow#1/work");
    try (var lines =
        new BufferedReader(
            new InputStreamReader(follower.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("begun");
      assertThat(ok(cli.maestro("explain", "slow#1/work")).out()).contains("JOB_RUNNING");

      // Ctrl-C lets go of a run and does nothing to it.
      var watcher = cli.startMaestro("watch", "slow#1");
      assertThat(
              new BufferedReader(
                      new InputStreamReader(watcher.getInputStream(), StandardCharsets.UTF_8))
                  .readLine())
          .contains("IN_PROGRESS");
      new ProcessBuilder("kill", "-INT", Long.toString(watcher.pid())).start().waitFor();
      var let = CommandLine.outcome(watcher);
      assertThat(let.code()).isEqualTo(130);
      assertThat(let.err()).contains("goes on; to come back: maestro watch slow#1.1");
      assertThat(cli.maestro("watch", "slow#1", "--timeout", "1s").code()).isEqualTo(8);

      assertThat(ok(cli.maestro("stop", "slow#1")).out()).contains("STOPPED");
      assertThat(lines.readLine()).isNull();
      assertThat(follower.waitFor()).isZero();
    } finally {
      follower.destroyForcibly();
    }
    var stopped = cli.maestro("watch", "slow#1");
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.err()).contains("maestro restart slow#1");

    assertThat(ok(cli.maestro("restart", "slow#1")).out()).isEqualTo("slow#1.2\n");
    assertThat(ok(cli.maestro("kill", "slow", "--all")).out())
        .contains("1 instance is being ended");
    assertThat(cli.maestro("watch", "slow#1").code()).isEqualTo(1);
  }

  @Test
  void aPausedWorkflowAndABreakpointHoldBackUntilTheyAreResumed() throws IOException {
    Files.writeString(folder.resolve("held.yaml"), definition("held", "NoOp", ""));
    ok(cli.maestro("push", "held.yaml"));
    ok(cli.maestro("pause", "held"));
    ok(cli.maestro("run", "held"));
    assertThat(ok(cli.maestro("explain", "held#1")).out()).contains("WORKFLOW_PAUSED");
    ok(cli.maestro("pause", "held/work"));
    ok(cli.maestro("resume", "held"));
    assertThat(cli.maestro("watch", "held#1", "--timeout", "2s").code()).isEqualTo(8);
    assertThat(ok(cli.maestro("explain", "held#1/work")).out()).contains("AT_BREAKPOINT");
    assertThat(ok(cli.maestro("resume", "held/work")).out()).contains("1 resumed");
    ok(cli.maestro("watch", "held#1"));
  }

  @Test
  void whatGoesWrongIsToldWithItsOwnExitCode() throws IOException {
    Files.writeString(
        folder.resolve("bad.yaml"), definition("bad", "NoOp", "      transitions: [nowhere]\n"));
    var bad = cli.maestro("validate", "bad.yaml");
    assertThat(bad.code()).isEqualTo(3);
    assertThat(bad.err()).contains("bad.yaml:7:", "did you mean 'transition'?");
    assertThat(cli.maestro("push", "bad.yaml").code()).isEqualTo(3);
    assertThat(cli.maestro("run", "nobody-knows-it").code()).isEqualTo(5);
    assertThat(cli.maestro("run").code()).isEqualTo(2);
    assertThat(cli.maestro("ls", "--server", "http://127.0.0.1:1").code()).isEqualTo(7);
    Files.writeString(
        folder.resolve("fails.yaml"),
        definition(
            "fails",
            "Shell",
            """
                  retry_policy:
                    error_retry_limit: 0
                  params:
                    script: echo oops >&2; exit 3
            """));
    ok(cli.maestro("push", "fails.yaml"));
    assertThat(cli.maestro("run", "fails", "--watch").code()).isEqualTo(1);
    assertThat(cli.maestro("logs", "fails#1/work").err()).contains("oops");
    assertThat(cli.maestro("skip", "fails#1/wrok").err()).contains("did you mean \"work\"?");
  }

  @Test
  void whatIsAcceptedAndMayNotBeMeantSoIsTold() throws IOException {
    Files.writeString(
        folder.resolve("told.yaml"),
        definition("told", "NoOp", "")
            + """
            properties:
              alerting:
                webhooks: [oops]
            """);
    for (var command :
        List.of(
            List.of("validate", "--online", "told.yaml"),
            List.of("push", "--dry-run", "told.yaml"),
            List.of("push", "told.yaml"))) {
      assertThat(ok(cli.maestro(command.toArray(String[]::new))).err())
          .as(command.toString())
          .contains("warning[W0530] told.yaml:9:15:", "oops");
    }
  }

  @Test
  void whoWatchesIsToldWhenAFailedStepIsTriedAgain() throws IOException {
    Files.writeString(
        folder.resolve("again.yaml"),
        definition(
            "again",
            "Shell",
            """
                  retry: {errors: 1, delay: 5, backoff: fixed}
                  script: exit $((2 - MAESTRO_ATTEMPT_ID))
            """));
    ok(cli.maestro("push", "again.yaml"));
    var watched = ok(cli.maestro("run", "again", "--watch"));
    assertThat(watched.out())
        .containsPattern("work +USER_FAILED .*next attempt at \\d\\d:\\d\\d:\\d\\d")
        .containsPattern("work +SUCCEEDED");
  }

  @Test
  void aLoopThatFailsIsLookedIntoDownToTheLogAndRunAgain() throws IOException {
    Files.writeString(
        folder.resolve("loop.yaml"),
        """
        workflow:
          id: loop
          owner: ann
          jobs:
            - foreach:
                id: each
                concurrency: 1
                loop_params:
                  day: [20260101, 20260102, 20260103]
                jobs:
                  - id: copy
                    type: Shell
                    retry_policy:
                      error_retry_limit: 0
                    params:
                      script: echo day ${day}; test ${day} != 20260102 || test -e %s
        """
            .formatted(folder.resolve("mended")));
    ok(cli.maestro("push", "loop.yaml"));
    var watched = cli.maestro("run", "loop", "--watch");
    assertThat(watched.code()).isEqualTo(1);
    assertThat(watched.err()).contains("loop#1.1/each[1]/copy", "maestro logs loop#1.1 --failed");

    var listed = ok(cli.maestro("ls", "loop#1/each"));
    assertThat(listed.out())
        .contains("loop#1.1/each", "of 3 iterations ended", "1 failed", "1 × ")
        .containsPattern("\\[1] +FAILED +20260102");
    assertThat(ok(cli.maestro("ls", "loop#1/each", "--status", "failed", "-o", "name")).out())
        .isEqualTo("loop#1.1/each[1]\n");
    assertThat(ok(cli.maestro("ls", "loop#1/each", "--item", "day=20260101", "-o", "name")).out())
        .isEqualTo("loop#1.1/each[0]\n");
    assertThat(ok(cli.maestro("ls", "loop#1/each", "--group", "1", "-o", "name")).out())
        .isEqualTo("loop#1.1/each[1]\n");
    assertThat(ok(cli.maestro("logs", "loop#1", "--failed")).out())
        .isEqualTo("copy | day 20260102\n");
    assertThat(ok(cli.maestro("logs", "loop#1/each[1]/copy")).out()).isEqualTo("day 20260102\n");
    assertThat(ok(cli.maestro("describe", "loop#1/each[day=20260102]")).out())
        .contains("loop#1.1/each[1]: day = 20260102", "FAILED", "copy");
    assertThat(ok(cli.maestro("describe", "loop#1/each")).out()).contains("of 3 iterations ended");
    assertThat(ok(cli.maestro("attempts", "loop#1/each[1]/copy", "-o", "name")).out())
        .endsWith("/copy.1\n");

    Files.createFile(folder.resolve("mended"));
    assertThat(
            ok(cli.maestro("restart", "loop", "--status", "failed", "--dry-run", "-o", "name"))
                .out())
        .isEqualTo("loop#1\n");
    ok(cli.maestro("restart", "loop", "--status", "failed"));
    ok(cli.maestro("watch", "loop#1"));
    assertThat(ok(cli.maestro("ls", "loop#1/each", "--status", "succeeded", "-o", "name")).out())
        .hasLineCount(3);
  }

  @Test
  void iterationsThatRunAreStoppedByFilterOnceTheyWereCounted() throws IOException {
    Files.writeString(
        folder.resolve("wide.yaml"),
        """
        workflow:
          id: wide
          owner: ann
          jobs:
            - foreach:
                id: each
                concurrency: 4
                loop_params:
                  day: [1, 2, 3, 4]
                jobs:
                  - id: wait
                    type: Shell
                    params:
                      script: echo begun; sleep 600
        """);
    ok(cli.maestro("push", "wide.yaml"));
    ok(cli.maestro("run", "wide"));
    var dry = ok(cli.maestro("stop", "wide#1/each", "--index", "1..2", "--dry-run"));
    assertThat(dry.out()).contains("would be stopped");
    ok(cli.maestro("stop", "wide#1/each", "--status", "running,queued"));
    assertThat(cli.maestro("watch", "wide#1").code()).isEqualTo(1);
  }

  @Test
  void triggersOfBothKindsArePausedAndAWorkflowIsDeleted() throws IOException {
    Files.writeString(
        folder.resolve("fed.yaml"),
        """
        workflow:
          id: fed
          owner: ann
          triggers:
            - cron: 0 6 * * *
            - signal: db/fed
          jobs:
            - id: work
              type: NoOp
        """);
    ok(cli.maestro("push", "fed.yaml"));
    assertThat(ok(cli.maestro("trigger", "ls", "fed")).out()).contains("0 6 * * *", "db/fed");
    assertThat(ok(cli.maestro("trigger", "pause", "fed")).out())
        .contains("time triggers paused, signal triggers paused");
    assertThat(ok(cli.maestro("describe", "fed")).out())
        .contains("triggers of the active version")
        .containsPattern("signal +db/fed .*paused");
    ok(cli.maestro("trigger", "resume", "fed"));
    ok(cli.maestro("permit", "set", "fed-tag", "2"));
    assertThat(ok(cli.maestro("permit", "ls", "-o", "name")).out()).contains("fed-tag\n");
    ok(cli.maestro("permit", "rm", "fed-tag"));
    assertThat(cli.maestro("delete", "fed").code()).isEqualTo(2);
    ok(cli.maestro("delete", "fed", "--yes"));
    assertThat(cli.maestro("describe", "fed").code()).isEqualTo(5);
  }

  private static String definition(String id, String type, String more) {
    return """
    workflow:
      id: %s
      owner: ann
      jobs:
        - id: work
          type: %s
    """
            .formatted(id, type)
        + more;
  }

  @Test
  void theFirstMinuteOfTheReadmeIsTrueWordForWord() throws IOException {
    var readme = Files.readString(Path.of("..", "README.md"));
    var section =
        readme.substring(readme.indexOf("## Sixty seconds"), readme.indexOf("## What it can do"));
    var blocks = SHELL_BLOCK.matcher(section).results().map(found -> found.group(1)).toList();
    assertThat(blocks).hasSize(2);
    assertThat(blocks.getFirst()).isEqualTo("./maestro dev\n");
    var first = ok(cli.script(blocks.getLast()));
    assertThat(first.out())
        .contains("workflow.yaml\n")
        .contains("created")
        .contains("hello#1.1\n")
        .containsPattern("hello#1\\.1 +SUCCEEDED")
        .contains("They said: hello")
        .contains("ENDED");
  }
}
