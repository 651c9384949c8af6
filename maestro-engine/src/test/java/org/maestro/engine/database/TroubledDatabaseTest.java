package org.maestro.engine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** What people are told while the database is full, silent or busy, and what happens afterwards. */
class TroubledDatabaseTest {
  /** Above lock_timeout, as it has to be. */
  private static final int SOCKET_TIMEOUT = 12;

  /** What docs/operating.md promises: with the time for a connection and that for further tries. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5 + 10 + SOCKET_TIMEOUT);

  private final TestDatabase database = TestDatabase.create();
  private TestEngine engine;
  private EngineClient client;

  @BeforeEach
  void start() {
    engine =
        TestEngine.start(
            database,
            "spring.datasource.hikari.data-source-properties.socketTimeout=" + SOCKET_TIMEOUT);
    client = new EngineClient(engine);
  }

  @AfterEach
  void stop() {
    engine.close();
    database.close();
  }

  @Test
  @Timeout(120)
  void aFullDiskIsSaidAndWhatWasAcceptedGoesOnWhenThereIsRoom() {
    var tables = List.of("workflow_run", "workflow_version", "step_attempt", "storage_probe");
    client.push(workflow("w", noop("s")));
    tables.forEach(this::fill);
    for (var refused :
        List.of(
            client.tryStart("w", Map.of()),
            engine.call(
                "POST",
                "/api/v3/workflows",
                Map.of(
                    "properties",
                    Map.of("owner", "tester"),
                    "workflow",
                    workflow("v", noop("s")))))) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.at("code")).isEqualTo("storage-full");
      assertThat(refused.at("retryable")).isEqualTo(true);
      assertThat(Integer.parseInt(refused.retryAfter())).isPositive();
    }
    assertThat(health()).isEqualTo("DOWN");
    assertThat(engine.call("GET", "/api/v3/workflows/w/versions/1", null).status()).isEqualTo(200);
    // There is room for the start, and none for its steps.
    makeRoom("workflow_run");
    var run = client.start("w");
    tables.forEach(this::makeRoom);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    awaitUntil("health is up", () -> health().equals("UP"), this::health);
  }

  /** As the disk would, if it had no room for this table. */
  private void fill(String table) {
    database
        .jdbc()
        .sql(
            """
            CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END
            $$ LANGUAGE plpgsql
            """)
        .update();
    var fill = "CREATE TRIGGER full_disk BEFORE INSERT ON %s EXECUTE FUNCTION full_disk()";
    database.jdbc().sql(fill.formatted(table)).update();
  }

  private void makeRoom(String table) {
    database.jdbc().sql("DROP TRIGGER IF EXISTS full_disk ON " + table).update();
  }

  @Test
  @Timeout(120)
  void aStepWhoseRunCanNotBeStartedSaysWhyAndGoesOnWhenItCan() {
    client.push(workflow("leaf", noop("s")));
    client.push(workflow("tree", sleep("a", 2, "c"), subworkflow("c", "leaf", true)));
    var run = client.start("tree");
    client.reached(run, "a", "RUNNING");
    fill("workflow_run");
    client.reached(run, "c", "STARTING");
    var why = run.path() + "/steps/c/why";
    awaitUntil(
        "it says why",
        () -> engine.call("GET", why, null).text().contains("could not extend file"),
        () -> engine.call("GET", why, null).text());
    makeRoom("workflow_run");
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
  }

  private String health() {
    return (String) engine.call("GET", "/actuator/health", null).at("status");
  }

  @Test
  @Timeout(180)
  void aDatabaseThatStandsStillLeavesNoRequestWithoutAnAnswerForLong() throws Exception {
    var server = server();
    client.push(workflow("w", noop("s")));
    var asking = new AtomicBoolean(true);
    var answers = new ArrayList<Answered>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients =
          Stream.of(
                  "/actuator/health", "/api/v3/workflows?first=10", "/api/v3/workflows/w/overview")
              .flatMap(path -> Stream.of(path, path, path, path))
              .map(path -> threads.submit(whileWanted(asking, () -> get(path))))
              .toList();
      var starter =
          threads.submit(whileWanted(asking, () -> client.tryStart("w", Map.of()).status()));
      try {
        TimeUnit.MILLISECONDS.sleep(500);
        signal("STOP", server);
        TimeUnit.MILLISECONDS.sleep(LONGEST_ANSWER.toMillis() + 5_000);
      } finally {
        asking.set(false);
        for (var asked : clients) {
          answers.addAll(asked.get(60, TimeUnit.SECONDS));
        }
        answers.addAll(starter.get(60, TimeUnit.SECONDS));
        signal("CONT", server);
      }
    }
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.took()).isLessThan(LONGEST_ANSWER);
          assertThat(answer.status()).isIn(200, 503);
        });
    assertThat(answers).anyMatch(answer -> answer.status() == 503);
    awaitUntil("health is up", () -> health().equals("UP"), this::health);
    assertThat(client.ended(client.start("w"))).isEqualTo("SUCCEEDED");
  }

  private record Answered(int status, Duration took) {}

  private static Callable<List<Answered>> whileWanted(
      AtomicBoolean wanted, Callable<Integer> request) {
    return () -> {
      var answers = new ArrayList<Answered>();
      while (wanted.get()) {
        var began = System.nanoTime();
        var status = request.call();
        answers.add(new Answered(status, Duration.ofNanos(System.nanoTime() - began)));
      }
      return answers;
    };
  }

  private int get(String path) {
    return engine.call("GET", path, null).status();
  }

  /** The processes of the database, if they run on this machine. */
  private List<ProcessHandle> server() {
    var pid = database.jdbc().sql("SELECT pg_backend_pid()").query(Long.class).single();
    var backend = ProcessHandle.of(pid);
    assumeThat(backend.flatMap(process -> process.info().command()).orElse(""))
        .as("the database runs on this machine")
        .contains("postgres");
    var postmaster = backend.orElseThrow().parent().orElseThrow();
    return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    for (var process : processes) {
      if (process.isAlive()) {
        command.add(Long.toString(process.pid()));
      }
    }
    new ProcessBuilder(command).start().waitFor();
  }

  @Test
  @Timeout(60)
  void whoWaitsTooLongForALockIsToldToTryAgain() throws Exception {
    client.push(workflow("w", noop("s")));
    try (var other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("SELECT * FROM workflow WHERE workflow_id = 'w' FOR UPDATE");
      var began = System.nanoTime();
      var refused = client.workflowAction("w", "pause");
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.at("code")).isEqualTo("database-busy");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
      other.rollback();
    }
    assertThat(client.workflowAction("w", "pause").status()).isEqualTo(200);
    assertThat(health()).isEqualTo("UP");
  }
}
