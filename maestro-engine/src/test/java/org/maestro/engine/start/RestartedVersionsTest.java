package org.maestro.engine.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Instances that go on in another version, as after a mistake that was mended. */
class RestartedVersionsTest {
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

  private static Map<String, Object> noting(
      String id, Path log, String what, String then, String... next) {
    return shell(id, "echo %s >>%s; %s".formatted(what, log, then), List.of(next), NO_RETRY);
  }

  private static Map<String, Object> in(Object version, String policy) {
    return Map.of("version", version, "restart_policy", policy);
  }

  private static long version(RunName run) {
    return ((Number) client.instance(run).get("workflow_version_id")).longValue();
  }

  @Test
  void aMendedStepRunsInTheRunThatItHadFailedAndWhatHadSucceededStays() throws IOException {
    var log = dir.resolve("mended.log");
    var run =
        client.run(
            workflow(
                "mended", noting("a", log, "a1", "true", "b"), noting("b", log, "b1", "exit 1")));
    assertThat(client.status(run)).isEqualTo("FAILED");
    client.push(
        workflow("mended", noting("a", log, "a2", "true", "b"), noting("b", log, "b2", "true")));
    var same = client.restart(run, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(same)).isEqualTo("FAILED");
    assertThat(version(same)).isEqualTo(1);
    var next = EngineClient.named(client.tryRestart(run, in("active", "RESTART_FROM_INCOMPLETE")));
    assertThat(client.ended(next)).isEqualTo("SUCCEEDED");
    assertThat(version(next)).isEqualTo(2);
    assertThat(version(run)).isEqualTo(1);
    assertThat(Files.readAllLines(log)).containsExactly("a1", "b1", "b1", "b2");
    // From now on it is an instance of that version.
    var again = client.restart(next, "RESTART_FROM_BEGINNING");
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
    assertThat(version(again)).isEqualTo(2);
  }

  @Test
  void onlyTheIterationsThatHadFailedRunAgainAndAsTheyAreNow() throws IOException {
    var log = dir.resolve("items.log");
    var items = Map.<String, Object>of("n", param("LONG_ARRAY", List.of(1, 2, 3)));
    var failing = noting("s", log, "1-${n}", "[ ${n} != 2 ]");
    var run = client.run(workflow("items", foreach("l", items, List.of(failing), List.of())));
    assertThat(client.status(run)).isEqualTo("FAILED");
    client.push(
        workflow(
            "items", foreach("l", items, List.of(noting("s", log, "2-${n}", "true")), List.of())));
    var next = EngineClient.named(client.tryRestart(run, in(2, "RESTART_FROM_INCOMPLETE")));
    assertThat(client.ended(next)).isEqualTo("SUCCEEDED");
    assertThat(Files.readAllLines(log)).contains("1-1", "1-2", "2-2").doesNotContain("2-1");
    // What each iteration was is still to be seen, in its own version.
    assertThat(client.instance(run).get("status")).isEqualTo("FAILED");
    assertThat(client.step(run, "l").get("artifacts").toString()).contains("FAILED");
  }

