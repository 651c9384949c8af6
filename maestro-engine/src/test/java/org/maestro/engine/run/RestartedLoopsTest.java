package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.shell;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Loops, and loops in loops, that are run again: what runs, what counts, and what ends. */
class RestartedLoopsTest {
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

  private static Map<?, ?> artifact(RunName run, String step) {
    var artifacts = (Map<?, ?>) client.step(run, step).get("artifacts");
    var loop = artifacts.get("maestro_foreach");
    return (Map<?, ?>) (loop == null ? artifacts.get("maestro_while") : loop);
  }

  private static RunName iteration(RunName run, String step, long number, long runId) {
    var artifact = artifact(run, step);
    var id = artifact.get("foreach_workflow_id");
    return new RunName(
        (String) (id == null ? artifact.get("loop_workflow_id") : id), number, runId);
  }

  private static Map<?, ?> overview(RunName run, String step) {
    return (Map<?, ?>) artifact(run, step).get("foreach_overview");
  }

  /** Notes that it ran. */
  private static Map<String, Object> noting(String id, Path log, String what, String... next) {
    return shell(id, "echo %s >>%s".formatted(what, log), List.of(next), NO_RETRY);
  }

  private static List<String> noted(Path log) throws IOException {
    return Files.readAllLines(log).stream().sorted().toList();
  }

  private static Map<String, Object> counting(
      String id, String name, List<Map<String, Object>> inner) {
    var all = new ArrayList<>(inner);
    all.add(noop("up-" + name, List.of(), params(name, expression("LONG", name + " + 1"))));
    return whileLoop(id, name + " < 3", Map.of(name, param("LONG", 1)), all);
  }

  private static Map<String, Object> loop(String id, String name, Map<String, Object> inner) {
    return foreach(id, Map.of(name, longs(1, 2)), List.of(inner), List.of());
  }

  // ------------------------------------------------------------------ every nesting ends

  @Test
  void everyNestingOfLoopsEndsWhenItIsRunAgainFromItsBeginningOrFromItsStep() {
    client.push(
        workflow("again-child", loop("f", "c", noop("leaf"))),
        Map.of("run_strategy", Map.of("rule", "PARALLEL")));
    var shapes = new LinkedHashMap<String, Map<String, Object>>();
    shapes.put("loop-in-loop", loop("o", "n", loop("i", "k", noop("leaf"))));
    shapes.put("while-in-loop", loop("o", "n", counting("i", "k", List.of())));
    shapes.put(
        "loop-in-while",
        counting(
            "o",
            "n",
            List.of(
                foreach("i", Map.of("k", longs(1, 2)), List.of(noop("leaf")), List.of("up-n")))));
    shapes.put("while-in-while", counting("o", "n", List.of(counting("i", "k", List.of()))));
    shapes.put("child-between", loop("o", "n", subworkflow("kid", "again-child", true)));
    shapes.put("three-deep", loop("o", "n", loop("i", "k", loop("j", "m", noop("leaf")))));
    var runs = new LinkedHashMap<String, RunName>();
    shapes.forEach((name, shape) -> runs.put(name, client.run(workflow("again-" + name, shape))));
    runs.values()
        .forEach(run -> assertThat(client.status(run)).as("%s", run).isEqualTo("SUCCEEDED"));
    for (int round = 2; round <= 4; round++) {
      for (var run : runs.values()) {
        var again =
            round == 3
                ? engine.call(
                    "POST",
                    "/api/v3/workflows/%s/instances/1/steps/o/actions/restart?blocking=false"
                        .formatted(run.workflowId()),
                    Map.of("restart_policy", "RESTART_FROM_SPECIFIC"))
                : client.tryRestart(run, Map.of("restart_policy", "RESTART_FROM_BEGINNING"));
        assertThat(again.status()).as(again.text()).isBetween(200, 299);
      }
      for (var run : runs.values()) {
        var again = new RunName(run.workflowId(), 1, round);
        assertThat(client.ended(again)).as("%s", again).isEqualTo("SUCCEEDED");
      }
    }
    assertThat(overview(new RunName("again-three-deep", 1, 4), "o").get("rollup").toString())
        .contains("total_leaf_count=8");
  }

  @Test
  void whatStandsStillInLoopsOfLoopsIsEndedByOneKill() {
    client.push(
        workflow(
            "killed",
            loop("o", "n", loop("i", "k", shell("leaf", "sleep 600", List.of(), NO_RETRY)))));
    for (int round = 1; round <= 2; round++) {
      var run =
          round == 1
              ? client.start("killed")
              : client.restart(new RunName("killed", 1, 1), "RESTART_FROM_BEGINNING");
      client.reached(run, "o", "RUNNING");
      var outer = iteration(run, "o", 1, round);
      EngineClient.awaitUntil("a leaf runs", () -> isRunning(outer), () -> "not yet");
      assertThat(client.action(run, "kill").status()).isEqualTo(200);
      assertThat(client.ended(run)).isEqualTo("FAILED");
    }
  }

