package org.maestro.engine.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Runs of subworkflows that need nothing from outside, begun in the turns of their callers. */
class TurnChildrenTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE);
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  private static Map<String, Object> caller(String id, String child, int calls, boolean chained) {
    var steps = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < calls; i++) {
      steps.add(
          chained && i + 1 < calls
              ? subworkflow("call" + i, child, true, "call" + (i + 1))
              : subworkflow("call" + i, child, true));
    }
    return workflow(id, Map.of(), steps);
  }

  private static Map<String, Object> call(String id, String child, long n, String... successors) {
    var step = new LinkedHashMap<String, Object>();
    subworkflow(id, child, true, successors)
        .forEach((kind, fields) -> step.put(kind, with((Map<?, ?>) fields, n)));
    return step;
  }

  private static Map<String, Object> with(Map<?, ?> fields, long n) {
    var all = new LinkedHashMap<String, Object>();
    fields.forEach((name, value) -> all.put((String) name, value));
    var params = new LinkedHashMap<Object, Object>((Map<?, ?>) fields.get("params"));
    params.put("n", param("LONG", n));
    all.put("params", params);
    return all;
  }

  /** The commits in which runs of a workflow came into being: rows of one have one xmin. */
  private static long commits(String workflowId) {
    return DATABASE
        .jdbc()
        .sql("SELECT count(DISTINCT xmin::text) FROM workflow_run WHERE workflow_id = ?")
        .param(workflowId)
        .query(Long.class)
        .single();
  }

  private static long mostOfOneCommit(String workflowId) {
    return DATABASE
        .jdbc()
        .sql(
            """
            SELECT max(n)
              FROM (SELECT count(*) AS n FROM workflow_run WHERE workflow_id = ? GROUP BY xmin::text) AS c
            """)
        .param(workflowId)
        .query(Long.class)
        .single();
  }

  private static List<Long> instances(String workflowId) {
    return DATABASE
        .jdbc()
        .sql("SELECT instance_id FROM workflow_run WHERE workflow_id = ? ORDER BY instance_id")
        .param(workflowId)
        .query(Long.class)
        .list();
  }

  @Test
  void aChainOfCallsIsOneCommit() {
    client.push(workflow("link", noop("a")));
    var run = client.run(caller("chain", "link", 10, true));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(instances("link")).isEqualTo(LongStream.rangeClosed(1, 10).boxed().toList());
    assertThat(commits("link")).isOne();
    assertThat(client.child(run, "call9")).isEqualTo(new RunName("link", 10, 1));
    assertThat(client.status(client.child(run, "call9"))).isEqualTo("SUCCEEDED");
    // Who comes next has the next number, and finds the place free.
    assertThat(client.ended(client.start("link"))).isEqualTo("SUCCEEDED");
    assertThat(instances("link")).hasSize(11).endsWith(11L);
  }

  @Test
  void callsWithinCallsAreOneCommit() {
    client.push(workflow("leaf", noop("a")));
    client.push(caller("middle", "leaf", 3, false));
    var run = client.run(caller("top", "middle", 5, false));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(instances("leaf")).hasSize(15);
    assertThat(commits("leaf")).isOne();
    assertThat(commits("middle")).isOne();
  }

  /** As many as may be at work at once: a step's permit is free again after the commit. */
  @Test
  void manyCallsAreOneCommit() {
    client.push(workflow("tiny", noop("a")));
    client.push(caller("many", "tiny", 100, true), Map.of("step_concurrency", 1_000));
    var run = client.start("many");
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(instances("tiny")).hasSize(100);
    assertThat(mostOfOneCommit("tiny")).isGreaterThan(20);
  }

  /** Each is some 60,000 characters: one turn doesn't keep all of them in memory. */
  @Test
  void largeChildrenAreNotAllBegunInOneTurn() {
    client.push(
        workflow(
            "large", noop("a", List.of(), params("text", param("STRING", "x".repeat(60_000))))));
    client.push(caller("greedy", "large", 40, true), Map.of("step_concurrency", 1_000));
    var run = client.start("greedy");
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(instances("large")).isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
    assertThat(mostOfOneCommit("large")).isBetween(2L, 20L);
  }

  @Test
  void whatAChildCameToIsReadInTheSameTurn() {
    client.push(
        workflow(
            "sum",
            Map.of("params", Map.of("n", param("LONG", 0))),
            List.of(noop("a", List.of(), params("twice", expression("LONG", "n * 2"))))));
    var run =
        client.run(
            workflow(
                "reads",
                call("first", "sum", 21, "then"),
                noop(
                    "then",
                    List.of(),
                    params(
                        "read",
                        expression("LONG", "params.getFromSubworkflow('first', 'a', 'twice')")))));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(value(client.step(run, "then"), "read")).isEqualTo(42L);
    assertThat(commits("sum")).isOne();
  }

  @Test
  void aChildThatTakesItsTimeIsStartedByItself() {
    client.push(workflow("slow", sleep("a", 0)));
    var run = client.run(caller("patient", "slow", 3, true));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(instances("slow")).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aChildThatWaitsForItsTurnIsStartedByItself() {
    // Its second step has to wait for the permit of the first, which comes back with the commit.
    client.push(workflow("narrow", noop("a"), noop("b")), Map.of("step_concurrency", 1));
    var run = client.run(caller("wide", "narrow", 4, false));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(instances("narrow")).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void aFailedChildFailsItsStep() {
    client.push(
        workflow(
            "fails",
            Map.of("params", Map.of("n", param("LONG", 1))),
            List.of(noop("a", List.of(), params("x", expression("LONG", "1 / n"))))));
    var run = client.run(workflow("calls", call("call", "fails", 0)));
    assertThat(client.ended(run)).isEqualTo("FAILED");
    assertThat(client.status(client.child(run, "call"))).isEqualTo("FAILED");
    assertThat(commits("fails")).isOne();
  }

  @Test
  void oneThatRunsKeepsTheNextWaiting() {
    client.push(workflow("single", noop("a")));
    var breakpoint =
        engine.call(
            "POST",
            "/api/v3/workflows/steps/breakpoints",
            Map.of("workflow_id", "single", "step_id", "a"));
    assertThat(breakpoint.status()).isLessThan(300);
    var standing = client.start("single");
    client.reached(standing, "a", "PAUSED");
    client.push(caller("waits", "single", 1, true));
    var run = client.start("waits");
    client.reached(run, "call0", "RUNNING");
    assertThat(client.status(client.child(run, "call0"))).isEqualTo("CREATED");
    client.action(standing, "kill");
    assertThat(client.action(run, "kill").status()).isLessThan(300);
    client.ended(run);
  }

  /** Callers on all shards and starts by hand at the same time: no number twice, none left out. */
  @Test
  void callersThatGetInEachOthersWayAllCome() throws Exception {
    client.push(workflow("popular", noop("a")));
    client.push(caller("crowd", "popular", 5, true), Map.of("run_strategy", parallel()));
    var starts =
        IntStream.range(0, 60)
            .<Callable<RunName>>mapToObj(i -> () -> client.start(i % 3 == 0 ? "popular" : "crowd"))
            .toList();
    try (var threads = Executors.newFixedThreadPool(12)) {
      for (var run : threads.invokeAll(starts)) {
        assertThat(client.ended(run.resultNow())).isEqualTo("SUCCEEDED");
      }
    }
    assertThat(instances("popular")).isEqualTo(LongStream.rangeClosed(1, 220).boxed().toList());
  }

  private static Map<String, Object> parallel() {
    return Map.of("rule", "PARALLEL", "workflow_concurrency", 50);
  }
}
