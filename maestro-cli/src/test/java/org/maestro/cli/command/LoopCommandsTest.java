package org.maestro.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Tree;

/** A run {@code hello#7} with a loop {@code each} over days, of which iteration 17 has failed. */
class LoopCommandsTest {
  private static final String LOOP = "/workflows/hello/instances/7/runs/1/steps/each/iterations";
  private static final String ITERATION =
      """
      {"index":17,"status":"FAILED","items":{"day":20260101},"failure":"it broke",
       "workflow_id":"maestro_foreach_x","workflow_instance_id":18,"workflow_run_id":1,
       "start_time":1000,"end_time":3000}
      """;

  @TempDir Path here;
  private final StubServer server = new StubServer();

  @BeforeEach
  void aLoop() {
    var run =
        """
        {"workflow_run_id":1,"status":"FAILED","runtime_workflow":{"steps":[
          {"foreach":{"id":"each"}},{"step":{"id":"after","type":"NoOp"}}]}}
        """;
    for (var path : new String[] {"latest", "1"}) {
      server.on("GET /workflows/hello/instances/7/runs/" + path, 200, run);
      server.on("GET /workflows/hello/instances/7/runs/" + path + "?enriched=true", 200, run);
    }
    server
        .on("GET " + LOOP + "/17", 200, ITERATION)
        .on("GET " + LOOP + "/18", 200, "{\"index\":18,\"status\":\"QUEUED\"}")
        .on(
            "GET " + LOOP + "/summary",
            200,
            """
            {"live":true,"total":366,"concurrency":4,"counts":{"SUCCEEDED":60,"FAILED":2,"RUNNING":4},
             "rate_per_second":2.5,"eta_ms":90000,"duration_ms":{"p50":1000},
             "failures":[{"signature":"it broke at #","count":2,"samples":[17]}]}
            """)
        .on(
            "GET " + LOOP + "/failures",
            200,
            "{\"groups\":[{\"signature\":\"it broke at #\",\"count\":2,\"samples\":[17]}]}")
        .on(
            "GET " + LOOP + "/strip?buckets=64",
            200,
            """
            {"total":366,"buckets":[{"from":0,"to":6,"counts":{"SUCCEEDED":6}},
              {"from":6,"to":12,"counts":{"SUCCEEDED":5,"FAILED":1}},
              {"from":12,"to":18,"counts":{"RUNNING":4}},{"from":18,"to":24,"counts":{}}]}
            """);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandCall call(String... arguments) {
    return new CommandCall(here).server(server).run(arguments);
  }

  @Test
  void aLoopIsListedWithNumbersStripAndFailureGroups() {
    server.on("GET " + LOOP + "?first=50", 200, "{\"elements\":[" + ITERATION + "]}");
    var call = call("ls", "hello#7/each");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out())
        .contains(
            "hello#7.1/each  62 of 366 iterations ended: 4 running, 60 succeeded, 2 failed",
            "[✓✗●·]",
            "4 at a time; 2.5 per second; 1m30s left; each takes p50 1.0s",
            "1. 2 × it broke at #  such as [17]")
        .containsPattern("ITERATION +STATUS +day +STARTED")
        .containsPattern("\\[17] +FAILED +20260101 .*it broke");
    assertThat(call("ls", "hello#7/each", "-o", "name").out()).isEqualTo("hello#7.1/each[17]\n");
    var json = new Tree(Json.read(call("ls", "hello#7/each", "-o", "json").out()));
    assertThat(json.list().getFirst().at("ref").text()).isEqualTo("hello#7.1/each[17]");
  }

