package org.maestro.engine.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

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
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Back-fills on two nodes, one of which is killed in the middle. */
class KilledBackfillsTest {
  private static final int DAYS = 60;
  private static final int BACKFILLS = 6;

  @TempDir Path dir;

  private final TestDatabase database = TestDatabase.create();
  private TestEngine here;
  private Process there;

  @BeforeEach
  void start() {
    var steps = "maestro.step.shell.data-dir=" + dir.resolve("steps");
    here = TestEngine.start(database, steps);
    there = TestEngine.startProcess(database, dir.resolve("there.log"), steps);
    awaitUntil(
        "both nodes own shards",
        () -> numbers("SELECT count(DISTINCT owner) FROM engine_shard").getFirst() == 2,
        () -> numbers("SELECT count(DISTINCT owner) FROM engine_shard").toString());
  }

  @AfterEach
  void stop() {
    there.destroyForcibly();
    here.close();
    database.close();
  }

  private List<Long> numbers(String sql) {
    return database.jdbc().sql(sql).query(Long.class).list();
  }

  @Test
  @Timeout(180)
  void everyValueIsRunExactlyOnceAlthoughANodeIsKilledInTheMiddle() throws Exception {
    new EngineClient(here)
        .push(
            workflow(
                "killed",
                params("date", param("STRING", "never")),
                List.of(sleep("s", 0, "t"), noop("t"))),
            Map.of("run_strategy", Map.of("rule", "PARALLEL", "workflow_concurrency", 1_000)));
    var ids = new ArrayList<String>();
    for (int i = 0; i < BACKFILLS; i++) { // some are driven here, some there
      var answer =
          here.call(
              "POST",
              "/api/v3/workflows/killed/backfills",
              Map.of(
                  "days",
                  Map.of("from", "20210101", "to", "20210301"),
                  "param",
                  "date",
                  "concurrency",
                  3));
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      ids.add(String.valueOf(answer.at("id")));
    }
    awaitUntil("some runs have ended", () -> ended() > DAYS, () -> ended() + " runs have ended");
    there.destroyForcibly().waitFor();
    for (var id : ids) {
      awaitUntil(
          "back-fill is COMPLETED",
          () -> "COMPLETED".equals(get(id).at("status")),
          () -> get(id).text());
      assertThat(get(id).at("counts", "succeeded")).isEqualTo((long) DAYS);
    }
    assertThat(numbers("SELECT count(*) FROM workflow_run"))
        .containsExactly((long) DAYS * BACKFILLS);
    assertThat(
            database
                .jdbc()
                .sql("SELECT DISTINCT status FROM workflow_run")
                .query(String.class)
                .list())
        .containsExactly("SUCCEEDED");
  }

  private long ended() {
    return numbers("SELECT count(*) FROM workflow_run WHERE status = 'SUCCEEDED'").getFirst();
  }

  private TestEngine.Answer get(String id) {
    return here.call("GET", "/api/v3/backfills/" + id, null);
  }
}
