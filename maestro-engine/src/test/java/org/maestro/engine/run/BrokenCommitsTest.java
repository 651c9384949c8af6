package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.engine.run.shard.Shards;
import org.maestro.service.database.TestDatabase;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** An engine whose shards' commits fail on purpose, and are not tried again by the transaction. */
class BrokenCommitsTest {
  private static final Map<String, Object> PARALLEL =
      Map.of("run_strategy", Map.of("rule", "PARALLEL", "workflow_concurrency", 100));

  @TempDir Path dir;

  private final TestDatabase database = TestDatabase.create();
  private TestEngine engine;
  private EngineClient client;

  @BeforeEach
  void start() {
    Faults.NONE.arrange();
    engine =
        TestEngine.startWith(
            Failing.class,
            database,
            "maestro.database.attempts=1",
            "maestro.step.shell.data-dir=" + dir.resolve("steps"));
    client = new EngineClient(engine);
    awaitUntil(
        "the engine owns all shards",
        () -> shards().owned().size() == TestEngine.SHARDS,
        () -> shards().owned() + "");
  }

  @AfterEach
  void stop() {
    Faults.NONE.arrange();
    engine.close();
    database.close();
  }

  /**
   * What happens to the commits of the shards.
   *
   * @param lostAnswers every n-th happens, and its answer is lost; 0 for none
   * @param refused the workflows whose runs the database refuses to keep
   */
  private record Faults(int lostAnswers, Set<String> refused) {
    static final Faults NONE = new Faults(0, Set.of());
    private static volatile Faults now = NONE;
    private static final AtomicInteger COMMITS = new AtomicInteger();
    static final AtomicInteger LOST = new AtomicInteger();

    void arrange() {
      now = this;
    }

    static void committed() throws SQLException {
      var every = now.lostAnswers();
      if (isShards() && every > 0 && COMMITS.incrementAndGet() % every == 0) {
        LOST.incrementAndGet();
        throw new SQLException("the answer is lost on purpose", "08006");
      }
    }

    static void check(Object[] written) throws SQLException {
      for (var value : written) {
        if (isShards() && now.refused().contains(String.valueOf(value))) {
          throw new SQLException("refused on purpose", "22021");
        }
      }
    }

    private static boolean isShards() {
      return Thread.currentThread().getName().equals("maestro-commit");
    }
  }