  @Test
  void aLoopThatBeginsAfreshMayHaveLostStepsAndOneThatGoesOnMayNot() {
    var items = Map.<String, Object>of("n", param("LONG_ARRAY", List.of(1, 2)));
    var failing = shell("t", "[ ${n} = 1 ]", List.of(), NO_RETRY);
    var run =
        client.run(
            workflow("lost", foreach("l", items, List.of(noop("s", "t"), failing), List.of())));
    assertThat(client.status(run)).isEqualTo("FAILED");
    client.push(workflow("lost", foreach("l", items, List.of(noop("s")), List.of())));
    var refused = client.tryRestart(run, in("active", "RESTART_FROM_INCOMPLETE"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("step \\\"t\\\" in loop \\\"l\\\" is not in version 2", "from the beginning");
    var next = EngineClient.named(client.tryRestart(run, in("active", "RESTART_FROM_BEGINNING")));
    assertThat(client.ended(next)).isEqualTo("SUCCEEDED");
    var loop = (Map<?, ?>) client.step(next, "l").get("artifacts");
    var inline = (String) ((Map<?, ?>) loop.get("maestro_foreach")).get("foreach_workflow_id");
    assertThat(client.steps(new RunName(inline, 2, 2))).isEqualTo(Map.of("s", "SUCCEEDED"));
    assertThat(client.steps(new RunName(inline, 2, 1)))
        .isEqualTo(Map.of("s", "SUCCEEDED", "t", "FATALLY_FAILED"));
    // And goes on from there as any other.
    var again = client.restart(next, "RESTART_FROM_BEGINNING");
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
  }

  @Test
  void aRestartOfOneIterationTakesItsWorkflowToTheNewVersion() throws IOException {
    var log = dir.resolve("one.log");
    var items = Map.<String, Object>of("n", param("LONG_ARRAY", List.of(1, 2)));
    var run =
        client.run(
            workflow(
                "one",
                foreach("l", items, List.of(noting("s", log, "1", "[ ${n} = 1 ]")), List.of())));
    client.push(
        workflow("one", foreach("l", items, List.of(noting("s", log, "2", "true")), List.of())));
    var loop = (Map<?, ?>) client.step(run, "l").get("artifacts");
    var inline = (String) ((Map<?, ?>) loop.get("maestro_foreach")).get("foreach_workflow_id");
    var alone =
        client.tryRestart(
            new RunName(inline, 2, 1),
            Map.of("version", "2", "upstream_restart_mode", "RESTART_FROM_STEP"));
    assertThat(alone.status()).isEqualTo(400);
    assertThat(alone.text()).contains("version-of-an-iteration", "RESTART_FROM_INLINE_ROOT");
    var answer = client.tryRestart(new RunName(inline, 2, 1), Map.of("version", "latest"));
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    var next = new RunName("one", 1, 2);
    assertThat(client.ended(next)).isEqualTo("SUCCEEDED");
    assertThat(version(next)).isEqualTo(2);
    assertThat(Files.readAllLines(log)).containsExactlyInAnyOrder("1", "1", "2");
  }

  @Test
  void paramsComeFromTheNewVersionUnlessTheyWereGivenOrAreAsBefore() {
    var before =
        Map.of(
            "kept", param("STRING", "kept"),
            "changed", param("STRING", "old"),
            "given", param("STRING", "old"));
    var after =
        Map.of(
            "kept", param("STRING", "kept"),
            "changed", param("STRING", "new"),
            "given", param("STRING", "new"),
            "added", param("STRING", "added"));
    client.push(workflow("params", Map.of("params", before), List.of(noop("s"))));
    var run = client.start("params", Map.of("run_params", Map.of("given", param("STRING", "x"))));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    client.push(workflow("params", Map.of("params", after), List.of(noop("s"))));
    var next = EngineClient.named(client.tryRestart(run, in("latest", "RESTART_FROM_BEGINNING")));
    assertThat(client.ended(next)).isEqualTo("SUCCEEDED");
    var instance = client.instance(next);
    assertThat(value(instance, "kept")).isEqualTo("kept");
    assertThat(value(instance, "changed")).isEqualTo("new");
    assertThat(value(instance, "given")).isEqualTo("x");
    assertThat(value(instance, "added")).isEqualTo("added");
  }

  @Test
  void aVersionThatDoesNotFitIsRefusedWithEveryReasonAndChangesNothing() {
    var before = Map.of("p", param("STRING", "x"));
    client.push(
        workflow(
            "unfit",
            Map.of("params", before),
            List.of(
                noop("a", "b"),
                noop("b", "c"),
                shell("c", "exit 1", List.of(), NO_RETRY),
                foreach(
                    "l",
                    Map.of("n", param("LONG_ARRAY", List.of(1))),
                    List.of(noop("s")),
                    List.of()))));
    var run = client.start("unfit", Map.of("run_params", Map.of("p", param("STRING", "y"))));
    assertThat(client.ended(run)).isEqualTo("FAILED");
    client.push(
        workflow(
            "unfit",
            Map.of("params", Map.of("p", param("LONG", 1))),
            List.of(noop("a", "c"), noop("c"), noop("l"))));
    for (var policy : List.of("RESTART_FROM_INCOMPLETE", "RESTART_FROM_BEGINNING")) {
      var answer = client.tryRestart(run, in("active", policy));
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text())
          .contains(
              "version-does-not-fit",
              "step \\\"b\\\" has run and is not in version 2",
              "step \\\"l\\\" has run as a foreach and is a job in version 2",
              "param \\\"p\\\" was given as STRING, and is LONG in version 2");
    }
    assertThat(client.tryRestart(run, in("active", "RESTART_FROM_INCOMPLETE")).text())
        .contains("step \\\"a\\\" has led to step \\\"b\\\", which does not follow it");
    assertThat(client.tryRestart(run, in(7, "RESTART_FROM_BEGINNING")).status()).isEqualTo(404);
    assertThat(client.tryRestart(run, in("newest", "RESTART_FROM_BEGINNING")).text())
        .contains("/version", "expected active, latest, default or a positive number");
    assertThat(client.instance(run).get("workflow_run_id")).isEqualTo(1L);
  }

  @Test
  void whatAnotherWorkflowsRunStartedChangesItsVersionAloneOnly() {
    client.push(workflow("called", shell("s", "exit 1", List.of(), NO_RETRY)));
    var parent = client.run(workflow("calls", subworkflow("call", "called", true)));
    assertThat(client.ended(parent)).isEqualTo("FAILED");
    client.push(workflow("called", noop("s")));
    var child = client.child(parent, "call");
    var answer = client.tryRestart(child, in("active", "RESTART_FROM_INCOMPLETE"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("version-below-another-run");
    var alone =
        client.tryRestart(
            child,
            Map.of("version", "active", "upstream_restart_mode", "RESTART_FROM_INLINE_ROOT"));
    assertThat(client.ended(EngineClient.named(alone))).isEqualTo("SUCCEEDED");
    assertThat(client.status(parent)).isEqualTo("FAILED");
  }

  @Test
  void aRunThatGoesOnStaysInItsVersion() {
    client.push(
        workflow(
            "goes-on",
            shell("s", "exit 1", List.of(), NO_RETRY, Map.of("failure_mode", "FAIL_AFTER_RUNNING")),
            shell("t", "sleep 60", List.of(), NO_RETRY, params("p", param("STRING", "")))));
    var run = client.start("goes-on");
    client.reached(run, "s", "FATALLY_FAILED");
    var answer =
        engine.call(
            "POST",
            "/api/v3/workflows/goes-on/instances/1/steps/s/actions/restart",
            Map.of("version", "latest"));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text()).contains("version-of-a-live-run");
    client.action(run, "kill");
  }
}
