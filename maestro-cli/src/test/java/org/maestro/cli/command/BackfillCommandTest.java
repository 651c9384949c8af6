package org.maestro.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillCommandTest {
  @TempDir Path here;

  private final StubServer server = new StubServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandCall call(String... arguments) {
    return new CommandCall(here).server(server).run(arguments);
  }

  private static String backfill(String status, int succeeded, int failed, int running) {
    return """
    {"id":"b1","workflow_id":"hello","version":"active","status":"%s","param":"date",
     "concurrency":4,"first_value":"20210101","last_value":"20210110","create_time":0,
     "created_by":"ann","runs_per_second":2.5,
     "counts":{"total":10,"skipped":0,"waiting":%d,"running":%d,"succeeded":%d,"failed":%d,
               "timed_out":0,"stopped":0}%s}
    """
        .formatted(
            status,
            10 - succeeded - failed - running,
            running,
            succeeded,
            failed,
            failed == 0
                ? ""
                : ",\"failures\":[{\"number\":1,\"value\":\"20210102\",\"status\":\"FAILED\","
                    + "\"workflow_instance_id\":7}]");
  }

  @Test
  void aRangeOfDaysIsSentAsItWasWrittenAndTheIdIsPrinted() {
    server.on("POST /workflows/hello/backfills", 201, backfill("RUNNING", 0, 0, 0));
    var call =
        call(
            "backfill",
            "create",
            "hello@3",
            "--days",
            "20210101..20210110",
            "--step",
            "2",
            "--param",
            "date",
            "--concurrency",
            "4",
            "--max-failures",
            "10%",
            "--newest-first",
            "--skip",
            "succeeded");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out()).isEqualTo("b1\n");
    assertThat(call.err()).contains("maestro backfill watch b1");
    assertThat(server.asked().getFirst().body())
        .contains(
            "\"version\":\"3\"",
            "\"days\":{\"from\":\"20210101\",\"to\":\"20210110\",\"step\":2}",
            "\"param\":\"date\"",
            "\"concurrency\":4",
            "\"max_failures\":\"10%\"",
            "\"order\":\"newest_first\"",
            "\"skip\":\"succeeded\"");
  }

  @Test
  void withoutExactlyOneRangeNothingIsAsked() {
    assertThat(call("backfill", "create", "hello").code()).isEqualTo(2);
    assertThat(call("backfill", "create", "hello", "--days", "20210101").code()).isEqualTo(2);
    assertThat(call("backfill", "create", "hello", "--cron", "0 6 * * *").code()).isEqualTo(2);
    assertThat(call("backfill", "create", "hello", "--from", "1").err())
        .contains("there is no option --from here")
        .doesNotContain("did you mean");
    assertThat(call("backfill", "create", "hello", "--dayz", "1").err())
        .contains("did you mean \"--days\"?");
    assertThat(call("backfill", "create", "hello", "--days", "1..2", "--param", "region=eu").err())
        .contains("expected --param NAME", "-p region=eu");
    assertThat(
            call("backfill", "create", "hello", "--days", "1..2", "--values", "a", "--param", "p")
                .code())
        .isEqualTo(2);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aValueMayHoldCommas() {
    server.on("POST /workflows/hello/backfills", 201, backfill("RUNNING", 0, 0, 0));
    var call =
        call(
            "backfill",
            "create",
            "hello",
            "--value",
            "Berlin, DE",
            "--value",
            "Rome",
            "--param",
            "city");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(server.asked().getFirst().body()).contains("\"values\":[\"Berlin, DE\",\"Rome\"]");
  }

  @Test
  void aDryRunSaysWhatWouldBeRun() {
    server.on(
        "POST /workflows/hello/backfills?dry_run=true",
        200,
        """
        {"dry_run":true,"total":364,"skipped":2,"first_values":["20210101"],
         "last_values":["20211231"],"param":"date","concurrency_in_force":1,
         "already_ran":{"started":3,"succeeded":2,"instances_looked_at":40}}
        """);
    var call =
        call(
            "backfill",
            "create",
            "hello",
            "--cron",
            "0 6 * * *",
            "--range",
            "20210101..20211231",
            "--dry-run");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out())
        .contains(
            "364 runs, 2 values skipped, 1 at a time", "first: 20210101", "of which 2 succeeded");
  }

  @Test
  void watchingEndsWithTheBackfillAndItsCodeSaysHow() {
    server.on("GET /backfills/b1", 200, backfill("RUNNING", 4, 0, 2));
    server.on("GET /backfills/b1", 200, backfill("RUNNING", 8, 1, 1));
    server.on("GET /backfills/b1", 200, backfill("COMPLETED", 9, 1, 0));
    var call = call("backfill", "watch", "b1");
    assertThat(call.code()).isEqualTo(1);
    assertThat(call.out())
        .contains("4/10  ok 4  running 2", "9/10  ok 8  failed 1", "10/10  ok 9  failed 1");
    assertThat(call.err()).contains("20210102", "hello#7");

    server.on("GET /backfills/b2", 200, backfill("COMPLETED", 10, 0, 0));
    assertThat(call("backfill", "watch", "b2", "-o", "json").out()).contains("\"COMPLETED\"");
  }

  @Test
  void itIsPausedResumedStoppedAndItsFailuresRestarted() {
    for (var action : new String[] {"pause", "resume", "restart-failed"}) {
      server.on("PUT /backfills/b1/actions/" + action, 200, backfill("PAUSED", 3, 0, 0));
      assertThat(call("backfill", action, "b1").code()).as(action).isZero();
    }
    server.on("PUT /backfills/b1/actions/stop?end_runs=true", 200, backfill("STOPPED", 3, 0, 0));
    assertThat(call("backfill", "stop", "b1", "--end-runs").out()).contains("STOPPED", "3/10");
    server.problem("PUT /backfills/b1/actions/stop", 409, "action-not-possible", "it is over");
    assertThat(call("backfill", "stop", "b1").code()).isEqualTo(6);
  }

  @Test
  void backfillsAndTheirValuesAreListed() {
    server.on(
        "GET /workflows/hello/backfills?first=50",
        200,
        "{\"elements\":[%s],\"page_info\":{\"has_next_page\":false}}"
            .formatted(backfill("PAUSED", 3, 1, 0)));
    assertThat(call("backfill", "ls", "hello").out()).contains("b1", "PAUSED", "ann");
    assertThat(call("backfill", "ls", "hello", "-o", "name").out()).isEqualTo("b1\n");
    server.on(
        "GET /backfills/b1/runs?status=FAILED&first=50",
        200,
        """
        {"elements":[{"number":1,"value":"20210102","status":"FAILED","workflow_instance_id":7}],
         "page_info":{"has_next_page":false}}
        """);
    server.on("GET /backfills/b1", 200, backfill("PAUSED", 3, 1, 0));
    assertThat(call("backfill", "runs", "b1", "--status", "failed").out())
        .contains("20210102", "FAILED", "hello#7");
    assertThat(call("backfill", "runs", "b1", "--status", "failed", "-o", "name").out())
        .isEqualTo("hello#7\n");
    assertThat(call("backfill", "runs", "b1", "--status", "fialed").err())
        .contains("did you mean \"FAILED\"?");
  }
}
