package org.maestro.engine.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.engine.permit.NodePermits;
import org.maestro.engine.permit.PermitLedger;
import org.maestro.service.database.TestDatabase;

/** Two nodes over one database and one broker; the second in a process that can be killed. */
class ClusterTest {
  private static final Map<String, Object> PARALLEL =
      Map.of("run_strategy", Map.of("rule", "PARALLEL", "workflow_concurrency", 100));

  @TempDir Path dir;

  private final TestDatabase database = TestDatabase.create();
  private TestEngine here;
  private EngineClient client;
  private Process there;

  @BeforeEach
  void start() {
    var steps = "maestro.step.shell.data-dir=" + dir.resolve("steps");
    here = TestEngine.start(database, steps);
    client = new EngineClient(here);
    there = TestEngine.startProcess(database, dir.resolve("there.log"), steps);
    awaitUntil("both nodes own shards", () -> owners().size() == 2, () -> owners() + " " + tail());
  }

  @AfterEach
  void stop() {
    there.destroyForcibly();
    here.close();
    database.close();
  }

  private List<String> owners() {
    return database
        .jdbc()
        .sql("SELECT DISTINCT owner FROM engine_shard")
        .query(String.class)
        .list();
  }

  private String tail() {
    try {
      var lines = Files.readAllLines(dir.resolve("there.log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void allSucceed(List<RunName> runs) {
    for (var run : runs) {
      assertThat(client.ended(run)).as("%s %s", run, client.steps(run)).isEqualTo("SUCCEEDED");
    }
  }

  private List<RunName> starts(String id, int count) {
    var runs = new ArrayList<RunName>();
    for (int i = 0; i < count; i++) {
      runs.add(client.start(id));
    }
    return runs;
  }

  @Test
  @Timeout(120)
  void runsAndTheirChildrenEndOnWhicheverNodeTheirShardsAre() {
    client.push(workflow("leaf", noop("a", "b"), noop("b")), PARALLEL);
    client.push(workflow("tree", subworkflow("c", "leaf", true, "z"), noop("z")), PARALLEL);
    var runs = starts("tree", 30);
    allSucceed(runs);
    for (var run : runs) {
      assertThat(client.steps(run)).isEqualTo(Map.of("c", "SUCCEEDED", "z", "SUCCEEDED"));
      assertThat(client.status(client.child(run, "c"))).isEqualTo("SUCCEEDED");
    }
    assertThat(
            database
                .jdbc()
                .sql(
                    """
                    SELECT count(DISTINCT s.owner)
                      FROM workflow_run AS r JOIN engine_shard AS s ON s.shard = r.shard
                    """)
                .query(Long.class)
                .single())
        .isEqualTo(2);
    assertThat(database.jdbc().sql("SELECT count(*) FROM workflow_run").query(Long.class).single())
        .isEqualTo(60);

    var slow = starts("sleeper", 0);
    client.push(workflow("sleeper", sleep("s", 60)), PARALLEL);
    slow.addAll(starts("sleeper", 16));
    slow.forEach(run -> client.reached(run, "s", "RUNNING"));
    slow.forEach(run -> assertThat(client.action(run, "stop").status()).isEqualTo(200));
    slow.forEach(run -> assertThat(client.ended(run)).isEqualTo("STOPPED"));
  }

  @Test
  @Timeout(180)
  void whatRunsAfterARunRunsOnceAlthoughANodeIsKilledAsTheRunsEnd() throws Exception {
    var log = Files.createFile(dir.resolve("after"));
    client.push(
        workflow(
            "ends",
            Map.of(
                "on_end", List.of(shell("tell", "echo ${run_instance_id} >> " + log, List.of()))),
            List.of(sleep("s", 2))),
        PARALLEL);
    var runs = starts("ends", 24);
    awaitUntil(
        "the last has begun",
        () -> client.steps(runs.getLast()).containsKey("s"),
        () -> client.steps(runs.getLast()).toString());

    there.destroyForcibly().waitFor();

    allSucceed(runs);
    awaitUntil("all were told", () -> linesOf(log).size() >= 24, () -> linesOf(log).toString());
    for (var run : runs) {
      var handlers = (List<?>) client.instance(run).get("handlers");
      var handler = (Map<?, ?>) handlers.getFirst();
      var name =
          new RunName(
              (String) handler.get("workflow_id"),
              ((Number) handler.get("workflow_instance_id")).longValue(),
              1);
      assertThat(client.ended(name)).isEqualTo("SUCCEEDED");
    }
    assertThat(linesOf(log)).hasSize(24).doesNotHaveDuplicates();
  }

  private static List<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Timeout(180)
  void whatANodeHadUnderWayWhenItWasKilledIsFinishedOnceByTheOther() throws Exception {
    var log = dir.resolve("ran");
    var go = dir.resolve("go");
    var script =
        "while [ ! -e %s ]; do sleep 0.2; done; echo $$MAESTRO_INSTANCE_ID >> %s"
            .formatted(go, log);
    client.push(workflow("leaf", sleep("s", 3, "t"), noop("t")), PARALLEL);
    client.push(workflow("tree", subworkflow("c", "leaf", true, "z"), noop("z")), PARALLEL);
    client.push(workflow("jobs", shell("s", script, List.of("t")), noop("t")), PARALLEL);
    var runs = starts("tree", 16);
    var jobs = starts("jobs", 8);
    runs.forEach(run -> client.child(run, "c"));
    jobs.forEach(run -> client.reached(run, "s", "RUNNING"));

    there.destroyForcibly().waitFor();
    Files.createFile(go);

    allSucceed(runs);
    allSucceed(jobs);
    assertThat(Files.readAllLines(log))
        .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8");
    jobs.forEach(run -> assertThat(client.attempt(run, "s")).isEqualTo(1));
    awaitUntil("one node owns all", () -> owners().size() == 1, () -> owners().toString());
    awaitUntil(
        "the outbox is empty",
        () -> database.jdbc().sql("SELECT count(*) FROM outbox").query(Long.class).single() == 0,
        () -> database.jdbc().sql("SELECT * FROM outbox").query().listOfRows().toString());
  }

  @Test
  @Timeout(180)
  void failuresOfALoopAreCountedOnceAlthoughANodeIsKilledInTheMiddle() throws Exception {
    client.push(
        workflow(
            "counting",
            foreach(
                "f",
                Map.of("i", expression("LONG_ARRAY", "Util.intsBetween(0, 2000, 1)")),
                List.of(
                    sleep("s", 1, "t"),
                    noop("t", List.of(), params("v", expression("LONG", "1 / (i % 20 - 7)")))),
                List.of(),
                Map.of("max_failures", "5%", "concurrency", 200))),
        Map.of("step_concurrency", 1_000));
    var run = client.start("counting");
    awaitUntil("some have failed", () -> failed() > 10, () -> failed() + " have failed");

    there.destroyForcibly().waitFor();

    assertThat(client.ended(run)).isEqualTo("FAILED");
    var artifacts = (Map<?, ?>) client.step(run, "f").get("artifacts");
    var loop = (Map<?, ?>) artifacts.get("maestro_foreach");
    assertThat(((Map<?, ?>) loop.get("foreach_overview")).get("stats"))
        .isEqualTo(Map.of("SUCCEEDED", 1_900L, "FAILED", 100L));
  }

  private long failed() {
    return database
        .jdbc()
        .sql("SELECT count(*) FROM workflow_run WHERE status = 'FAILED'")
        .query(Long.class)
        .single();
  }

  /** How many hold permits and how many wait, as the node here says that keeps the ledger. */
  private String permits() {
    return here.context()
        .getBean(NodePermits.class)
        .ledger()
        .map(ledger -> ledger.size().toString())
        .orElse("another node keeps them");
  }

  @Test
  @Timeout(180)
  void noPermitIsLeftOfWhatANodeRanBeforeItWasKilled() throws Exception {
    client.push(
        workflow("steps", sleep("a", 1, "b"), sleep("b", 20, "c"), sleep("c", 1)),
        Map.of(
            "run_strategy",
            Map.of("rule", "PARALLEL", "workflow_concurrency", 100),
            "step_concurrency",
            100));
    var runs = starts("steps", 80);
    runs.forEach(run -> client.reached(run, "b", "RUNNING"));

    there.destroyForcibly().waitFor();

    allSucceed(runs);
    awaitUntil("one node owns all", () -> owners().size() == 1, () -> owners().toString());
    awaitUntil(
        "nobody holds a permit",
        () -> permits().equals(new PermitLedger.Size(0, 0).toString()),
        this::permits);
  }
}
