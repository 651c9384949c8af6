package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.whileLoop;
import static org.maestro.engine.Workflows.workflow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Runs whose rows break the engine's own code: made so by SQL, met by an engine that starts. */
class QuarantineTest {
  private final TestDatabase database = TestDatabase.create();
  private TestEngine engine = TestEngine.start(database);
  private EngineClient client = new EngineClient(engine);

  @AfterEach
  void stop() {
    engine.close();
    database.close();
  }

  private void restartEngine() {
    engine.close();
    engine = TestEngine.start(database);
    client = new EngineClient(engine);
  }

  private RunName sleeping(String id, long seconds) {
    client.push(
        workflow(id, sleep("s", seconds, "t"), noop("t")),
        Map.of("run_strategy", Map.of("rule", "PARALLEL")));
    var run = client.start(id);
    client.reached(run, "s", "RUNNING");
    return run;
  }

  private void spoil(RunName run, String table, String change) {
    assertThat(
            database
                .jdbc()
                .sql("UPDATE " + table + " SET " + change + " WHERE workflow_id = ?")
                .param(run.workflowId())
                .update())
        .isEqualTo(1);
  }

  private String kept(RunName run, String column) {
    return database
        .jdbc()
        .sql("SELECT coalesce(" + column + ", '') FROM workflow_run WHERE workflow_id = ?")
        .param(run.workflowId())
        .query(String.class)
        .single();
  }

  private List<String> stepStatuses(RunName run) {
    return database
        .jdbc()
        .sql("SELECT status FROM step_attempt WHERE workflow_id = ?")
        .param(run.workflowId())
        .query(String.class)
        .list();
  }