  private static boolean isRunning(RunName run) {
    return engine.call("GET", run.path(), null).status() == 200
        && client.status(run).equals("IN_PROGRESS")
        && "RUNNING".equals(client.steps(run).get("i"));
  }

  @Test
  void aLoopCanBeKilledWhoseIterationsAreGone() {
    client.push(workflow("gone", loop("o", "n", shell("leaf", "sleep 600", List.of(), NO_RETRY))));
    var run = client.start("gone");
    client.reached(run, "o", "RUNNING");
    var first = iteration(run, "o", 1, 1);
    EngineClient.awaitUntil(
        "an iteration runs",
        () ->
            engine.call("GET", first.path(), null).status() == 200
                && "RUNNING".equals(client.steps(first).get("leaf")),
        () -> "not yet");
    engine.close();
    for (var table : List.of("step_attempt", "workflow_run")) {
      DATABASE
          .jdbc()
          .sql("DELETE FROM " + table + " WHERE workflow_id = ? AND instance_id = 1")
          .param(first.workflowId())
          .update();
    }
    DATABASE
        .jdbc()
        .sql("UPDATE workflow_run SET facts = 'x' WHERE workflow_id = ? AND instance_id = 2")
        .param(first.workflowId())
        .update();
    start();
    assertThat(client.action(run, "kill").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("FAILED");
  }

  @Test
  void aRunCanBeKilledWhoseChildIsGone() {
    client.push(workflow("gone-child", shell("leaf", "sleep 600", List.of(), NO_RETRY)));
    client.push(workflow("gone-parent", subworkflow("kid", "gone-child", true)));
    var run = client.start("gone-parent");
    var child = client.child(run, "kid");
    client.reached(child, "leaf", "RUNNING");
    engine.close();
    for (var table : List.of("step_attempt", "workflow_run")) {
      DATABASE.jdbc().sql("DELETE FROM " + table + " WHERE workflow_id = 'gone-child'").update();
    }
    start();
    client.action(run, "kill");
    assertThat(client.ended(run)).isEqualTo("FAILED");
  }

  // ------------------------------------------------------------------ only what is named

  @Test
  void aRestartOfOneIterationRunsNoneOfItsSiblingsAtAnyDepthAndHowOften() throws IOException {
    var log = dir.resolve("siblings.log");
    var inner =
        foreach(
            "i",
            Map.of("k", longs(1, 2)),
            List.of(noting("a", log, "a${n}${k}", "b"), noting("b", log, "b${n}${k}")),
            List.of("post"));
    var run =
        client.run(
            workflow(
                "siblings",
                foreach(
                    "o",
                    Map.of("n", longs(1, 2)),
                    List.of(
                        noting("pre", log, "pre${n}", "i"), inner, noting("post", log, "post${n}")),
                    List.of())));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var expected = new ArrayList<>(noted(log));
    assertThat(expected).hasSize(12);
    var within = iteration(iteration(run, "o", 2, 1), "i", 1, 1).workflowId();
    var round = 1;
    for (var number : List.of(1, 2, 1)) {
      client.tryRestart(
          new RunName(within, number, 1), Map.of("restart_policy", "RESTART_FROM_BEGINNING"));
      assertThat(client.ended(new RunName("siblings", 1, ++round))).isEqualTo("SUCCEEDED");
      expected.addAll(List.of("a2" + number, "b2" + number, "post2"));
      assertThat(noted(log)).containsExactlyInAnyOrderElementsOf(expected);
    }
    client.tryRestart(
        iteration(run, "o", 1, 1), Map.of("restart_policy", "RESTART_FROM_BEGINNING"));
    assertThat(client.ended(new RunName("siblings", 1, ++round))).isEqualTo("SUCCEEDED");
    expected.addAll(List.of("pre1", "a11", "b11", "a12", "b12", "post1"));
    assertThat(noted(log)).containsExactlyInAnyOrderElementsOf(expected);
    var last = new RunName("siblings", 1, round);
    assertThat(overview(last, "o").get("stats")).isEqualTo(Map.of("SUCCEEDED", 2L));
    assertThat(overview(last, "o").get("rollup").toString()).contains("total_leaf_count=12");
  }

  @Test
  void whatARestartIsGivenReachesTheIterationThatItNamesAndNoOther() {
    var run =
        client.run(
            workflow(
                "given",
                loop("o", "n", noop("s", List.of(), params("v", param("STRING", "old"))))));
    var second = iteration(run, "o", 2, 1);
    var again =
        engine.call(
            "POST",
            "/api/v3/workflows/%s/instances/2/steps/s/actions/restart"
                .formatted(second.workflowId()),
            Map.of(
                "restart_policy",
                "RESTART_FROM_SPECIFIC",
                "step_run_params",
                Map.of("s", Map.of("v", param("STRING", "new")))));
    assertThat(again.status()).as(again.text()).isBetween(200, 299);
    assertThat(client.ended(new RunName("given", 1, 2))).isEqualTo("SUCCEEDED");
    assertThat(value(client.step(iteration(run, "o", 2, 2), "s"), "v")).isEqualTo("new");
    assertThat(value(client.step(iteration(run, "o", 1, 1), "s"), "v")).isEqualTo("old");
  }

  @Test
  void aFailedStepOfAnIterationIsSkippedAndNotRunAfterItsLoopHasEnded() {
    var run =
        client.run(
            workflow(
                "skipped",
                foreach(
                    "o",
                    Map.of("n", longs(1, 2)),
                    List.of(shell("a", "[ ${n} = 1 ]", List.of("b"), NO_RETRY), noop("b")),
                    List.of())));
    assertThat(client.status(run)).isEqualTo("FAILED");
    client.stepAction(iteration(run, "o", 2, 1), "a", "skip");
    assertThat(client.ended(new RunName("skipped", 1, 2))).isEqualTo("SUCCEEDED");
    assertThat(client.steps(iteration(run, "o", 2, 2)))
        .isEqualTo(Map.of("a", "SKIPPED", "b", "SUCCEEDED"));
  }

  @Test
  void aPolicyHoldsWhenTheLoopAboveStillRuns() throws IOException {
    var log = dir.resolve("live.log");
    var mended = dir.resolve("live-mended");
    var go = dir.resolve("live-go");
    client.push(
        workflow(
            "live-policy",
            foreach(
                "o",
                Map.of("n", longs(1, 2)),
                List.of(
                    noting("a", log, "a${n}", "b"),
                    shell(
                        "b",
                        "if [ ${n} = 1 ]; then [ -e %s ]; else while ! [ -e %s ]; do sleep 0.05; done; fi"
                            .formatted(mended, go),
                        List.of(),
                        NO_RETRY)),
                List.of())));
    var run = client.start("live-policy");
    client.reached(run, "o", "RUNNING");
    var failed = iteration(run, "o", 1, 1);
    EngineClient.awaitUntil(
        "iteration 1 fails",
        () ->
            engine.call("GET", failed.path(), null).status() == 200
                && client.status(failed).equals("FAILED"),
        () -> "not yet");
    Files.createFile(mended);
    var again = client.tryRestart(failed, Map.of("restart_policy", "RESTART_FROM_BEGINNING"));
    assertThat(again.status()).as(again.text()).isBetween(200, 299);
    var second = new RunName(failed.workflowId(), 1, 2);
    EngineClient.awaitUntil(
        "iteration 1 succeeds",
        () ->
            engine.call("GET", second.path(), null).status() == 200
                && client.status(second).equals("SUCCEEDED"),
        () -> "not yet");
    Files.createFile(go);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(noted(log)).containsExactly("a1", "a1", "a2");
  }

  @Test
  void aWhileLoopGoesOnInTheIterationThatIsNamed() throws IOException {
    var log = dir.resolve("while.log");
    var mended = dir.resolve("while-mended");
    var steps =
        List.of(
            noting("a", log, "a${n}", "b"),
            shell("b", "[ ${n} != 2 ] || [ -e %s ]".formatted(mended), List.of("up"), NO_RETRY),
            noop("up", List.of(), params("n", expression("LONG", "n + 1"))));
    var run =
        client.run(
            workflow("while-again", whileLoop("o", "n < 4", Map.of("n", param("LONG", 1)), steps)));
    assertThat(client.status(run)).isEqualTo("FAILED");
    Files.createFile(mended);
    var second = iteration(run, "o", 2, 1);
    client.stepAction(second, "b", "restart");
    assertThat(client.ended(new RunName("while-again", 1, 2))).isEqualTo("SUCCEEDED");
    assertThat(noted(log)).containsExactly("a1", "a2", "a3");
    client.tryRestart(second, Map.of("restart_policy", "RESTART_FROM_BEGINNING"));
    var third = new RunName("while-again", 1, 3);
    assertThat(client.ended(third)).isEqualTo("SUCCEEDED");
    assertThat(noted(log)).containsExactly("a1", "a2", "a2", "a3", "a3");
    assertThat(artifact(third, "o").get("rollup").toString()).contains("total_leaf_count=9");
  }

  // ------------------------------------------------------------------ what counts

  @Test
  void whatIsCollectedIsOfThisRunAndNotOfTheOneBefore() throws IOException {
    var list = dir.resolve("list");
    Files.writeString(list, "[1,2,3]");
    client.push(
        workflow(
            "collected",
            shell(
                "list",
                "echo '{\"params\":{\"xs\":'\"$$(cat %s)\"'}}' >\"$$MAESTRO_OUTPUT\""
                    .formatted(list),
                List.of("f"),
                params("xs", param("LONG_ARRAY", List.of()))),
            foreach(
                "f",
                Map.of("i", expression("LONG_ARRAY", "list__xs")),
                List.of(noop("s", List.of(), params("v", expression("LONG", "i * 10")))),
                List.of("z")),
            noop(
                "z",
                List.of(),
                params("all", expression("LONG_ARRAY", "params.getFromForeach('f','s','v')")))));
    var run = client.start("collected");
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    for (var items : List.of("[7]", "[]", "[5,6]", "[1,2,3,4]")) {
      Files.writeString(list, items);
      run = client.restart(run, "RESTART_FROM_BEGINNING");
      assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
      assertThat(value(client.step(run, "z"), "all").toString().replace(" ", ""))
          .isEqualTo(items.replaceAll("(\\d)", "$10"));
    }
  }

  @Test
  void whatAnIterationNoLongerReachesIsNotCollected() {
    client.push(
        workflow(
            "unreached",
            Map.of("params", Map.of("bad", param("LONG", 0))),
            List.of(
                foreach(
                    "f",
                    Map.of("i", longs(1, 2)),
                    List.of(
                        shell("a", "[ ${i} != ${bad} ]", List.of("s"), NO_RETRY),
                        noop("s", List.of(), params("v", expression("LONG", "i")))),
                    List.of("z"),
                    Map.of("failure_mode", "IGNORE_FAILURE")),
                noop(
                    "z",
                    List.of(),
                    params(
                        "all",
                        expression(
                            "STRING", "Util.toJson(params.getFromForeach('f','s','v'))"))))));
    var run = client.start("unreached");
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(value(client.step(run, "z"), "all")).isEqualTo("[1,2]");
    var again =
        EngineClient.named(
            client.tryRestart(
                run,
                Map.of(
                    "restart_policy",
                    "RESTART_FROM_BEGINNING",
                    "run_params",
                    Map.of("bad", param("LONG", 1)))));
    client.ended(again);
    assertThat(value(client.step(again, "z"), "all")).isEqualTo("[null,2]");
  }

  @Test
  void aRunThatHasYetToReachItsLoopShowsNoneOfTheRunBefore() {
    client.push(
        workflow(
            "yet-to-reach",
            Map.of("params", Map.of("seconds", param("LONG", 0))),
            List.of(
                shell("a", "sleep ${seconds}", List.of("f"), NO_RETRY),
                foreach("f", Map.of("i", longs(1, 2)), List.of(noop("s")), List.of()))));
    var run = client.start("yet-to-reach");
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    var again =
        EngineClient.named(
            client.tryRestart(
                run,
                Map.of(
                    "restart_policy",
                    "RESTART_FROM_BEGINNING",
                    "run_params",
                    Map.of("seconds", param("LONG", 600)))));
    client.reached(again, "a", "RUNNING");
    assertThat(engine.call("GET", again.path() + "/steps/f/iterations/summary", null).status())
        .isEqualTo(404);
    client.action(again, "kill");
  }

  @Test
  void successesThatAreCarriedOverCountAlthoughNothingOfThemRanAgain() {
    var run =
        client.run(
            workflow(
                "carried-over",
                foreach(
                    "f",
                    Map.of("i", expression("LONG_ARRAY", "Util.intsBetween(0, 1200, 1)")),
                    List.of(
                        noop("s", "bad?i == 599", "good?i != 599"),
                        shell("bad", "sleep 1; exit 3", List.of(), NO_RETRY),
                        noop("good")),
                    List.of())));
    assertThat(client.status(run)).isEqualTo("FAILED");
    var first = (Map<?, ?>) overview(run, "f").get("stats");
    var again = client.restart(run, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(again)).isEqualTo("FAILED");
    assertThat(overview(again, "f").get("stats")).isEqualTo(first);
    var third = client.restart(again, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(third)).isEqualTo("FAILED");
    assertThat(overview(third, "f").get("stats")).isEqualTo(first);
  }
}
