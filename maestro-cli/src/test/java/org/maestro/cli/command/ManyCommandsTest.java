package org.maestro.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about more than one thing, and those about what is around a run. */
class ManyCommandsTest {
  @TempDir Path here;
  private final StubServer server = new StubServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandCall call(String... arguments) {
    return new CommandCall(here).server(server).run(arguments);
  }

  @Test
  void whatFailsForOneNameKeepsNoOtherFromIt() {
    server
        .on("PUT /workflows/hello/instances/1/actions/stop", 200, "{\"info\":\"stopped\"}")
        .problem("PUT /workflows/hello/instances/2/actions/stop", 409, "ended", "it has ended")
        .on("PUT /workflows/hello/instances/3/actions/stop", 200, "{\"info\":\"stopped\"}");
    var call = call("stop", "hello#1", "hello#2", "hello#3");
    assertThat(call.code()).isEqualTo(6);
    assertThat(call.out()).isEqualTo("hello#1  stopped\nhello#3  stopped\n");
    assertThat(call.err()).contains("error: it has ended");
  }

  @Test
  void severalAreExplainedOneAfterTheOther() {
    server
        .on("GET /workflows/hello/instances/1/why", 200, "{\"running\":true}")
        .on("GET /workflows/hello/instances/2/why", 200, "{\"running\":false}");
    assertThat(call("explain", "hello#1", "hello#2").out()).isEqualTo("running\nnot running\n");
    assertThat(call("explain").code()).isEqualTo(2);
  }

