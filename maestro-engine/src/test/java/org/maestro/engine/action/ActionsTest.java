package org.maestro.engine.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.retries;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.engine.Workflows;
import org.maestro.service.database.TestDatabase;

/** What people ask of runs and steps, and restarts, over HTTP with everything real behind it. */
class ActionsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @TempDir static Path dir;

  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    engine =
        TestEngine.start(
            DATABASE,
            "maestro.step.shell.data-dir=" + dir.resolve("steps"),
            "maestro.step.shell.grace=1s");
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  /** A step that fails until the returned file exists. */
  private static Map<String, Object> failsWithout(String id, Path mark, String... successors) {
    return shell(id, "test -e " + mark, List.of(successors), NO_RETRY);
  }

  private static void parallel(Map<String, Object> workflow) {
    client.push(workflow, Map.of("run_strategy", Map.of("rule", "PARALLEL")));
  }

  // ------------------------------------------------------------------ stop, kill, skip

  private static RunName running(String id) {
    client.push(
        workflow(
            id,
            noop("r", "a", "o"),
            shell("a", "sleep 60", List.of("b")),
            sleep("o", 1),
            noop("b")));
    var run = client.start(id);
    client.reached(run, "a", "RUNNING");
    return run;
  }

  @Test
  void aStoppedStepStopsNothingElse() {
    var run = running("step-stop");
    var answer = client.stepAction(run, "a", "stop");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(client.steps(run)).containsEntry("a", "STOPPED");
    assertThat(client.ended(run)).isEqualTo("STOPPED");
    assertThat(client.steps(run))
        .isEqualTo(Map.of("r", "SUCCEEDED", "a", "STOPPED", "o", "SUCCEEDED"));
  }

  @Test
  void aKilledStepFailsItsRun() {
    var run = running("step-kill");
    assertThat(client.stepAction(run, "a", "kill").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("FAILED");
    assertThat(client.steps(run))
        .isEqualTo(Map.of("r", "SUCCEEDED", "a", "FATALLY_FAILED", "o", "SUCCEEDED"));
  }

  @Test
  void whatFollowsASkippedStepRuns() {
    var run = running("step-skip");
    assertThat(client.stepAction(run, "a", "skip").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(run))
        .isEqualTo(Map.of("r", "SUCCEEDED", "a", "SKIPPED", "o", "SUCCEEDED", "b", "SUCCEEDED"));
  }

  @Test
  void aStoppedRunStopsItsStepsAndStaysStopped() {
    var run = running("run-stop");
    var answer = client.action(run, "stop");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("STOPPED");
    assertThat(client.steps(run)).containsEntry("a", "STOPPED").doesNotContainKey("b");
    assertThat(client.action(run, "kill").status()).isEqualTo(200);
    assertThat(client.status(run)).isEqualTo("STOPPED");
  }

  @Test
  void aKilledRunIsFailed() {
    var run = running("run-kill");
    assertThat(client.action(run, "kill").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("FAILED");
    assertThat(client.steps(run)).containsEntry("a", "FATALLY_FAILED");
  }

  @Test
  void aStopBetweenAFailedAttemptAndTheNextLeavesNoNext() {
    var slowly =
        Map.<String, Object>of(
            "retry_policy",
            Map.of(
                "error_retry_limit",
                5,
                "backoff",
                Map.of("type", "FIXED_BACKOFF", "error_retry_backoff_in_secs", 600)));
    client.push(workflow("between", shell("s", "exit 1", List.of(), slowly)));
    var run = client.start("between");
    client.reached(run, "s", "USER_FAILED");
    assertThat(client.stepAction(run, "s", "stop").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("STOPPED");
    assertThat(client.attempt(run, "s")).isEqualTo(1);
  }

  @Test
  void whatCantBeDoneIsRefused() {
    var run = client.run(workflow("refused", noop("a")));
    assertThat(client.stepAction(run, "a", "stop").status()).isEqualTo(409);
    assertThat(client.stepAction(run, "zzz", "stop").status()).isEqualTo(404);
    assertThat(client.action(new RunName("refused", 9, 1), "stop").status()).isEqualTo(404);
    assertThat(client.action(run, "unblock").status()).isEqualTo(409);
  }

  // ------------------------------------------------------------------ restarts

  @Test
  void aRestartRunsWhatIsIncompleteOrEverything() throws Exception {
    var mark = dir.resolve("restart");
    client.push(
        workflow("restart", noop("a", "b"), failsWithout("b", mark, "c"), noop("c"), noop("d")));
    var first = client.start("restart");
    assertThat(client.ended(first)).isEqualTo("FAILED");
    var second = client.restart(first, "RESTART_FROM_INCOMPLETE");
    assertThat(second.run()).isEqualTo(2);
    assertThat(client.ended(second)).isEqualTo("FAILED");
    assertThat(client.steps(second)).isEqualTo(Map.of("b", "FATALLY_FAILED"));
    Files.createFile(mark);
    var third = client.restart(second, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(third)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(third)).isEqualTo(Map.of("b", "SUCCEEDED", "c", "SUCCEEDED"));
    assertThat(client.tryRestart(third, Map.of()).status()).isEqualTo(422);
    var fourth = client.restart(third, "RESTART_FROM_BEGINNING");
    assertThat(client.ended(fourth)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(fourth)).containsOnlyKeys("a", "b", "c", "d");
    assertThat(client.status(first)).isEqualTo("FAILED");
  }

  @Test
  void aRestartFromAStepRunsItAndWhatFollows() {
    var first = client.run(workflow("from-step", noop("a", "b"), noop("b", "c"), noop("c")));
    var answer = client.stepAction(first, "b", "restart");
    var second = EngineClient.named(answer);
    assertThat(second.run()).isEqualTo(2);
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(second)).containsOnlyKeys("b", "c");
  }

  @Test
  void anEndedStepIsSkippedInANewRun() {
    var mark = dir.resolve("never");
    var first = client.run(workflow("skip-ended", failsWithout("a", mark, "b"), noop("b")));
    assertThat(client.status(first)).isEqualTo("FAILED");
    var second = EngineClient.named(client.stepAction(first, "a", "skip"));
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(second)).isEqualTo(Map.of("a", "SKIPPED", "b", "SUCCEEDED"));
  }

  @Test
  void aRunThatGoesOnIsNotRestarted() {
    client.push(workflow("live", sleep("s", 60)));
    var run = client.start("live");
    client.reached(run, "s", "RUNNING");
    assertThat(client.tryRestart(run, Map.of()).status()).isEqualTo(409);
    client.action(run, "stop");
  }

  @Test
  void theSameRestartTwiceIsOneRun() {
    var run = client.run(workflow("restart-twice", noop("a", "b"), sleep("b", 1)));
    var body =
        Map.<String, Object>of(
            "restart_policy", "RESTART_FROM_BEGINNING", "request_id", UUID.randomUUID().toString());
    var first = client.tryRestart(run, body);
    var second = client.tryRestart(run, body);
    assertThat(EngineClient.named(second)).isEqualTo(EngineClient.named(first));
    assertThat(second.at("status")).isEqualTo("DUPLICATED");
    client.ended(EngineClient.named(first));
    assertThat(EngineClient.named(client.tryRestart(run, body)))
        .isEqualTo(EngineClient.named(first));
  }

  @Test
  void aFailedStepOfARunThatGoesOnIsTriedAgainInPlace() throws Exception {
    var mark = dir.resolve("in-place");
    client.push(
        workflow(
            "in-place",
            noop("r", "x", "y"),
            failsWithout("x", mark, "z"),
            sleep("y", 60, "w"),
            noop("z"),
            noop("w")));
    var run = client.start("in-place");
    client.reached(run, "x", "FATALLY_FAILED");
    Files.createFile(mark);
    var answer = client.stepAction(run, "x", "restart");
    assertThat(EngineClient.named(answer)).isEqualTo(run);
    client.reached(run, "z", "SUCCEEDED");
    assertThat(client.attempt(run, "x")).isEqualTo(2);
    assertThat(client.stepAction(run, "y", "skip").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(run)).containsOnlyKeys("r", "x", "y", "z", "w");
  }

  // ------------------------------------------------------------------ subworkflows

  @Test
  void aSubworkflowStepEndsAsItsChild() {
    parallel(workflow("child-ok", noop("s")));
    parallel(workflow("child-bad", shell("s", "exit 1", List.of(), NO_RETRY)));
    var good =
        client.run(workflow("parent-ok", subworkflow("c", "child-ok", true, "z"), noop("z")));
    assertThat(client.steps(good)).isEqualTo(Map.of("c", "SUCCEEDED", "z", "SUCCEEDED"));
    assertThat(client.status(client.child(good, "c"))).isEqualTo("SUCCEEDED");
    var bad =
        client.run(workflow("parent-bad", subworkflow("c", "child-bad", true, "z"), noop("z")));
    assertThat(client.status(bad)).isEqualTo("FAILED");
    assertThat(client.steps(bad)).isEqualTo(Map.of("c", "FATALLY_FAILED"));
  }

  @Test
  void anAsynchronousSubworkflowIsDoneOnceStarted() {
    parallel(workflow("child-slow", sleep("s", 60)));
    var run =
        client.run(workflow("parent-async", subworkflow("c", "child-slow", false, "z"), noop("z")));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var child = client.child(run, "c");
    assertThat(client.status(child)).isIn("CREATED", "IN_PROGRESS");
    client.action(child, "stop");
    assertThat(client.ended(child)).isEqualTo("STOPPED");
  }

  @Test
  void aChildInheritsTheStopOfItsParentAndGivesItsOwnToIt() {
    parallel(workflow("child-stop", sleep("s", 60)));
    parallel(workflow("middle-stop", subworkflow("m", "child-stop", true)));
    parallel(workflow("parent-stop", subworkflow("c", "middle-stop", true, "z"), noop("z")));
    var parent = client.start("parent-stop");
    var middle = client.child(parent, "c");
    var child = client.child(middle, "m");
    client.reached(child, "s", "RUNNING");
    client.action(parent, "stop");
    assertThat(client.ended(parent)).isEqualTo("STOPPED");
    assertThat(client.ended(middle)).isEqualTo("STOPPED");
    assertThat(client.ended(child)).isEqualTo("STOPPED");
    assertThat(client.steps(child)).isEqualTo(Map.of("s", "STOPPED"));

    var other = client.start("parent-stop");
    var otherMiddle = client.child(other, "c");
    var otherChild = client.child(otherMiddle, "m");
    client.action(otherChild, "kill");
    assertThat(client.ended(other)).isEqualTo("FAILED");
    assertThat(client.steps(other)).isEqualTo(Map.of("c", "FATALLY_FAILED"));
    assertThat(client.status(otherMiddle)).isEqualTo("FAILED");
  }

  @Test
  void aRestartOfTheRootGoesDownToWhatFailed() throws Exception {
    var mark = dir.resolve("down");
    parallel(workflow("child-down", noop("a", "b"), failsWithout("b", mark)));
    parallel(workflow("parent-down", noop("p", "c"), subworkflow("c", "child-down", true)));
    var first = client.start("parent-down");
    assertThat(client.ended(first)).isEqualTo("FAILED");
    var child = client.child(first, "c");
    Files.createFile(mark);
    var second = client.restart(first, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(second)).containsOnlyKeys("c");
    var again = client.child(second, "c");
    assertThat(again).isEqualTo(new RunName("child-down", child.instance(), 2));
    assertThat(client.steps(again)).containsOnlyKeys("b");
  }

  @Test
  void aRestartOfAChildClimbsToTheRootAndComesBackDown() throws Exception {
    var mark = dir.resolve("climb");
    parallel(workflow("child-climb", noop("a", "b"), failsWithout("b", mark, "d"), noop("d")));
    parallel(workflow("middle-climb", noop("x", "m"), subworkflow("m", "child-climb", true)));
    parallel(
        workflow(
            "parent-climb",
            noop("p", "c"),
            subworkflow("c", "middle-climb", true, "z"),
            noop("z")));
    var first = client.start("parent-climb");
    assertThat(client.ended(first)).isEqualTo("FAILED");
    var middle = client.child(first, "c");
    var child = client.child(middle, "m");
    Files.createFile(mark);
    var answer = client.stepAction(child, "b", "restart");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    var second = new RunName("parent-climb", first.instance(), 2);
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    assertThat(client.steps(second)).containsOnlyKeys("c", "z");
    var middleAgain = client.child(second, "c");
    assertThat(middleAgain).isEqualTo(new RunName("middle-climb", middle.instance(), 2));
    assertThat(client.steps(middleAgain)).containsOnlyKeys("m");
    var childAgain = client.child(middleAgain, "m");
    assertThat(childAgain).isEqualTo(new RunName("child-climb", child.instance(), 2));
    assertThat(client.steps(childAgain)).containsOnlyKeys("b", "d");
  }

  @Test
  void workflowsThatCallEachOtherInACircleEnd() {
    parallel(workflow("circle", subworkflow("c", "circle", true)));
    var run = client.start("circle");
    assertThat(client.ended(run)).isEqualTo("FAILED");
    assertThat(
            DATABASE
                .jdbc()
                .sql("SELECT count(*) FROM workflow_run WHERE workflow_id = 'circle'")
                .query(Long.class)
                .single())
        .isLessThanOrEqualTo(10);
  }

  @Test
  void aRetriedStepOfAChildIsRetriedThere() {
    var mark = dir.resolve("child-flaky");
    var script = "if [ -e %1$s ]; then exit 0; fi; touch %1$s; exit 1".formatted(mark);
    parallel(workflow("child-flaky", shell("s", script, List.of(), retries(1))));
    var run = client.run(Workflows.workflow("parent-flaky", subworkflow("c", "child-flaky", true)));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    assertThat(client.attempt(run, "c")).isEqualTo(1);
    assertThat(client.attempt(client.child(run, "c"), "s")).isEqualTo(2);
  }
}