  /** Puts the faults between the engine and its database. */
  @Configuration(proxyBeanMethods = false)
  static class Failing {
    @Bean
    static BeanPostProcessor failingDataSource() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof DataSource real ? new FailingSource(real) : bean;
        }
      };
    }
  }

  private static final class FailingSource extends DelegatingDataSource {
    FailingSource(DataSource real) {
      super(real);
    }

    @Override
    public Connection getConnection() throws SQLException {
      var real = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                if (method.getName().equals("createArrayOf")) {
                  Faults.check((Object[]) arguments[1]);
                }
                try {
                  var result = method.invoke(real, arguments);
                  if (method.getName().equals("commit")) {
                    Faults.committed();
                  }
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  private List<RunName> starts(String id, int count) {
    var runs = new ArrayList<RunName>();
    for (int i = 0; i < count; i++) {
      runs.add(client.start(id));
    }
    return runs;
  }

  private Shards shards() {
    return engine.context().getBean(Shards.class);
  }

  @Test
  @Timeout(180)
  void whatACommitOrderedHappensOnceAlthoughItsAnswerWasLost() throws Exception {
    var ran = dir.resolve("ran");
    client.push(workflow("leaf", sleep("s", 1, "t"), noop("t")), PARALLEL);
    client.push(
        workflow(
            "tree",
            subworkflow("c", "leaf", true, "z"),
            shell("z", "echo $$MAESTRO_INSTANCE_ID >> " + ran, List.of())),
        PARALLEL);
    new Faults(2, Set.of()).arrange();
    for (var run : starts("tree", 12)) {
      assertThat(client.ended(run)).as("%s %s", run, client.steps(run)).isEqualTo("SUCCEEDED");
    }
    assertThat(Faults.LOST.get()).isGreaterThan(10);
    assertThat(Files.readAllLines(ran)).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  @Timeout(180)
  void whatRunsAfterARunRunsOnceAlthoughTheAnswerToItsEndWasLost() throws Exception {
    var told = Files.createFile(dir.resolve("told"));
    client.push(
        workflow(
            "ends",
            Map.of(
                "on_end", List.of(shell("tell", "echo ${run_instance_id} >> " + told, List.of()))),
            List.of(noop("a"))),
        PARALLEL);
    new Faults(2, Set.of()).arrange();
    for (var run : starts("ends", 12)) {
      assertThat(client.ended(run)).as("%s", run).isEqualTo("SUCCEEDED");
      var handler = (Map<?, ?>) ((List<?>) client.instance(run).get("handlers")).getFirst();
      assertThat(client.ended(new RunName((String) handler.get("workflow_id"), 1, 1)))
          .isEqualTo("SUCCEEDED");
    }
    assertThat(Files.readAllLines(told)).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  @Timeout(180)
  void aRunThatTheDatabaseRefusesIsSetAsideWithTheReasonAndDelaysNobody() {
    client.push(workflow("poison", noop("s")), PARALLEL);
    client.push(workflow("canary", sleep("s", 1, "t"), noop("t")), PARALLEL);
    new Faults(0, Set.of("poison")).arrange();
    var canaries = starts("canary", 20);
    var poisoned = starts("poison", 4);
    canaries.addAll(starts("canary", 20));
    for (var canary : canaries) {
      assertThat(client.ended(canary)).isEqualTo("SUCCEEDED");
    }
    for (var run : poisoned) {
      client.reached(run, "PAUSED");
      assertThat(client.instance(run).get("timeline").toString()).contains("refused on purpose");
    }
    Faults.NONE.arrange();
    assertThat(client.action(poisoned.getFirst(), "kill").status()).isEqualTo(200);
    assertThat(client.ended(poisoned.getFirst())).isEqualTo("FAILED");
  }

  @Test
  @Timeout(120)
  void lettingAShardGoBreaksNoConnection() throws Exception {
    client.push(workflow("w", noop("s")), PARALLEL);
    var all = shards().owned();
    RunName run;
    long backend;
    try (var blocker = database.dataSource().getConnection()) {
      blocker.setAutoCommit(false);
      blocker.createStatement().execute("LOCK TABLE step_attempt IN ACCESS EXCLUSIVE MODE");
      run = client.start("w");
      awaitUntil("the shard reads its run", () -> waiting().size() == 1, () -> waiting() + "");
      backend = waiting().getFirst();
      shards().onRevoked(all);
      blocker.rollback();
    }
    awaitUntil(
        "the connection is given back",
        () -> stateOf(backend).equals(List.of("idle")),
        () -> stateOf(backend) + "");
    shards().onAssigned(all);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
  }

  private List<Long> waiting() {
    return database
        .jdbc()
        .sql(
            """
            SELECT pid FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'
            """)
        .query(Long.class)
        .list();
  }

  private List<String> stateOf(long backend) {
    return database
        .jdbc()
        .sql("SELECT state FROM pg_stat_activity WHERE pid = ?")
        .param(backend)
        .query(String.class)
        .list();
  }

  @Test
  @Timeout(120)
  void aNodeThatStandsStillInATransactionHoldsBackNobodyForLong() throws Exception {
    var lock = "SELECT shard FROM engine_shard WHERE shard = 3 FOR UPDATE";
    try (var still = engine.context().getBean(DataSource.class).getConnection()) {
      still.setAutoCommit(false);
      still.createStatement().execute(lock);
      assertThat(database.jdbc().sql(lock).query(Long.class).single()).isEqualTo(3);
      assertThatThrownBy(() -> still.createStatement().execute(lock))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  @Timeout(120)
  void aShardThatWasLostWithoutTheGroupKnowingIsTakenOverAgain() {
    client.push(workflow("w", noop("s")), PARALLEL);
    database.jdbc().sql("UPDATE engine_shard SET epoch = epoch + 1").update();
    for (var run : starts("w", 16)) {
      assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    }
  }
}