  @Test
  void iterationsAreChosenByStatusNumberItemAndGroup() {
    server.on(
        "GET "
            + LOOP
            + "?status=FAILED%2CSTOPPED&signature=it%20broke%20at%20%23&item.day=202601*&from=10&to=21&first=50",
        200,
        "{\"elements\":[" + ITERATION + "]}");
    var call =
        call(
            "ls",
            "hello#7/each",
            "--status",
            "failed,stopped",
            "--group",
            "1",
            "--item",
            "day=202601*",
            "--index",
            "10..20",
            "-o",
            "name");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out()).isEqualTo("hello#7.1/each[17]\n");
    assertThat(call("ls", "hello#7/each", "--group", "3").code()).isEqualTo(5);
    assertThat(call("ls", "hello#7/each", "--index", "x").code()).isEqualTo(2);
    assertThat(call("ls", "hello", "--index", "7").code()).isEqualTo(2);
  }

  @Test
  void anIterationIsNamedByItsNumberOrItsItem() {
    server
        .on("GET /workflows/maestro_foreach_x/instances/18/runs/1/why", 200, "{\"running\":true}")
        .on("GET " + LOOP + "?item.day=20260101&first=6", 200, "{\"elements\":[" + ITERATION + "]}")
        .on("GET " + LOOP + "?item.day=2*&first=6", 200, both())
        .on("GET " + LOOP + "?item.day=1&first=6", 200, "{\"elements\":[]}");
    for (var name : new String[] {"hello#7/each[17]", "hello#7.1/each[day=20260101]"}) {
      var call = call("explain", name);
      assertThat(call.code()).as(call.err()).isZero();
      assertThat(call.out()).isEqualTo("running\n");
    }
    assertThat(call("explain", "hello#7/each[day=1]").code()).isEqualTo(5);
    var several = call("explain", "hello#7/each[day=2*]");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err())
        .contains("several iterations with day=2*: 17, 17", "hello#7.1/each[17]");
    var notBegun = call("explain", "hello#7/each[18]");
    assertThat(notBegun.code()).isEqualTo(5);
    assertThat(notBegun.err()).contains("hello#7.1/each[18] is QUEUED", "it has not begun");
    assertThat(call("explain", "hello#7/each[").code()).isEqualTo(2);
  }

  private static String both() {
    return "{\"elements\":[" + ITERATION + "," + ITERATION + "]}";
  }

  @Test
  void iterationsAreRestartedByFilterAndCountedBefore() {
    server
        .on(
            "POST " + LOOP + "/actions/restart?status=FAILED&dry_run=true",
            200,
            "{\"action\":\"RESTART\",\"dry_run\":true,\"matched\":2,\"samples\":[17,21]}")
        .on(
            "POST " + LOOP + "/actions/restart?status=FAILED",
            200,
            "{\"action\":\"RESTART\",\"matched\":1,\"samples\":[17]}")
        .on("POST " + LOOP + "/actions/stop?from=5", 200, "{\"action\":\"STOP\",\"matched\":0}");
    assertThat(call("restart", "hello#7/each", "--status", "failed", "--dry-run").out())
        .isEqualTo("hello#7.1/each  2 iterations would be restarted, such as [17], [21]\n");
    assertThat(call("restart", "hello#7/each", "--status", "failed").out())
        .isEqualTo("hello#7.1/each  1 iteration is being restarted, such as [17]\n");
    assertThat(call("stop", "hello#7/each", "--index", "5..").code()).isZero();
    assertThat(call("restart", "hello#7/each", "--dry-run").code()).isEqualTo(2);
    assertThat(call("restart", "hello#7/each", "--status", "dreaming").code()).isEqualTo(2);
  }

  @Test
  void theLogsOfARunThatFailedGoDownToWhatFailed() {
    server
        .on(
            "GET /workflows/hello/instances/7/runs/1/steps",
            200,
            """
            [{"step_id":"each","workflow_run_id":1,"step_attempt_id":1,
              "runtime_state":{"status":"FATALLY_FAILED"},"artifacts":{"maestro_foreach":{}}},
             {"step_id":"after","runtime_state":{"status":"NOT_CREATED"}}]
            """)
        .on(
            "GET /workflows/maestro_foreach_x/instances/18/runs/1/steps",
            200,
            """
            [{"step_id":"copy","step_attempt_id":2,"runtime_state":{"status":"FATALLY_FAILED"}}]
            """)
        .on(
            "GET /workflows/maestro_foreach_x/instances/18/runs/1/steps/copy/attempts/2/logs?stream=stdout&offset=0&limit=65536",
            200,
            "{\"text\":\"no such table\\n\",\"next_offset\":14,\"eof\":true}");
    var call = call("logs", "hello#7", "--failed");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out()).isEqualTo("copy | no such table\n");
    assertThat(call.err()).contains("hello#7.1/each[17]/copy  FATALLY_FAILED, and 1 like it");
    assertThat(call("logs", "hello#7", "--failed", "-f").code()).isEqualTo(2);
  }

  @Test
  void ofWhatMayNotBeReadOnlyTheStepAboveIsTold() {
    server
        .on(
            "GET /workflows/hello/instances/7/runs/1/steps",
            200,
            """
            [{"step_id":"call","step_attempt_id":1,"runtime_state":{"status":"FATALLY_FAILED"},
              "artifacts":{"maestro_subworkflow":{"subworkflow_id":"secret",
                "subworkflow_instance_id":3,"subworkflow_run_id":1}}}]
            """)
        .problem("GET /workflows/secret/instances/3/runs/1/steps", 403, "not-allowed", "no");
    var call = call("logs", "hello#7", "--failed");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.err()).contains("hello#7.1/call  FATALLY_FAILED");
  }

  @Test
  void aStepThatIsNoLoopIsListedByItsAttempts() {
    server.on(
        "GET /workflows/hello/instances/7/runs/latest/steps/after/attempts",
        200,
        """
        [{"workflow_id":"hello","workflow_instance_id":7,"workflow_run_id":1,"step_id":"after",
          "step_attempt_id":1,"runtime_state":{"status":"USER_FAILED"},
          "timeline":[{"message":"it broke\\nhere"}]},
         {"workflow_id":"hello","workflow_instance_id":7,"workflow_run_id":1,"step_id":"after",
          "step_attempt_id":2,"runtime_state":{"status":"RUNNING"}}]
        """);
    for (var command : new String[] {"ls", "attempts"}) {
      assertThat(call(command, "hello#7/after").out())
          .containsPattern("hello#7\\.1/after\\.1 +USER_FAILED .*it broke\n")
          .containsPattern("hello#7\\.1/after\\.2 +RUNNING");
      assertThat(call(command, "hello#7/after", "-o", "name").out())
          .isEqualTo("hello#7.1/after.1\nhello#7.1/after.2\n");
    }
  }

  @Test
  void theLogOfAnAttemptThatIsNotThereSaysSo() {
    var call = call("logs", "hello#7/after.9");
    assertThat(call.code()).isEqualTo(5);
    assertThat(call.err())
        .contains(
            "step \"after\" of hello#7.1 has no attempt 9", "maestro attempts hello#7.1/after");
  }

  @Test
  void whatIsAlikeIsExplainedOnce() {
    server.on(
        "GET /workflows/hello/instances/7/why",
        200,
        """
        {"running":true,"reasons":[{"code":"WAITING_FOR_ITERATIONS","message":"4 run","step_id":"each",
          "iterations":[
            {"index":3,"status":"RUNNING","reasons":[{"code":"JOB_RUNNING","message":"at work"}]},
            {"index":4,"status":"RUNNING","reasons":[{"code":"JOB_RUNNING","message":"at work"}]},
            {"index":9,"status":"RUNNING","reasons":[{"code":"SLEEPING","message":"asleep"}]}]},
          {"code":"JOB_RUNNING","message":"x"},{"code":"JOB_RUNNING","message":"x"}]}
        """);
    assertThat(call("explain", "hello#7").out())
        .isEqualTo(
            """
            running
              WAITING_FOR_ITERATIONS each: 4 run
                iterations 3, 4 RUNNING
                  JOB_RUNNING at work
                iteration 9 RUNNING
                  SLEEPING asleep
              JOB_RUNNING x  (2 like it)
            """);
  }
}