  @Test
  @Timeout(120)
  void brokenRunsStandStillWithAReasonDelayNobodyAndCanBeKilled() {
    var noState = sleeping("no-state", 600);
    var noFacts = sleeping("no-facts", 600);
    var noAttempt = sleeping("no-attempt", 600);
    var canaries = new ArrayList<RunName>();
    var shards = new LinkedHashSet<Integer>();
    sleeping("canary", 3);
    for (int i = 0; i < 40; i++) {
      var canary = client.start("canary");
      canaries.add(canary);
      shards.add(new RunKey("canary", canary.instance(), 1).shard(TestEngine.SHARDS));
    }
    assertThat(shards).hasSize(TestEngine.SHARDS);
    spoil(noState, "step_attempt", "facts = '{}'"); // says RUNNING and holds no such state
    spoil(noFacts, "workflow_run", "facts = 'x'");
    spoil(noAttempt, "step_attempt", "facts = '[1]'");

    restartEngine();

    for (var canary : canaries) {
      assertThat(client.ended(canary)).isEqualTo("SUCCEEDED");
    }
    assertThat(client.ended(client.start("canary"))).isEqualTo("SUCCEEDED");
    for (var broken : List.of(noState, noFacts, noAttempt)) {
      awaitUntil(
          broken + " stands still",
          () -> kept(broken, "status").equals("PAUSED"),
          () -> kept(broken, "status"));
      assertThat(kept(broken, "progress")).contains("The engine could not go on with this run");
    }
    assertThat(client.status(noState)).isEqualTo("PAUSED");
    assertThat(client.instance(noState).get("timeline").toString())
        .contains("The engine could not go on with this run");

    assertThat(client.action(noState, "kill").status()).isEqualTo(200);
    assertThat(client.ended(noState)).isEqualTo("FAILED");
    for (var unreadable : List.of(noFacts, noAttempt)) {
      var refused =
          client.tryRestart(unreadable, Map.of("restart_policy", "RESTART_FROM_BEGINNING"));
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.text()).contains("unreadable-run", "can be stopped, killed");
      assertThat(client.action(unreadable, "kill").status()).isEqualTo(200);
      assertThat(kept(unreadable, "status")).isEqualTo("FAILED");
      assertThat(kept(unreadable, "progress")).contains("Killed by tester. The engine could not");
      assertThat(kept(unreadable, "CAST(end_time AS TEXT)")).isNotEmpty();
      assertThat(stepStatuses(unreadable)).containsExactly("FATALLY_FAILED");
      var next = client.start(unreadable.workflowId());
      client.reached(next, "s", "RUNNING");
      client.action(next, "stop");
    }
    var again = client.restart(noState, "RESTART_FROM_BEGINNING");
    client.reached(again, "s", "RUNNING");
    client.action(again, "stop");
  }

  private String loop(RunName run, String what) {
    var answer =
        engine.call(
            "GET",
            "/api/v3/workflows/%s/instances/%d/runs/%d/steps/f/%s"
                .formatted(run.workflowId(), run.instance(), run.run(), what),
            null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  private RunName looping(String id, Map<String, Object> loop) {
    client.push(workflow(id, loop), Map.of("run_strategy", Map.of("rule", "PARALLEL")));
    var run = client.start(id);
    client.reached(run, "f", "RUNNING");
    return run;
  }

  private void spoilIteration(RunName run, String kind, String table, String change) {
    var inline = "maestro_" + kind + "_%";
    var spoiled =
        database
            .jdbc()
            .sql(
                "UPDATE "
                    + table
                    + " SET "
                    + change
                    + " WHERE instance_id = 1 AND workflow_id LIKE ?")
            .param(inline)
            .update();
    assertThat(spoiled).as(run.toString()).isEqualTo(1);
  }

  private void awaitIterations(String kind, int count) {
    awaitUntil(
        count + " iterations sleep",
        () ->
            database
                    .jdbc()
                    .sql(
                        "SELECT count(*) FROM step_attempt WHERE status = 'RUNNING'"
                            + " AND workflow_id LIKE ?")
                    .param("maestro_" + kind + "_%")
                    .query(Long.class)
                    .single()
                == count,
        () -> "fewer");
  }

  @Test
  @Timeout(120)
  void aBrokenIterationIsSeenInItsLoopWhichCanBeEndedAndRunAgain() {
    var run =
        looping(
            "loops",
            foreach(
                "f",
                Map.of("i", param("LONG_ARRAY", List.of(1, 2, 3))),
                List.of(sleep("s", 600)),
                List.of()));
    awaitIterations("foreach", 3);
    spoilIteration(run, "foreach", "step_attempt", "facts = '[1]'");

    restartEngine();

    awaitUntil(
        "the broken iteration is seen",
        () -> loop(run, "iterations/summary").contains("\"QUARANTINED\":1"),
        () -> loop(run, "iterations/summary"));
    assertThat(loop(run, "iterations/summary")).contains("\"RUNNING\":2");
    assertThat(loop(run, "iterations/strip")).contains("QUARANTINED");
    assertThat(loop(run, "iterations/failures"))
        .contains("The engine could not go on with this run");
    assertThat(loop(run, "why")).contains("WAITING_FOR_ITERATIONS", "\"QUARANTINED\"");

    assertThat(client.action(run, "kill").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("FAILED");
    assertThat(loop(run, "iterations/summary")).contains("\"FAILED\":3");

    var again = client.restart(run, "RESTART_FROM_BEGINNING");
    client.reached(again, "f", "RUNNING");
    awaitUntil(
        "all run again",
        () -> loop(again, "iterations/summary").contains("\"RUNNING\":3"),
        () -> loop(again, "iterations/summary"));
    client.action(again, "stop");
    assertThat(client.ended(again)).isEqualTo("STOPPED");
  }

  @Test
  @Timeout(120)
  void aWhileLoopWhoseIterationCannotBeReadCanBeEnded() {
    var run =
        looping(
            "whiles",
            whileLoop("f", "i < 3", Map.of("i", param("LONG", 1)), List.of(sleep("s", 600))));
    awaitIterations("while", 1);
    spoilIteration(run, "while", "step_attempt", "facts = '[1]'");

    restartEngine();

    awaitUntil(
        "the answer names the broken iteration",
        () -> loop(run, "why").contains("QUARANTINED"),
        () -> loop(run, "why"));
    assertThat(client.action(run, "kill").status()).isEqualTo(200);
    assertThat(client.ended(run)).isEqualTo("FAILED");
  }
}
