package org.maestro.engine.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Starts and run strategies over HTTP, with a real database and a real broker. */
class StartsTest {
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

  private static void push(Map<String, Object> workflow, String rule) {
    client.push(workflow, Map.of("run_strategy", Map.of("rule", rule)));
  }

  @Test
  void nobodyIsForgottenWhoQueuesBehindARunThatIsJustEnding() {
    push(workflow("just-ending", noop("s")), "SEQUENTIAL");
    for (int round = 0; round < 40; round++) {
      client.start("just-ending");
      var second = client.start("just-ending");
      assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    }
  }

  private static List<TestEngine.Answer> together(int count, IntFunction<TestEngine.Answer> call)
      throws Exception {
    var ready = new CountDownLatch(1);
    var answers = new ArrayList<TestEngine.Answer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<TestEngine.Answer>>();
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(
            threads.submit(() -> {
              ready.await();
              return call.apply(number);
            }));
      }
      ready.countDown();
      for (var call1 : calls) {
        answers.add(call1.get());
      }
    }
    return answers;
  }

  // ------------------------------------------------------------------ exactly once

  @Test
  void fiftyIdenticalStartsAtOnceAreOneInstance() throws Exception {
    push(workflow("identical", noop("s")), "PARALLEL");
    var requestId = UUID.randomUUID().toString();
    var answers = together(50, _ -> client.tryStart("identical", Map.of("request_id", requestId)));
    var runs = new HashSet<RunName>();
    var created = 0;
    for (var answer : answers) {
      runs.add(EngineClient.named(answer));
      assertThat(answer.at("workflow_uuid")).isEqualTo(requestId);
      created += answer.at("status").equals("CREATED") ? 1 : 0;
    }
    assertThat(runs).hasSize(1);
    assertThat(created).isEqualTo(1);
    assertThat(count("SELECT count(*) FROM workflow_run WHERE workflow_id = 'identical'"))
        .isEqualTo(1);
    assertThat(client.ended(runs.iterator().next())).isEqualTo("SUCCEEDED");
    assertThat(client.start("identical").instance()).isEqualTo(2);
  }

  @Test
  void startsAtOnceUnderDifferentRequestsEachGetTheirOwnNumber() throws Exception {
    push(workflow("many", noop("s")), "PARALLEL");
    var answers = together(50, _ -> client.tryStart("many", Map.of()));
    var numbers = new HashSet<Long>();
    answers.forEach(answer -> numbers.add(EngineClient.named(answer).instance()));
    assertThat(numbers).hasSize(50).allMatch(number -> number >= 1 && number <= 50);
    for (var answer : answers) {
      assertThat(client.ended(EngineClient.named(answer))).isEqualTo("SUCCEEDED");
    }
  }

  private static long count(String sql) {
    return DATABASE.jdbc().sql(sql).query(Long.class).single();
  }

  // ------------------------------------------------------------------ strategies

  private static List<String> fates(List<RunName> runs) {
    return runs.stream().map(client::ended).toList();
  }

  private static List<RunName> starts(String workflowId, int count) {
    var runs = new ArrayList<RunName>();
    for (int i = 0; i < count; i++) {
      runs.add(client.start(workflowId));
    }
    return runs;
  }

  private static long at(RunName run, String name) {
    return ((Number) client.instance(run).get(name)).longValue();
  }

  @Test
  void aSequenceRunsOneAfterTheOther() {
    push(workflow("sequence", sleep("s", 1)), "SEQUENTIAL");
    var runs = starts("sequence", 3);
    assertThat(client.status(runs.get(2))).isEqualTo("CREATED");
    assertThat(fates(runs)).containsOnly("SUCCEEDED");
    for (int i = 1; i < 3; i++) {
      assertThat(at(runs.get(i), "start_time"))
          .isGreaterThanOrEqualTo(at(runs.get(i - 1), "end_time"));
    }
  }

  @Test
  void theFirstOnlyRunsAndLaterOnesAreBornStopped() {
    push(workflow("first", sleep("s", 1)), "FIRST_ONLY");
    var first = client.start("first");
    var second = client.tryStart("first", Map.of());
    assertThat(second.at("status")).isEqualTo("STOPPED");
    assertThat(client.status(EngineClient.named(second))).isEqualTo("STOPPED");
    assertThat(client.ended(first)).isEqualTo("SUCCEEDED");
    assertThat(client.ended(client.start("first"))).isEqualTo("SUCCEEDED");
  }

  @Test
  void theLastOnlyReplacesAllBeforeIt() {
    push(workflow("last", sleep("s", 2)), "LAST_ONLY");
    assertThat(fates(starts("last", 4)))
        .containsExactly("STOPPED", "STOPPED", "STOPPED", "SUCCEEDED");
  }

  @Test
  void theLatestReplacesTheQueuedOneAndLeavesTheRunningOne() {
    push(workflow("latest", sleep("s", 1)), "SERIAL_LATEST_ONLY");
    assertThat(fates(starts("latest", 4)))
        .containsExactly("SUCCEEDED", "STOPPED", "STOPPED", "SUCCEEDED");
  }

  @Test
  void aFailureHoldsBackAStrictSequenceUntilItIsUnblocked() throws Exception {
    var mark = dir.resolve("may-succeed");
    push(
        workflow("strict", shell("s", "test -e " + mark, List.of(), NO_RETRY)),
        "STRICT_SEQUENTIAL");
    var first = client.start("strict");
    assertThat(client.ended(first)).isEqualTo("FAILED");
    Files.createFile(mark);
    var second = client.start("strict");
    var third = client.start("strict");
    assertThat(List.of(client.status(second), client.status(third))).containsOnly("CREATED");
    assertThat(client.workflowAction("strict", "unblock").status()).isEqualTo(200);
    assertThat(fates(List.of(second, third))).containsOnly("SUCCEEDED");
    assertThat(at(third, "start_time")).isGreaterThanOrEqualTo(at(second, "end_time"));
    assertThat(client.status(first)).isEqualTo("FAILED");
  }

  @Test
  void aRestartThatSucceedsReleasesAStrictSequence() throws Exception {
    var mark = dir.resolve("may-succeed-again");
    push(
        workflow("strict-restart", shell("s", "test -e " + mark, List.of(), NO_RETRY)),
        "STRICT_SEQUENTIAL");
    var first = client.start("strict-restart");
    assertThat(client.ended(first)).isEqualTo("FAILED");
    Files.createFile(mark);
    var second = client.start("strict-restart");
    assertThat(client.status(second)).isEqualTo("CREATED");
    assertThat(client.ended(client.restart(first, "RESTART_FROM_BEGINNING")))
        .isEqualTo("SUCCEEDED");
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
  }

  @Test
  void artifactsOfARestartAreKeptOverThoseOfTheRunBefore() {
    push(workflow("kept", noop("s")), "PARALLEL");
    var first = client.start("kept", Map.of("artifacts", Map.of("a", "1", "b", "1")));
    assertThat(client.ended(first)).isEqualTo("SUCCEEDED");
    var second =
        EngineClient.named(
            client.tryRestart(
                first,
                Map.of(
                    "restart_policy",
                    "RESTART_FROM_BEGINNING",
                    "artifacts",
                    Map.of("b", "2", "c", "2"))));
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    assertThat(client.instance(first).get("artifacts")).isEqualTo(Map.of("a", "1", "b", "1"));
    assertThat(client.instance(second).get("artifacts"))
        .isEqualTo(Map.of("a", "1", "b", "2", "c", "2"));
  }

  @Test
  void aQueuedInstanceCanBeStopped() {
    push(workflow("queued-stop", sleep("s", 2)), "SEQUENTIAL");
    var runs = starts("queued-stop", 3);
    assertThat(client.action(runs.get(1), "stop").status()).isEqualTo(200);
    assertThat(fates(runs)).containsExactly("SUCCEEDED", "STOPPED", "SUCCEEDED");
  }

  @Test
  @Timeout(30)
  void aPausedWorkflowAcceptsStartsAndRunsThemWhenItIsResumed() {
    push(workflow("paused", noop("s")), "SEQUENTIAL");
    assertThat(client.workflowAction("paused", "pause").status()).isBetween(200, 299);
    var runs = starts("paused", 3);
    assertThat(runs).allSatisfy(run -> assertThat(client.status(run)).isEqualTo("CREATED"));
    assertThat(client.workflowAction("paused", "resume").status()).isBetween(200, 299);
    assertThat(fates(runs)).containsOnly("SUCCEEDED");
  }

  @Test
  @Timeout(30)
  void moreConcurrencyLetsQueuedInstancesRun() {
    client.push(
        workflow("wider", sleep("s", 50)),
        Map.of("run_strategy", Map.of("rule", "PARALLEL", "workflow_concurrency", 1)));
    var runs = starts("wider", 2);
    assertThat(client.status(runs.get(1))).isEqualTo("CREATED");
    var answer =
        engine.call(
            "POST",
            "/api/v3/workflows/wider/properties",
            Map.of("run_strategy", Map.of("rule", "PARALLEL", "workflow_concurrency", 2)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    client.reached(runs.get(1), "IN_PROGRESS");
    client.workflowAction("wider", "stop");
    assertThat(fates(runs)).containsOnly("STOPPED");
  }

  @Test
  void allRunsOfAWorkflowCanBeStoppedAtOnce() {
    push(workflow("stop-all", sleep("s", 50)), "SEQUENTIAL");
    var runs = starts("stop-all", 3);
    awaitUntil(
        "the first runs",
        () -> client.status(runs.getFirst()).equals("IN_PROGRESS"),
        () -> client.status(runs.getFirst()));
    assertThat(client.workflowAction("stop-all", "stop").status()).isEqualTo(202);
    assertThat(fates(runs)).containsOnly("STOPPED");
  }
}
