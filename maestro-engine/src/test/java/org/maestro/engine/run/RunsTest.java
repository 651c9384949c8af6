package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.failureMode;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.retries;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.timeout;
import static org.maestro.engine.Workflows.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Runs of every shape over HTTP, with a real database, a real broker and real processes. */
class RunsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final String FAILS = "exit 3";

  @TempDir static Path dir;

  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE, "maestro.step.shell.data-dir=" + dir.resolve("steps"));
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  // ------------------------------------------------------------------ shapes

  @Test
  void aChainRunsInOrder() {
    var steps = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 20; i++) {
      steps.add(i < 19 ? noop("s" + i, "s" + (i + 1)) : noop("s" + i));
    }
    var run = client.run(workflow("chain", Map.of(), steps));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(run))
        .hasSize(20)
        .allSatisfy((_, s) -> assertThat(s).isEqualTo("SUCCEEDED"));
    for (int i = 1; i < 20; i++) {
      assertThat(time(run, "s" + i, "create_time"))
          .isGreaterThanOrEqualTo(time(run, "s" + (i - 1), "end_time"));
    }
  }

  private static long time(EngineClient.RunName run, String step, String name) {
    return ((Number) EngineClient.state(client.step(run, step), name)).longValue();
  }

  @Test
  void aJoinWaitsForAllItsPredecessors() {
    var steps = new ArrayList<Map<String, Object>>();
    var branches = new ArrayList<String>();
    for (int i = 0; i < 10; i++) {
      branches.add("b" + i);
      steps.add(i == 0 ? sleep("b0", 1, "join") : noop("b" + i, "join"));
    }
    steps.add(noop("fork", branches.toArray(String[]::new)));
    steps.add(noop("join"));
    var run = client.run(workflow("fan", Map.of(), steps));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(run)).hasSize(12);
    assertThat(time(run, "join", "create_time"))
        .isGreaterThanOrEqualTo(time(run, "b0", "end_time"));
  }

  @Test
  void onlyEdgesWhoseConditionHoldsAreTaken() {
    var run =
        client.run(
            workflow(
                "conditions",
                noop("a", List.of("b?x > 1", "c?x > 5", "d?x == 3"), params("x", param("LONG", 3))),
                noop("b", "j"),
                noop("c", "j", "c2"),
                noop("d", "j"),
                noop("j"),
                noop("c2")));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(run))
        .isEqualTo(
            Map.of(
                "a",
                "SUCCEEDED",
                "b",
                "SUCCEEDED",
                "c",
                "UNSATISFIED",
                "c2",
                "UNSATISFIED",
                "d",
                "SUCCEEDED",
                "j",
                "SUCCEEDED"));
  }

  @Test
  void aSleepTakesItsTime() {
    var run = client.run(workflow("sleeps", sleep("s", 1, "t"), noop("t")));
    assertThat(client.steps(run)).isEqualTo(Map.of("s", "SUCCEEDED", "t", "SUCCEEDED"));
    assertThat(time(run, "s", "end_time") - time(run, "s", "start_time")).isBetween(1000L, 10_000L);
  }

  // ------------------------------------------------------------------ failures

  private static Map<String, String> failing(String mode) {
    var run =
        client.run(
            workflow(
                "fails-" + mode.toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                noop("r", "bad", "slow"),
                shell("bad", FAILS, List.of("after-bad"), NO_RETRY, failureMode(mode)),
                sleep("slow", 2, "after-slow"),
                noop("after-bad"),
                noop("after-slow")));
    var all = client.steps(run);
    all.put("run", client.status(run));
    return all;
  }

  @Test
  void failImmediatelyStopsWhatRuns() {
    assertThat(failing("FAIL_IMMEDIATELY"))
        .isEqualTo(
            Map.of("run", "FAILED", "r", "SUCCEEDED", "bad", "FATALLY_FAILED", "slow", "STOPPED"));
  }

  @Test
  void failAfterRunningLetsOtherBranchesGoOn() {
    assertThat(failing("FAIL_AFTER_RUNNING"))
        .isEqualTo(
            Map.of(
                "run",
                "FAILED",
                "r",
                "SUCCEEDED",
                "bad",
                "FATALLY_FAILED",
                "slow",
                "SUCCEEDED",
                "after-slow",
                "SUCCEEDED"));
  }

  @Test
  void anIgnoredFailureLetsTheRunSucceed() {
    assertThat(failing("IGNORE_FAILURE"))
        .isEqualTo(
            Map.of(
                "run",
                "SUCCEEDED",
                "r",
                "SUCCEEDED",
                "bad",
                "COMPLETED_WITH_ERROR",
                "after-bad",
                "SUCCEEDED",
                "slow",
                "SUCCEEDED",
                "after-slow",
                "SUCCEEDED"));
  }

  @Test
  void aStepIsTriedAgainUntilItSucceeds() {
    var mark = dir.resolve("tried");
    var script = "if [ -e %1$s ]; then exit 0; fi; touch %1$s; exit 1".formatted(mark);
    var run =
        client.run(workflow("flaky", shell("s", script, List.of("t"), retries(2)), noop("t")));
    assertThat(client.steps(run)).isEqualTo(Map.of("s", "SUCCEEDED", "t", "SUCCEEDED"));
    assertThat(client.attempt(run, "s")).isEqualTo(2);
  }

  @Test
  void aStepFailsForGoodWhenItsRetriesAreSpent() {
    var run =
        client.run(workflow("broken", shell("s", FAILS, List.of("t"), retries(1)), noop("t")));
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(client.steps(run)).isEqualTo(Map.of("s", "FATALLY_FAILED"));
    assertThat(client.attempt(run, "s")).isEqualTo(2);
  }

  @Test
  void stepsTimeOut() {
    var run =
        client.run(
            workflow(
                "slow-steps",
                sleep("waits", 50, List.of("t"), timeout("1s"), NO_RETRY),
                shell("works", "sleep 50", List.of("t"), timeout("1s"), retries(1)),
                noop("t")));
    assertThat(client.status(run)).isEqualTo("TIMED_OUT");
    assertThat(client.steps(run)).isEqualTo(Map.of("waits", "TIMED_OUT", "works", "TIMED_OUT"));
    assertThat(client.attempt(run, "waits")).isEqualTo(1);
    assertThat(client.attempt(run, "works")).isEqualTo(2);
  }

  @Test
  void aRunTimesOut() {
    var run =
        client.run(
            workflow(
                "slow-run",
                timeout("1s"),
                List.of(sleep("s", 50, "t"), shell("j", "sleep 50", List.of()), noop("t"))));
    assertThat(client.status(run)).isEqualTo("TIMED_OUT");
    assertThat(client.steps(run)).isEqualTo(Map.of("s", "TIMED_OUT", "j", "TIMED_OUT"));
  }

  // ------------------------------------------------------------------ params

  @Test
  void outputsOfAScriptAreParamsOfTheStepsBehindIt() {
    var script =
        """
        printf '{"rows": {"type": "LONG", "value": 42}}' > "$$MAESTRO_OUTPUT"
        """;
    var run =
        client.run(
            workflow(
                "outputs",
                shell(
                    "make",
                    script,
                    List.of("use?rows > 40", "skip?rows < 40"),
                    params("rows", param("LONG", 0))),
                noop("use", List.of(), params("twice", expression("LONG", "make__rows * 2"))),
                noop("skip")));
    assertThat(client.steps(run))
        .isEqualTo(Map.of("make", "SUCCEEDED", "use", "SUCCEEDED", "skip", "UNSATISFIED"));
    assertThat(value(client.step(run, "use"), "twice")).isEqualTo(84L);
  }

  @Test
  void aParamThatNothingReadsIsRefusedIfItIsMisspeltAndToldElsewise() {
    client.push(
        workflow(
            "reads",
            params("day", param("STRING", "1")),
            List.of(noop("a", List.of(), params("x", param("STRING", "${day}"))))));
    var initiator = Map.of("type", "manual");
    for (var wrong :
        List.of(
            Map.of("run_params", Map.of("dya", param("STRING", "2"))),
            Map.of("run_params", Map.of("days", param("STRING", "2"))),
            Map.of("step_run_params", Map.of("b", Map.of("x", param("STRING", "2")))),
            Map.of("persist_failed_run", "yes"),
            Map.of("request_time", "soon"))) {
      var body = new LinkedHashMap<String, Object>(wrong);
      body.put("initiator", initiator);
      assertThat(
              engine
                  .call("POST", "/api/v3/workflows/reads/versions/1/actions/start", body)
                  .status())
          .as(wrong.toString())
          .isEqualTo(400);
    }
    var told =
        engine.call(
            "POST",
            "/api/v3/workflows/reads/versions/1/actions/start",
            Map.of(
                "initiator",
                initiator,
                "run_params",
                Map.of("day", param("STRING", "2"), "zebra", param("STRING", "2"))));
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.at("warnings").toString()).contains("zebra").doesNotContain("day");
  }

  @Test
  void aParamThatCantBeEvaluatedFailsTheRunWithAReason() {
    client.push(
        workflow(
            "divides",
            params("n", param("LONG", 1)),
            List.of(
                noop("a", "b"), noop("b", List.of(), params("x", expression("LONG", "1 / n"))))));
    var run = client.start("divides", Map.of("run_params", Map.of("n", param("LONG", 0))));
    assertThat(client.ended(run)).isEqualTo("FAILED");
    assertThat(client.steps(run)).containsEntry("b", "INTERNALLY_FAILED");
    assertThat(client.step(run, "b").get("timeline").toString()).contains("evaluated");
  }

  @Test
  void aJobThatDoesNotReportWhatItsOutputsDeclareHasFailed() {
    var rows = params("rows", param("LONG", 0));
    var run =
        client.run(
            workflow(
                "silent",
                shell(
                    "a",
                    "echo nothing",
                    List.of("b"),
                    NO_RETRY,
                    rows,
                    Map.of("outputs", List.of("rows"))),
                noop("b")));
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(client.steps(run)).isEqualTo(Map.of("a", "FATALLY_FAILED"));
    assertThat(client.step(run, "a").get("timeline").toString()).contains("did not report rows");

    assertThat(
            client.status(
                client.run(workflow("content", shell("a", "echo nothing", List.of(), rows)))))
        .isEqualTo("SUCCEEDED");
  }
}