  @Test
  void instancesAreRestartedByStatusAndCountedBefore() {
    server.on(
        "GET /instances?workflow=hello&status=FAILED&first=200",
        200,
        """
        {"elements":[{"workflow_id":"hello","workflow_instance_id":9,"status":"FAILED"},
                     {"workflow_id":"hello","workflow_instance_id":4,"status":"FAILED"}]}
        """);
    for (var instance : new int[] {9, 4}) {
      server.on(
          "POST /workflows/hello/instances/%d/actions/restart".formatted(instance),
          200,
          "{\"workflow_id\":\"hello\",\"workflow_instance_id\":%d,\"workflow_run_id\":2}"
              .formatted(instance));
    }
    var dry = call("restart", "hello", "--status", "failed", "--dry-run", "-o", "name");
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out()).isEqualTo("hello#9\nhello#4\n");
    assertThat(dry.err()).contains("2 instances would be restarted");
    assertThat(server.lines()).noneMatch(line -> line.startsWith("POST"));
    var real = call("restart", "hello", "--status", "failed");
    assertThat(real.code()).as(real.err()).isZero();
    assertThat(real.out()).isEqualTo("hello#9.2\nhello#4.2\n");
    assertThat(call("restart", "hello#9", "--status", "failed").code()).isEqualTo(2);
    assertThat(call("restart", "hello#9", "hello#4", "--watch").code()).isEqualTo(2);
  }

  @Test
  void onlyTheLatestRunIsRestarted() {
    server
        .on("GET /workflows/hello/instances/7/runs/latest", 200, "{\"workflow_run_id\":2}")
        .on(
            "POST /workflows/hello/instances/7/actions/restart",
            200,
            "{\"workflow_id\":\"hello\",\"workflow_instance_id\":7,\"workflow_run_id\":3}");
    assertThat(call("restart", "hello#7.2").out()).isEqualTo("hello#7.3\n");
    var call = call("restart", "hello#7.1");
    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).contains("which is hello#7.2; found hello#7.1");
  }

  @Test
  void stepsOfAStatusAreSkippedAndNamedBefore() {
    server
        .on(
            "GET /workflows/hello/instances/7/runs/latest/steps",
            200,
            """
            [{"step_id":"a","runtime_state":{"status":"PAUSED"}},
             {"step_id":"b","runtime_state":{"status":"SUCCEEDED"}}]
            """)
        .on(
            "GET /workflows/hello/instances/7/runs/latest?enriched=true",
            200,
            "{\"runtime_workflow\":{\"steps\":[{\"step\":{\"id\":\"a\",\"type\":\"NoOp\"}}]}}")
        .on(
            "PUT /workflows/hello/instances/7/steps/a/actions/skip",
            200,
            "{\"status\":\"SKIPPED\",\"timeline_event\":{\"message\":\"skipped\"}}");
    var dry = call("skip", "hello#7", "--status", "paused", "--dry-run", "-o", "name");
    assertThat(dry.out()).isEqualTo("hello#7/a\n");
    assertThat(dry.err()).contains("1 step would be skipped");
    assertThat(call("skip", "hello#7", "--status", "paused").out())
        .isEqualTo("hello#7/a  SKIPPED  skipped\n");
  }

  @Test
  void aWorkflowIsDeletedOnlyWhenThatIsSaid() {
    server
        .on(
            "GET /workflows/hello/overview",
            200,
            """
            {"latest_version_id":3,"latest_instance_id":1,"nonterminal_instances":{"IN_PROGRESS":1}}
            """)
        .on("DELETE /workflows/hello", 200, "{\"message\":\"is being deleted\"}");
    var asked = call("delete", "hello");
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.err())
        .contains(
            "hello has 3 versions and 1 instance, 1 of them live", "maestro delete hello --yes");
    assertThat(call("delete", "hello", "--dry-run").code()).isZero();
    assertThat(server.lines()).doesNotContain("DELETE /workflows/hello");
    assertThat(call("delete", "hello", "--yes").out()).isEqualTo("hello  is being deleted\n");
  }

  @Test
  void limitsOfTagsAreListedSetAndRemoved() {
    server
        .on(
            "GET /tag-permits?first=50",
            200,
            """
            {"elements":[{"tag":"db","max_allowed":0,"timeline":[{"timestamp":0,"author":"ann"}]},
                         {"tag":"api","max_allowed":5}]}
            """)
        .on(
            "GET /tag-permits?tag=db&first=1",
            200,
            "{\"elements\":[{\"tag\":\"db\",\"max_allowed\":3}]}")
        .on("POST /tag-permits", 200, "")
        .on("DELETE /tag-permits?tag=db", 200, "{\"tag\":\"db\"}");
    assertThat(call("permit", "ls").out())
        .containsPattern("db +0 \\(paused\\) +1970-01-01 00:00:00Z +ann")
        .containsPattern("api +5 +- +-");
    assertThat(call("permit", "ls", "-o", "name").out()).isEqualTo("db\napi\n");
    assertThat(call("permit", "get", "db").out()).isEqualTo("db  3 at a time\n");
    assertThat(call("permit", "set", "db", "3").out()).isEqualTo("db  3 at a time\n");
    assertThat(server.asked().getLast().body()).isEqualTo("{\"tag\":\"db\",\"max_allowed\":3}");
    assertThat(call("permit", "set", "db", "-1").code()).isEqualTo(2);
    assertThat(call("permit", "rm", "db").code()).isZero();
  }

  private void triggers(boolean disabled) {
    server
        .on(
            "GET /workflows/hello/triggers",
            200,
            """
            {"workflow_id":"hello","time_triggers":[{"workflow_id":"hello","index":0,
              "trigger":{"type":"CRON","cron":"0 6 * * *","timezone":"Europe/Berlin"},
              "next_fires":[{"fire_time":0}]}]}
            """)
        .on(
            "GET /workflows/hello/versions/active",
            200,
            """
            {"metadata":{"workflow_version_id":3},
             "properties_snapshot":{"owner":"ann","signal_trigger_disabled":%s},
             "workflow":{"id":"hello","signal_triggers":[{"definitions":{
               "db/a":{"match_params":{"day":{"value":1,"operator":">="}}},"db/b":{}},
               "condition":"true"}]}}
            """
                .formatted(disabled));
  }

  @Test
  void triggersOfBothKindsAreListed() {
    triggers(false);
    var call = call("trigger", "ls", "hello");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out())
        .containsPattern("hello +time +0 6 \\* \\* \\* +Europe/Berlin +1970-01-01 00:00:00Z +-")
        .containsPattern("hello +signal +db/a\\(day>=1\\) and db/b if true +- +when they come");
    assertThat(call("trigger", "ls", "hello", "-o", "name").out()).isEqualTo("hello\n");
  }

  @Test
  void triggersOfBothKindsArePausedUnlessOneIsNamed() {
    triggers(false);
    server
        .on(
            "PUT /workflows/hello/triggers/time/actions/pause",
            200,
            "{\"workflow_id\":\"hello\",\"paused\":true,\"changed\":true}")
        .on("POST /workflows/hello/properties", 200, "{}");
    assertThat(call("trigger", "pause", "hello").out())
        .isEqualTo("hello  time triggers paused, signal triggers paused\n");
    assertThat(server.asked().getLast().body()).isEqualTo("{\"signal_trigger_disabled\":true}");
    assertThat(call("trigger", "pause", "hello", "--time").out())
        .isEqualTo("hello  time triggers paused\n");
    assertThat(call("trigger", "pause", "hello", "--signal").out())
        .isEqualTo("hello  signal triggers paused\n");
  }

  @Test
  void aWorkflowIsDescribedWithItsTriggers() {
    triggers(true);
    server
        .on(
            "GET /workflows/hello/overview",
            200,
            """
            {"workflow_id":"hello","active_version_id":3,"latest_version_id":3,"latest_instance_id":12,
             "nonterminal_instances":{"IN_PROGRESS":1,"CREATED":0},"failed_instances":2}
            """)
        .on(
            "GET /workflows/hello/versions/default",
            200,
            """
            {"metadata":{"workflow_version_id":3},"workflow":{"id":"hello","steps":[
              {"step":{"id":"a","type":"NoOp","transition":{"successors":{"b":"x > 1"}}}}]},
             "properties_snapshot":{"owner":"ann","run_strategy":{"rule":"PARALLEL","workflow_concurrency":4}}}
            """)
        .on("GET /workflows/steps/breakpoints?workflowId=hello", 200, "[]");
    var call = call("describe", "hello");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out())
        .contains(
            "hello@3",
            "active 3, latest 3",
            "12 so far: 1 in progress, 2 failed\n",
            "PARALLEL, at most 4",
            "b if x > 1",
            "triggers of the active version")
        .containsPattern("signal +db/a\\(day>=1\\) and db/b if true +- +paused");
  }

  @Test
  void theHelpOfACommandTellsItsOwnOptionsAndNamesTheOthers() {
    var help = call("run", "--help").out();
    assertThat(help)
        .contains("--request-id", "Every command takes, see maestro --help:", "--token-file")
        .doesNotContain("others on this machine may see it here");
    assertThat(call("--help").out())
        .contains("./maestro dev", "others on this machine may see it here");
  }
}
