package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedPostgres;

/**
 * Databases as earlier releases left them in the middle of their work: loops, children, gates,
 * permits, queues, retries and messages under way. Today's services bring the tables up to date and
 * go on with all of it to its end.
 */
class GoldenDatabaseIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Pattern SCRIPT =
      Pattern.compile("INSERT INTO (\\w+_schema_history) .*'(V\\d+__\\w+\\.sql)'.*");

  /** Flyway's own table, as it makes it. */
  private static final String HISTORY =
      """
      CREATE TABLE %s (
        installed_rank INT NOT NULL PRIMARY KEY, version VARCHAR(50),
        description VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL,
        script VARCHAR(1000) NOT NULL, checksum INT, installed_by VARCHAR(100) NOT NULL,
        installed_on TIMESTAMP NOT NULL DEFAULT now(), execution_time INT NOT NULL,
        success BOOLEAN NOT NULL)
      """;

  private static final String LIVE =
      "SELECT count(*) FROM workflow_run WHERE status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')";

  @TempDir Path folder;
  private int port;

  @Test
  void theFirstReleasesRunsGoOnToTheirEnds() throws Exception {
    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
        var connection = connection(postgres.port())) {
      restore(connection, "/golden/fd42ba8.sql.gz");
      assertThat(number(connection, LIVE)).isGreaterThan(20);
      assertThat(number(connection, "SELECT count(*) FROM outbox")).isGreaterThan(10);
      assertThat(number(connection, "SELECT count(*) FROM signal_outbox")).isEqualTo(1);
    }
    port = freePort();
    var options = new DevOptions(port, folder, "", List.of());
    try (var _ = DevServer.start(options);
        var connection = connection(databasePort())) {
      await(
          "messages of the old release have left, to the topics of today",
          () ->
              number(connection, "SELECT count(*) FROM outbox WHERE create_time = 0") == 0
                  && number(connection, "SELECT count(*) FROM signal_outbox") == 0);
      awaitStatus(connection, "by-signal", 1, "SUCCEEDED"); // its start was under way

      announce("{\"name\": \"golden/in\", \"params\": {\"day\": 8}}");
      awaitStatus(connection, "at-a-gate", 1, "SUCCEEDED");
      awaitStatus(connection, "by-signal", 2, "SUCCEEDED"); // of what the gate's run announced
      announce("{\"name\": \"golden/later\"}");
      awaitStatus(connection, "late", 1, "SUCCEEDED"); // its wish to wait was under way

      announce("{\"name\": \"golden/two\", \"params\": {\"area\": \"eu\"}}");
      awaitStatus(connection, "by-signal", 3, "SUCCEEDED"); // with one that has waited since then

      assertThat(
              post(
                  "/api/v3/workflows/ended-loop/instances/1/actions/restart",
                  "{\"restart_policy\": \"RESTART_FROM_BEGINNING\"}"))
          .isEqualTo(200);
      await(
          "what had ended can be run again",
          () ->
              number(
                      connection,
                      "SELECT count(*) FROM workflow_run WHERE workflow_id = 'ended-loop'"
                          + " AND run_id = 2 AND status = 'SUCCEEDED'")
                  == 1);

      for (var sleeper : List.of("asleep", "parent")) {
        assertThat(put("/api/v3/workflows/" + sleeper + "/instances/1/actions/kill"))
            .isEqualTo(200);
      }
      await(
          "all runs end",
          () -> {
            killWhatSleeps(connection);
            return number(connection, LIVE) == 0;
          });
      assertThat(
              number(
                  connection,
                  "SELECT count(*) FROM workflow_run WHERE workflow_id = 'nested'"
                      + " AND status = 'SUCCEEDED'"))
          .isPositive();
      assertThat(number(connection, "SELECT count(*) FROM parked_request")).isZero();
      assertThat(number(connection, "SELECT count(*) FROM signal_dead_letter")).isZero();
      assertThat(
              number(
                  connection,
                  "SELECT count(*) FROM time_trigger"
                      + " WHERE workflow_id = 'by-clock' AND next_fire_at IS NOT NULL"))
          .isEqualTo(2);
    }
  }

  /**
   * Where this clock is behind that of the release, sleeps are longer than a test can wait; and a
   * loop that sleeps has shown after some iterations that it goes on.
   */
  private void killWhatSleeps(Connection connection) throws Exception {
    var sleeping =
        texts(
            connection,
            """
            SELECT DISTINCT workflow_id || '/instances/' || instance_id
              FROM workflow_run
             WHERE status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
               AND workflow_id NOT LIKE 'maestro\\_%' AND workflow_id <> 'by-clock'
               AND (create_time > (SELECT max(create_time) FROM workflow_run) - 3600000
                    OR (workflow_id = 'looping'
                        AND (SELECT count(*)
                               FROM workflow_run AS iteration
                              WHERE iteration.workflow_id LIKE 'maestro\\_foreach\\_2bT%'
                                AND iteration.status = 'SUCCEEDED') >= 3))
            """);
    for (var instance : sleeping) {
      var _ = put("/api/v3/workflows/" + instance + "/actions/kill");
    }
  }

  private static void restore(Connection connection, String dump) throws Exception {
    var statements = lines(dump);
    try (var statement = connection.createStatement()) {
      for (var history :
          List.of("flyway_schema_history", "scheduler_schema_history", "signal_schema_history")) {
        statement.execute(HISTORY.formatted(history));
      }
      for (var line : statements) {
        var script = SCRIPT.matcher(line);
        if (script.matches()) {
          statement.execute(migration(script.group(1), script.group(2)));
        }
      }
      // The tables are as that release had them; a script that was changed since then fails.
      statement.execute("DELETE FROM workflow_id_counter");
      for (var line : statements) {
        statement.execute(line);
      }
    }
  }

  private static String migration(String history, String script) throws IOException {
    var location =
        switch (history) {
          case "scheduler_schema_history" -> "/db/scheduler/";
          case "signal_schema_history" -> "/db/signal/";
          default -> "/db/migration/";
        };
    try (var in = open(location + script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> lines(String dump) throws IOException {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(open(dump)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(
        GoldenDatabaseIT.class.getResourceAsStream(resource), "expected a resource " + resource);
  }

  private Connection connection(int databasePort) throws SQLException, IOException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + databasePort + "/maestro",
        "maestro",
        Files.readString(folder.resolve("postgres/password")).strip());
  }

  private int databasePort() throws IOException {
    return Integer.parseInt(Files.readString(folder.resolve("postgres/port")).strip());
  }

  private static long number(Connection connection, String query) throws SQLException {
    return Long.parseLong(texts(connection, query).getFirst());
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private static void awaitStatus(
      Connection connection, String workflowId, long instance, String status) throws Exception {
    var query =
        "SELECT count(*) FROM workflow_run WHERE workflow_id = '%s' AND instance_id = %d AND status = '%s'"
            .formatted(workflowId, instance, status);
    await(workflowId + " " + instance + " becomes " + status, () -> number(connection, query) == 1);
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private void announce(String signal) throws Exception {
    assertThat(post("/api/v3/signals", signal)).isEqualTo(201);
  }

  private int post(String path, String body) throws Exception {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private int put(String path) throws Exception {
    return call(request(path).PUT(HttpRequest.BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("user", "tester")
        .timeout(Duration.ofSeconds(60));
  }

  private static int call(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
