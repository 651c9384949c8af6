package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.state;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.failureMode;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.whileLoop;
import static org.maestro.engine.Workflows.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Foreach and while steps over HTTP, with a real database, a real broker and real processes. */
class LoopsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

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

  private static Map<String, Object> longs(Object... values) {
    return param("LONG_ARRAY", List.of(values));
  }

  private static Map<String, Object> ints(long from, long to) {
    return expression("LONG_ARRAY", "Util.intsBetween(%d, %d, 1)".formatted(from, to));
  }

  private static Map<?, ?> artifact(RunName run, String step) {
    var artifacts = (Map<?, ?>) client.step(run, step).get("artifacts");
    return (Map<?, ?>) artifacts.get("maestro_foreach");
  }

  private static Map<?, ?> stats(RunName run, String step) {
    return (Map<?, ?>) ((Map<?, ?>) artifact(run, step).get("foreach_overview")).get("stats");
  }

  private static RunName iteration(RunName run, String step, long index, long runId) {
    return new RunName((String) artifact(run, step).get("foreach_workflow_id"), index + 1, runId);
  }

  // ------------------------------------------------------------------ foreach

  @Test
  void everyCombinationIsAnIterationAndItsResultsCanBeCollectedInOrder() {
    var run =
        client.run(
            workflow(
                "product",
                foreach(
                    "f",
                    Map.of("i", ints(0, 700)),
                    List.of(noop("s", List.of(), params("v", expression("LONG", "i * 2")))),
                    List.of("z")),
                noop(
                    "z",
                    List.of(),
                    params(
                        "all", expression("LONG_ARRAY", "params.getFromForeach('f','s','v')")))));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    assertThat(stats(run, "f")).isEqualTo(Map.of("SUCCEEDED", 700L));
    var all = (List<?>) value(client.step(run, "z"), "all");
    assertThat(all).hasSize(700);
    assertThat(((Number) all.get(699)).longValue()).isEqualTo(1398);
  }

  @Test
  void anIterationSeesItsItemItsIndexAndWhatTheRunKnows() {
    var run =
        client.run(
            workflow(
                "sees",
                Map.of("params", Map.of("who", param("STRING", "ada"))),
                List.of(
                    foreach(
                        "f",
                        Map.of("name", param("STRING_ARRAY", List.of("x", "y"))),
                        List.of(
                            noop(
                                "s",
                                List.of(),
                                params("t", param("STRING", "${who} ${name} ${loop_index}")))),
                        List.of()))));
    var second = iteration(run, "f", 1, 1);
    assertThat(client.status(second)).isEqualTo("SUCCEEDED");
    assertThat(value(client.step(second, "s"), "t")).isEqualTo("ada y 1");
    assertThat(((Map<?, ?>) client.instance(second).get("initiator")).get("type"))
        .isEqualTo("FOREACH");
  }

  @Test
  void atMostAsManyIterationsRunAtATimeAsTheStepSays() throws IOException {
    var log = dir.resolve("width.log");
    var run =
        client.run(
            workflow(
                "width",
                foreach(
                    "f",
                    Map.of("i", ints(0, 8)),
                    List.of(
                        shell(
                            "s",
                            "echo + >>%s; sleep 0.2; echo - >>%s".formatted(log, log),
                            List.of())),
                    List.of(),
                    Map.of("concurrency", 2))));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var live = 0;
    for (var line : Files.readAllLines(log)) {
      live += line.equals("+") ? 1 : -1;
      assertThat(live).isBetween(0, 2);
    }
    assertThat(Files.readAllLines(log)).hasSize(16);
  }

  @Test
  void asManyIterationsRunAtATimeAsTheStepSays() throws IOException {
    var log = dir.resolve("together.log");
    var untilThreeAreHere =
        "echo + >>%s; for i in $(seq 400); do [ $(wc -l <%s) -ge 3 ] && exit 0; sleep 0.05; done; exit 1"
            .formatted(log, log);
    var run =
        client.run(
            workflow(
                "together",
                foreach(
                    "f",
                    Map.of("i", ints(0, 3)),
                    List.of(shell("s", untilThreeAreHere, List.of())),
                    List.of(),
                    Map.of("concurrency", 3))));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
  }

  @Test
  void aSequentialLoopRunsOneAfterTheOther() throws IOException {
    var log = dir.resolve("sequence.log");
    client.run(
        workflow(
            "sequence",
            foreach(
                "f",
                Map.of("i", ints(0, 5)),
                List.of(shell("s", "echo ${i} >>%s".formatted(log), List.of())),
                List.of(),
                Map.of("concurrency", 1, "strict_ordering", true))));
    assertThat(Files.readAllLines(log)).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void noItemsMeanNoIterations() {
    var run =
        client.run(
            workflow(
                "empty",
                foreach("f", Map.of("i", longs()), List.of(noop("s")), List.of("z")),
                noop("z")));
    assertThat(client.steps(run)).isEqualTo(Map.of("f", "SUCCEEDED", "z", "SUCCEEDED"));
  }

  @Test
  void loopsInLoopsRunEveryPair() {
    var run =
        client.run(
            workflow(
                "nested",
                foreach(
                    "outer",
                    Map.of("i", ints(1, 6)),
                    List.of(
                        foreach(
                            "inner",
                            Map.of("j", expression("LONG_ARRAY", "Util.intsBetween(0, i, 1)")),
                            List.of(noop("s")),
                            List.of())),
                    List.of())));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var rollup =
        (Map<?, ?>) ((Map<?, ?>) artifact(run, "outer").get("foreach_overview")).get("rollup");
    assertThat(((Number) rollup.get("total_leaf_count")).longValue()).isEqualTo(15);
  }

  @Test
  void iterationsMayStartOtherWorkflows() {
    client.push(workflow("loop-child", noop("c")), Map.of("run_strategy", "parallel"));
    var run =
        client.run(
            workflow(
                "loop-of-children",
                foreach(
                    "f",
                    Map.of("i", ints(0, 4)),
                    List.of(subworkflow("sub", "loop-child", true)),
                    List.of())));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
  }

  @Test
  void tooManyIterationsAreRefusedBeforeAnythingIsCreated() {
    var run =
        client.run(
            workflow(
                "too-many",
                foreach(
                    "f",
                    Map.of("i", ints(0, 1000), "j", ints(0, 1000)),
                    List.of(noop("s")),
                    List.of())));
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(client.step(run, "f").get("timeline").toString())
        .contains("at most 100,000 iterations", "1,000,000");
  }

  @Test
  void whatIsNoArrayIsNamedWhenItIsPushed() {
    var answer =
        engine.call(
            "POST",
            "/api/v3/workflows",
            Map.of(
                "properties",
                Map.of("owner", "tester"),
                "workflow",
                workflow(
                    "no-array",
                    foreach("f", Map.of("i", param("LONG", 3)), List.of(noop("s")), List.of()))));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("loop_params/value/i", "LONG_ARRAY");
  }

  // ------------------------------------------------------------------ failures

  /** Fails where {@code i} is 3, unless the file is there. */
  private static Map<String, Object> failing(Path mended) {
    return shell(
        "s",
        "if [ ${i} = 3 ] && ! [ -e %s ]; then exit 3; fi".formatted(mended),
        List.of(),
        NO_RETRY);
  }

  @Test
  void aFailureLetsTheOthersFinishAndFailsTheStep() {
    var run =
        client.run(
            workflow(
                "fails",
                foreach(
                    "f",
                    Map.of("i", ints(0, 6)),
                    List.of(failing(dir.resolve("never"))),
                    List.of("z")),
                noop("z")));
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(stats(run, "f")).isEqualTo(Map.of("SUCCEEDED", 5L, "FAILED", 1L));
    assertThat(client.steps(run)).isEqualTo(Map.of("f", "FATALLY_FAILED"));
  }

  @Test
  void aFailureThatIsIgnoredCompletesTheStepWithAnError() {
    var run =
        client.run(
            workflow(
                "ignores",
                foreach(
                    "f",
                    Map.of("i", ints(0, 6)),
                    List.of(failing(dir.resolve("never"))),
                    List.of("z"),
                    failureMode("IGNORE_FAILURE")),
                noop("z")));
    assertThat(client.steps(run)).isEqualTo(Map.of("f", "COMPLETED_WITH_ERROR", "z", "SUCCEEDED"));
  }

  @Test
  void aFailureEndsTheOthersAtOnceIfTheStepSaysSo() {
    var run =
        client.run(
            workflow(
                "immediately",
                foreach(
                    "f",
                    Map.of("i", ints(0, 6)),
                    List.of(
                        shell(
                            "s",
                            "if [ ${i} = 3 ]; then exit 3; else sleep 600; fi",
                            List.of(),
                            NO_RETRY)),
                    List.of(),
                    failureMode("FAIL_IMMEDIATELY"))));
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(stats(run, "f")).isEqualTo(Map.of("FAILED", 6L));
  }

  /** Fails where {@code i} is divisible by 3. */
  private static Map<String, Object> failingEveryThird() {
    return shell("s", "[ $((${i} % 3)) != 0 ]", List.of(), NO_RETRY);
  }

  private static Map<String, Object> allowing(Object maxFailures, Object... more) {
    var all = new LinkedHashMap<String, Object>();
    all.put("max_failures", maxFailures);
    for (int i = 0; i < more.length; i += 2) {
      all.put((String) more[i], more[i + 1]);
    }
    return all;
  }

  private static RunName thirds(String id, Map<String, Object> settings) {
    return client.run(
        workflow(
            id,
            foreach(
                "f",
                Map.of("i", ints(0, 12)),
                List.of(failingEveryThird()),
                List.of("z"),
                settings),
            noop("z")));
  }

  @Test
  void allRunIfAllMayFailAndThenTheStepFails() {
    var run = thirds("all-may-fail", allowing("all", "concurrency", 1));
    assertThat(client.steps(run)).isEqualTo(Map.of("f", "FATALLY_FAILED"));
    assertThat(stats(run, "f")).isEqualTo(Map.of("SUCCEEDED", 8L, "FAILED", 4L));
    assertThat(client.step(run, "f").get("timeline").toString())
        .contains(
            "Of 12 iterations 8 ended SUCCEEDED, 4 ended FAILED; iteration 0 failed first, s: ");
    assertThat(get(run, "/summary").get("max_failures")).isEqualTo(12L);
  }

  @Test
  void allRunAndTheRunGoesOnIfTheFailureOfTheStepIsIgnored() {
    var run =
        thirds("all-ignored", allowing("100%", "concurrency", 2, "failure_mode", "IGNORE_FAILURE"));
    assertThat(client.steps(run)).isEqualTo(Map.of("f", "COMPLETED_WITH_ERROR", "z", "SUCCEEDED"));
    assertThat(stats(run, "f")).isEqualTo(Map.of("SUCCEEDED", 8L, "FAILED", 4L));
    assertThat(client.step(run, "f").get("timeline").toString())
        .contains("Of 12 iterations 8 ended SUCCEEDED, 4 ended FAILED");
  }

  @Test
  void noneBeginsOnceMoreHaveFailedThanMay() {
    var run = thirds("some-may-fail", allowing(2, "concurrency", 1));
    assertThat(stats(run, "f")).isEqualTo(Map.of("SUCCEEDED", 4L, "FAILED", 3L));
    assertThat(client.step(run, "f").get("timeline").toString())
        .contains("3 ended FAILED, 5 were not started, as max_failures allows for 2");
    assertThat(get(run, "/summary").get("counts"))
        .isEqualTo(Map.of("SUCCEEDED", 4L, "FAILED", 3L, "NOT_STARTED", 5L));
    assertThat((List<?>) get(run, "?status=queued&first=5").get("elements")).isEmpty();
    assertThat((List<?>) get(run, "?status=not_started&first=9").get("elements")).hasSize(5);
    assertThat(get(run, "/11").get("status")).isEqualTo("NOT_STARTED");
    assertThat(get(run, "/strip?buckets=1").toString()).contains("NOT_STARTED=5");
  }

  @Test
  void aPercentageIsOfTheIterations() {
    var run = thirds("a-tenth-may-fail", allowing("10%", "concurrency", 1));
    assertThat(stats(run, "f")).isEqualTo(Map.of("SUCCEEDED", 2L, "FAILED", 2L));
  }

  @Test
  void theOthersAreEndedAtOnceWhenMoreHaveFailedThanMayIfTheStepSaysSo() {
    var run =
        client.run(
            workflow(
                "immediately-after-two",
                foreach(
                    "f",
                    Map.of("i", ints(0, 6)),
                    List.of(
                        shell(
                            "s",
                            "if [ ${i} = 3 ] || [ ${i} = 4 ]; then exit 3; else sleep 600; fi",
                            List.of(),
                            NO_RETRY)),
                    List.of(),
                    allowing(1, "failure_mode", "FAIL_IMMEDIATELY"))));
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(stats(run, "f")).isEqualTo(Map.of("FAILED", 6L));
  }

  @Test
  void failuresThatStepsIgnoreAreSeenInTheNumbersAndGroupsOfTheirLoop() {
    var run =
        client.run(
            workflow(
                "ignored-within",
                foreach(
                    "f",
                    Map.of("i", ints(0, 6)),
                    List.of(
                        shell(
                            "s",
                            "[ ${i} -lt 4 ]",
                            List.of(),
                            Map.of(
                                "failure_mode",
                                "IGNORE_FAILURE",
                                "retry_policy",
                                Map.of("error_retry_limit", 0)))),
                    List.of())));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var summary = get(run, "/summary");
    assertThat(summary.get("counts")).isEqualTo(Map.of("SUCCEEDED", 6L));
    assertThat(summary.get("with_errors")).isEqualTo(2L);
    var group = (Map<?, ?>) ((List<?>) get(run, "/failures").get("groups")).getFirst();
    assertThat(group.get("signature").toString()).startsWith("ignored: s: ");
    assertThat(group.get("count")).isEqualTo(2L);
  }

  @Test
  void aLoopWithinALoopLetsAsManyFailAsItSays() {
    var inner =
        foreach(
            "inner",
            Map.of("i", ints(0, 6)),
            List.of(failingEveryThird()),
            List.of(),
            allowing("all"));
    var run =
        client.run(
            workflow(
                "nested-allowing",
                foreach(
                    "f",
                    Map.of("o", ints(0, 4)),
                    List.of(inner),
                    List.of(),
                    allowing(1, "concurrency", 1))));
    assertThat(stats(run, "f")).isEqualTo(Map.of("FAILED", 2L));
    assertThat((List<?>) get(run, "/nested?status=succeeded&first=50").get("elements")).hasSize(8);
    assertThat((List<?>) get(run, "/nested?status=failed&first=50").get("elements")).hasSize(4);
    assertThat((List<?>) get(run, "/nested?status=queued&first=50").get("elements")).isEmpty();
  }

  /** Of five thousand iterations fifty fail, over twenty chunks. */
  private static RunName oneInAHundred(String id, Object maxFailures) {
    return client.run(
        workflow(
            id,
            foreach(
                "f",
                Map.of("i", ints(0, 5_000)),
                List.of(noop("s", List.of(), params("v", expression("LONG", "1 / (i % 100 - 7)")))),
                List.of(),
                allowing(maxFailures))));
  }

  @Test
  void thousandsOfIterationsOverManyChunksRunIfNoMoreFailThanMay() {
    var run = oneInAHundred("fifty-of-thousands", "1%");
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(stats(run, "f")).isEqualTo(Map.of("SUCCEEDED", 4_950L, "FAILED", 50L));
    var group = (Map<?, ?>) ((List<?>) get(run, "/failures").get("groups")).getFirst();
    assertThat(group.get("count")).isEqualTo(50L);
  }

  @Test
  void manyChunksStopOnceTogetherTheyHaveMoreFailuresThanMay() {
    var run = oneInAHundred("twenty-of-thousands", 20);
    var stats = stats(run, "f");
    assertThat((Long) stats.get("FAILED")).isBetween(21L, 45L);
    var counts = (Map<?, ?>) get(run, "/summary").get("counts");
    assertThat(counts.get("NOT_STARTED")).isNotNull();
    assertThat(counts.get("QUEUED")).isNull();
  }

  @Test
  void whatFailedRunsAgainAndAgainAsManyMayFail() throws IOException {
    var mended = dir.resolve("mended-some");
    var step =
        shell("s", "[ $((${i} %% 3)) != 0 ] || [ -e %s ]".formatted(mended), List.of(), NO_RETRY);
    var first =
        client.run(
            workflow(
                "again-allowing",
                foreach(
                    "f",
                    Map.of("i", ints(0, 12)),
                    List.of(step),
                    List.of(),
                    allowing(2, "concurrency", 1))));
    assertThat(stats(first, "f")).isEqualTo(Map.of("SUCCEEDED", 4L, "FAILED", 3L));
    var second = client.restart(first, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(second)).isEqualTo("FAILED");
    assertThat(stats(second, "f")).isEqualTo(Map.of("SUCCEEDED", 4L, "FAILED", 3L));
    Files.createFile(mended);
    var one =
        client.tryRestart(
            iteration(second, "f", 3, 2), Map.of("restart_policy", "RESTART_FROM_INCOMPLETE"));
    var third = EngineClient.named(one);
    assertThat(client.ended(third)).isEqualTo("FAILED");
    assertThat(stats(third, "f")).isEqualTo(Map.of("SUCCEEDED", 5L, "FAILED", 2L));
    var last = client.restart(third, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(last)).isEqualTo("SUCCEEDED");
    assertThat(stats(last, "f")).isEqualTo(Map.of("SUCCEEDED", 12L));
  }

  // ------------------------------------------------------------------ restarts

  @Test
  void aRestartRunsOnlyTheIterationsThatDidNotSucceed() throws IOException {
    var mended = dir.resolve("mended-1");
    var first =
        client.run(
            workflow(
                "again",
                foreach("f", Map.of("i", ints(0, 6)), List.of(failing(mended)), List.of("z")),
                noop("z")));
    assertThat(client.status(first)).isEqualTo("FAILED");
    var done = stats(first, "f").get("SUCCEEDED");
    Files.createFile(mended);
    var second = client.restart(first, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    assertThat(stats(second, "f")).isEqualTo(Map.of("SUCCEEDED", 6L));
    var summary = engine.call("GET", second.path() + "/steps/f/iterations/summary", null);
    assertThat(summary.at("taken_over")).as(summary.text()).hasToString(String.valueOf(done));
    assertThat(client.status(iteration(second, "f", 3, 2))).isEqualTo("SUCCEEDED");
    assertThat(
            engine
                .call(
                    "GET",
                    "/api/v3/workflows/%s/instances/1/runs/2"
                        .formatted(iteration(second, "f", 0, 1).workflowId()),
                    null)
                .status())
        .isEqualTo(404);
  }

  @Test
  void aRestartFromTheBeginningRunsAllOfThem() {
    var first =
        client.run(
            workflow(
                "from-scratch",
                foreach("f", Map.of("i", ints(0, 4)), List.of(noop("s")), List.of())));
    var second = client.restart(first, "RESTART_FROM_BEGINNING");
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    for (int i = 0; i < 4; i++) {
      assertThat(client.status(iteration(second, "f", i, 2))).isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void oneIterationIsRunAgainFromBelowAfterTheLoopHasEnded() throws IOException {
    var mended = dir.resolve("mended-2");
    var first =
        client.run(
            workflow(
                "one-again",
                foreach("f", Map.of("i", ints(0, 5)), List.of(failing(mended)), List.of())));
    Files.createFile(mended);
    var again =
        client.tryRestart(
            iteration(first, "f", 3, 1), Map.of("restart_policy", "RESTART_FROM_INCOMPLETE"));
    var second = EngineClient.named(again);
    assertThat(second.workflowId()).isEqualTo("one-again");
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    assertThat(stats(second, "f")).isEqualTo(Map.of("SUCCEEDED", 5L));
  }

  @Test
  void oneIterationIsRunAgainWhileTheLoopGoesOn() throws IOException {
    var mended = dir.resolve("mended-3");
    var go = dir.resolve("go");
    client.push(
        workflow(
            "live-again",
            foreach(
                "f",
                Map.of("i", ints(0, 5)),
                List.of(
                    shell(
                        "s",
                        "if [ ${i} = 3 ]; then [ -e %s ]; else while ! [ -e %s ]; do sleep 0.05; done; fi"
                            .formatted(mended, go),
                        List.of(),
                        NO_RETRY)),
                List.of())));
    var run = client.start("live-again");
    client.reached(run, "f", "RUNNING");
    var failed = iteration(run, "f", 3, 1);
    EngineClient.awaitUntil(
        "iteration 3 fails",
        () -> exists(failed) && client.status(failed).equals("FAILED"),
        () -> "not yet");
    Files.createFile(mended);
    assertThat(client.tryRestart(failed, Map.of()).status()).isBetween(200, 299);
    var second = iteration(run, "f", 3, 2);
    EngineClient.awaitUntil(
        "iteration 3 succeeds",
        () -> exists(second) && client.status(second).equals("SUCCEEDED"),
        () -> "not yet");
    Files.createFile(go);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(stats(run, "f")).isEqualTo(Map.of("SUCCEEDED", 5L));
  }

  private static boolean exists(RunName run) {
    return engine
            .call(
                "GET",
                "/api/v3/workflows/%s/instances/%d/runs/%d"
                    .formatted(run.workflowId(), run.instance(), run.run()),
                null)
            .status()
        == 200;
  }

  @Test
  void anEngineThatHasJustStartedReadsAndRestartsIterationsOfBefore() {
    var run =
        client.run(
            workflow(
                "of-before",
                foreach(
                    "f",
                    Map.of("i", ints(5, 8)),
                    List.of(noop("s", List.of(), params("v", expression("LONG", "i")))),
                    List.of())));
    var second = iteration(run, "f", 1, 1);
    try (var fresh =
        TestEngine.start(DATABASE, "maestro.step.shell.data-dir=" + dir.resolve("steps"))) {
      var other = new EngineClient(fresh);
      assertThat(((Number) value(other.instance(second), "i")).longValue()).isEqualTo(6);
      var again =
          other.tryRestart(
              second,
              Map.of(
                  "restart_policy",
                  "RESTART_FROM_BEGINNING",
                  "upstream_restart_mode",
                  "RESTART_FROM_STEP"));
      var alone = EngineClient.named(again);
      assertThat(alone.run()).isEqualTo(2);
      assertThat(other.ended(alone)).isEqualTo("SUCCEEDED");
      assertThat(((Number) value(other.step(alone, "s"), "v")).longValue()).isEqualTo(6);
    }
  }

  // ------------------------------------------------------------------ many at once

  private static String iterations(RunName run, String rest) {
    return "/api/v3/workflows/%s/instances/%d/runs/%d/steps/f/iterations%s"
        .formatted(run.workflowId(), run.instance(), run.run(), rest);
  }

  private static Map<String, Object> get(RunName run, String rest) {
    var answer = engine.call("GET", iterations(run, rest), null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static Map<String, Object> itemsInOrder() {
    var items = new LinkedHashMap<String, Object>();
    items.put("i", ints(0, 30));
    items.put("name", param("STRING_ARRAY", List.of("x", "y")));
    return items;
  }

  @Test
  void aLoopIsReadInNumbersAsAStripByPageAndByFailure() {
    var run =
        client.run(
            workflow(
                "read",
                foreach(
                    "f",
                    itemsInOrder(),
                    List.of(noop("s", List.of(), params("v", expression("LONG", "100 / (i - 7)")))),
                    List.of(),
                    Map.of("concurrency", 500))));
    assertThat(client.status(run)).isEqualTo("FAILED");
    var summary = get(run, "/summary");
    assertThat(summary.get("total")).isEqualTo(60L);
    var counts = (Map<?, ?>) summary.get("counts");
    assertThat(counts.get("FAILED")).isNotNull();
    var groups = (List<?>) get(run, "/failures").get("groups");
    assertThat(groups).hasSize(1);
    assertThat(((Map<?, ?>) groups.getFirst()).get("signature").toString()).contains("s: ");
    assertThat((List<?>) get(run, "/strip?buckets=10").get("buckets")).hasSize(10);
    var failed = get(run, "?status=failed&first=5");
    var first = (Map<?, ?>) ((List<?>) failed.get("elements")).getFirst();
    assertThat(first.get("index")).isEqualTo(7L);
    assertThat(first.get("items")).isEqualTo(Map.of("i", 7L, "name", "x"));
    var byItem = get(run, "?item.i=2*&item.name=y&first=200");
    assertThat(
            ((List<?>) byItem.get("elements"))
                .stream().map(element -> (Object) ((Map<?, ?>) element).get("index")).toList())
        .startsWith(32L, 50L);
    var one = get(run, "/7");
    assertThat(one.get("status")).isEqualTo("FAILED");
    assertThat(engine.call("GET", iterations(run, "/60"), null).status()).isEqualTo(404);
    assertThat(engine.call("GET", iterations(run, "?status=odd&first=1"), null).status())
        .isEqualTo(400);
  }

  @Test
  void theIterationsOfLoopsWithinALoopAreReadAsOneList() {
    var inner =
        foreach(
            "inner",
            Map.of("i", ints(0, 3)),
            List.of(noop("s", List.of(), params("v", expression("LONG", "100 / (i - 1)")))),
            List.of(),
            failureMode("IGNORE_FAILURE"));
    var run =
        client.run(
            workflow(
                "nested-list", foreach("f", Map.of("o", ints(5, 25)), List.of(inner), List.of())));
    var failed = new ArrayList<List<Object>>();
    var query = "/nested?status=failed&first=7";
    for (var page = get(run, query); ; ) {
      var elements = (List<?>) page.get("elements");
      for (var element : elements) {
        var one = (Map<?, ?>) element;
        failed.add(List.of(one.get("outer_index"), one.get("outer_items"), one.get("index")));
        assertThat(one.get("items")).isEqualTo(Map.of("i", 1L));
        assertThat(one.get("failure").toString()).contains("s: ");
        var leaf = new RunName((String) one.get("workflow_id"), 2, 1);
        assertThat(client.status(leaf)).isEqualTo("FAILED");
      }
      var info = (Map<?, ?>) page.get("page_info");
      if (!info.get("has_next_page").equals(true)) {
        break;
      }
      assertThat(elements).hasSize(7);
      page = get(run, query + "&cursor=" + info.get("end_cursor"));
    }
    assertThat(failed)
        .isEqualTo(
            LongStream.range(0, 20)
                .mapToObj(o -> List.<Object>of(o, Map.of("o", o + 5), 1L))
                .toList());
    assertThat((List<?>) get(run, "/nested?inner=inner&first=200").get("elements")).hasSize(60);
    assertThat((List<?>) get(run, "/nested?status=stopped&first=9").get("elements")).isEmpty();
    var unknown = engine.call("GET", iterations(run, "/nested?inner=other&first=1"), null);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.at("detail").toString()).contains("one of [inner], found \"other\"");
    assertThat(engine.call("GET", iterations(run, "/nested?last=1"), null).status()).isEqualTo(400);
  }

  @Test
  void allThatAFilterMeansAreStoppedAfterTheyHaveBeenCounted() {
    client.push(
        workflow(
            "many-stopped",
            foreach(
                "f",
                Map.of("i", ints(0, 12)),
                List.of(sleep("s", 600)),
                List.of(),
                failureMode("IGNORE_FAILURE"))));
    var run = client.start("many-stopped");
    client.reached(run, "f", "RUNNING");
    EngineClient.awaitUntil(
        "all run",
        () -> Map.of("RUNNING", 12L).equals(get(run, "/summary").get("counts")),
        () -> get(run, "/summary").toString());
    var dry = engine.call("POST", iterations(run, "/actions/stop?item.i=1*&dry_run=true"), null);
    assertThat(dry.at("matched")).isEqualTo(3L);
    assertThat(get(run, "/summary").get("counts")).isEqualTo(Map.of("RUNNING", 12L));
    assertThat(engine.call("POST", iterations(run, "/actions/stop?item.i=1*"), null).status())
        .isEqualTo(200);
    EngineClient.awaitUntil(
        "three have stopped",
        () -> Map.of("RUNNING", 9L, "STOPPED", 3L).equals(get(run, "/summary").get("counts")),
        () -> get(run, "/summary").toString());
    assertThat(engine.call("POST", iterations(run, "/actions/kill"), null).status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(run)).isEqualTo(Map.of("f", "COMPLETED_WITH_ERROR"));
  }

  // ------------------------------------------------------------------ actions

  @Test
  void stoppingTheRunStopsItsIterations() {
    client.push(
        workflow(
            "stopped-loop",
            foreach("f", Map.of("i", ints(0, 400)), List.of(sleep("s", 600)), List.of())));
    var run = client.start("stopped-loop");
    client.reached(run, "f", "RUNNING");
    var first = iteration(run, "f", 0, 1);
    EngineClient.awaitUntil("iteration 0 runs", () -> exists(first), () -> "no");
    assertThat(client.action(run, "stop").status()).isBetween(200, 299);
    assertThat(client.ended(run)).isEqualTo("STOPPED");
    assertThat(client.status(first)).isEqualTo("STOPPED");
    assertThat(client.steps(run)).isEqualTo(Map.of("f", "STOPPED"));
  }

  @Test
  void killingTheStepFailsItsIterations() {
    client.push(
        workflow(
            "killed-loop",
            foreach("f", Map.of("i", ints(0, 3)), List.of(sleep("s", 600)), List.of())));
    var run = client.start("killed-loop");
    client.reached(run, "f", "RUNNING");
    var first = iteration(run, "f", 0, 1);
    EngineClient.awaitUntil("iteration 0 runs", () -> exists(first), () -> "no");
    assertThat(client.stepAction(run, "f", "kill").status()).isBetween(200, 299);
    assertThat(client.ended(run)).isEqualTo("FAILED");
    assertThat(client.status(first)).isEqualTo("FAILED");
  }

  @Test
  void aDeletedWorkflowsLoopsGoWithIt() {
    var run =
        client.run(
            workflow(
                "deleted-loop",
                foreach("f", Map.of("i", ints(0, 300)), List.of(noop("s")), List.of("w")),
                whileLoop(
                    "w",
                    "k < 3",
                    Map.of("k", param("LONG", 0)),
                    List.of(noop("t", List.of(), params("k", expression("LONG", "k + 1")))))));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var inline =
        List.of(
            (String) artifact(run, "f").get("foreach_workflow_id"),
            (String) whileArtifact(run, "w").get("loop_workflow_id"));
    assertThat(engine.call("DELETE", "/api/v3/workflows/deleted-loop", null).status())
        .isBetween(200, 299);
    for (var table : List.of("workflow_run", "step_attempt", "step_loop", "loop_chunk")) {
      EngineClient.awaitUntil(
          table + " holds nothing of it",
          () ->
              DATABASE
                      .jdbc()
                      .sql("SELECT count(*) FROM " + table + " WHERE workflow_id IN (:ids)")
                      .param("ids", inline)
                      .query(Long.class)
                      .single()
                  == 0,
          () -> "rows");
    }
  }

  // ------------------------------------------------------------------ while

  private static Map<?, ?> whileArtifact(RunName run, String step) {
    return (Map<?, ?>) ((Map<?, ?>) client.step(run, step).get("artifacts")).get("maestro_while");
  }

  @Test
  void aWhileStepCarriesItsParamsFromOneIterationToTheNext() {
    var run =
        client.run(
            workflow(
                "while",
                whileLoop(
                    "w",
                    "i < 1200",
                    Map.of("i", param("LONG", 1), "sum", param("LONG", 0)),
                    List.of(
                        noop(
                            "s",
                            List.of(),
                            params(
                                "sum", expression("LONG", "sum + i"),
                                "i", expression("LONG", "i + 1")))),
                    "z"),
                noop("z")));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    assertThat(whileArtifact(run, "w").get("last_iteration")).isEqualTo(1199L);
    var last = new RunName((String) whileArtifact(run, "w").get("loop_workflow_id"), 1199, 1);
    assertThat(((Number) value(client.step(last, "s"), "sum")).longValue())
        .isEqualTo(1199L * 1200 / 2);
  }

  @Test
  void aConditionThatNeverHoldsMeansNoIteration() {
    var run =
        client.run(
            workflow(
                "while-never",
                whileLoop("w", "i > 4", Map.of("i", param("LONG", 1)), List.of(noop("s")))));
    assertThat(client.steps(run)).isEqualTo(Map.of("w", "SUCCEEDED"));
  }

  @Test
  void aRestartedWhileStepGoesOnWithTheIterationThatFailed() throws IOException {
    var mended = dir.resolve("mended-while");
    var log = dir.resolve("while.log");
    var first =
        client.run(
            workflow(
                "while-again",
                whileLoop(
                    "w",
                    "i < 4",
                    Map.of("i", param("LONG", 0)),
                    List.of(
                        shell(
                            "s",
                            "echo ${i} >>%s; [ ${i} != 3 ] || [ -e %s ]".formatted(log, mended),
                            List.of(),
                            NO_RETRY,
                            params("i", expression("LONG", "i + 1")))))));
    assertThat(client.status(first)).isEqualTo("FAILED");
    Files.createFile(mended);
    var second = client.restart(first, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    assertThat(Files.readAllLines(log)).containsExactly("0", "1", "2", "3", "3");
  }

  @Test
  void stoppingARunStopsTheIterationOfItsWhileStep() {
    client.push(
        workflow(
            "while-stopped",
            whileLoop("w", "i < 5", Map.of("i", param("LONG", 0)), List.of(sleep("s", 600)))));
    var run = client.start("while-stopped");
    client.reached(run, "w", "RUNNING");
    assertThat(client.action(run, "stop").status()).isBetween(200, 299);
    assertThat(client.ended(run)).isEqualTo("STOPPED");
    var only = new RunName((String) whileArtifact(run, "w").get("loop_workflow_id"), 1, 1);
    assertThat(client.status(only)).isEqualTo("STOPPED");
    assertThat(state(client.step(only, "s"), "status")).isEqualTo("STOPPED");
  }

  @Test
  void loopsAndWhilesNest() {
    var inner = new ArrayList<Map<String, Object>>();
    inner.add(
        whileLoop(
            "w",
            "k < i",
            Map.of("k", param("LONG", 0)),
            List.of(noop("s", List.of(), params("k", expression("LONG", "k + 1"))))));
    var run =
        client.run(workflow("mixed", foreach("f", Map.of("i", ints(0, 5)), inner, List.of())));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var rollup = (Map<?, ?>) ((Map<?, ?>) artifact(run, "f").get("foreach_overview")).get("rollup");
    assertThat(((Number) rollup.get("total_leaf_count")).longValue()).isEqualTo(10);
  }

  @Test
  void paramsThatCannotBeEvaluatedAreGroupedByWhatIsWrongWithThem() {
    var expression =
        "if (i == 1) return nowhere; else if (i == 2) return elsewhere; else return elsewhere;";
    var run =
        client.run(
            workflow(
                "causes",
                foreach(
                    "each",
                    Map.of("i", param("LONG_ARRAY", List.of(1, 2, 3))),
                    List.of(noop("a", List.of(), params("x", expression("LONG", expression)))),
                    List.of(),
                    Map.of("max_failures", "all"))));
    assertThat(client.status(run)).isEqualTo("FAILED");
    var summary = engine.call("GET", run.path() + "/steps/each/iterations/summary", null);
    var failures = (List<?>) summary.json().get("failures");
    assertThat(failures).hasSize(2);
    assertThat(failures)
        .anySatisfy(group -> assertThat(group.toString()).contains("nowhere").contains("count=1"))
        .anySatisfy(
            group -> assertThat(group.toString()).contains("elsewhere").contains("count=2"));
  }
}
