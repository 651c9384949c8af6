package org.maestro.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maestro.embedded.EmbeddedPostgres;

/** Asks the database what the work has cost it, and what it could do without the engine. */
final class SpeedStore {
  private static final List<String> FLOOR_TABLES =
      List.of(
          "CREATE TABLE floor_shard (shard INT8 NOT NULL PRIMARY KEY, epoch INT8 NOT NULL)",
          """
          CREATE TABLE floor_run (
            workflow_id TEXT NOT NULL, instance_id INT8 NOT NULL, run_id INT8 NOT NULL,
            uuid TEXT NOT NULL, shard INT8 NOT NULL, status TEXT NOT NULL,
            create_time INT8 NOT NULL, facts JSONB NOT NULL,
            PRIMARY KEY (workflow_id, instance_id, run_id))
          """,
          "CREATE UNIQUE INDEX floor_run_uuid ON floor_run (workflow_id, uuid)",
          """
          CREATE TABLE floor_attempt (
            workflow_id TEXT NOT NULL, instance_id INT8 NOT NULL, run_id INT8 NOT NULL,
            step_id TEXT NOT NULL, attempt_id INT8 NOT NULL, shard INT8 NOT NULL,
            status TEXT NOT NULL, create_time INT8 NOT NULL, facts JSONB NOT NULL,
            PRIMARY KEY (workflow_id, instance_id, run_id, step_id, attempt_id))
          """,
          "CREATE INDEX floor_attempt_shard ON floor_attempt (shard, create_time)",
          "INSERT INTO floor_shard (shard, epoch) VALUES (0, 1)");

  private static final String FENCE =
      "UPDATE floor_shard SET epoch = epoch WHERE shard = 0 AND epoch = 1";

  private static final String RUNS =
      """
      INSERT INTO floor_run
             (workflow_id, instance_id, run_id, uuid, shard, status, create_time, facts)
      SELECT 'floor', v.id, 1, 'floor-' || v.id, 0, 'SUCCEEDED', v.id, CAST(v.facts AS JSONB)
        FROM unnest(CAST(? AS INT8[]), CAST(? AS TEXT[])) AS v (id, facts)
      """;

  private static final String ATTEMPTS =
      """
      INSERT INTO floor_attempt
             (workflow_id, instance_id, run_id, step_id, attempt_id, shard, status, create_time,
              facts)
      SELECT 'floor', v.id, 1, 'step', 1, 0, 'SUCCEEDED', v.id, CAST(v.facts AS JSONB)
        FROM unnest(CAST(? AS INT8[]), CAST(? AS TEXT[])) AS v (id, facts)
      """;

  private static final String CLEAR_RUNS = "DELETE FROM floor_run";

  private static final String CLEAR_ATTEMPTS = "DELETE FROM floor_attempt";

  private static final String WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')";

  private static final String SERVER = "SELECT pg_backend_pid()";

  private static final String TABLES =
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";

  private static final String BURST =
      """
      SELECT count(*), count(end_time), coalesce(min(create_time), 0), coalesce(max(end_time), 0)
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id > ?
      """;

  private static final String START_DELAY =
      """
      SELECT coalesce(percentile_cont(0.99) WITHIN GROUP (
                        ORDER BY start_time - CAST(facts::json ->> 'request_time' AS INT8)), 0)
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id > ? AND start_time IS NOT NULL
      """;

  /** About what a row of the engine holds besides its columns. */
  private static final String FACTS = "{\"facts\": \"%s\"}".formatted("0123456789".repeat(28));

  private final EmbeddedPostgres postgres;
  private final String floor;

  SpeedStore(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    this.floor = postgres.createDatabase("floor");
    inDatabase(
        floor,
        connection -> {
          try (var statement = connection.createStatement()) {
            for (var table : FLOOR_TABLES) {
              statement.execute(table);
            }
          }
          return 0;
        });
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inDatabase(String url, Work<T> work) {
    try (var connection =
        DriverManager.getConnection(url, postgres.username(), postgres.password())) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not answer", e);
    }
  }

  /**
   * Seconds per iteration of the least that a loop has to write: in each transaction the shard's
   * fence, and for each iteration an instance's row and an attempt's row.
   */
  double floor(int iterations, int perCommit) {
    return inDatabase(
        floor,
        connection -> {
          connection.setAutoCommit(false);
          write(connection, -1_000_000, perCommit); // parsed and planned
          connection.commit();
          var began = System.nanoTime();
          for (int from = 0; from < iterations; from += perCommit) {
            write(connection, from, perCommit);
            connection.commit();
          }
          var seconds = (System.nanoTime() - began) / 1e9;
          try (var statement = connection.createStatement()) {
            statement.execute(CLEAR_RUNS);
            statement.execute(CLEAR_ATTEMPTS);
          }
          connection.commit();
          return seconds / iterations;
        });
  }

  private static void write(Connection connection, long from, int count) throws SQLException {
    var ids = new Long[count];
    var facts = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = from + i;
      facts[i] = FACTS;
    }
    try (var fence = connection.prepareStatement(FENCE)) {
      if (fence.executeUpdate() != 1) {
        throw new SQLException("expected to own the shard");
      }
    }
    for (var sql : List.of(RUNS, ATTEMPTS)) {
      try (var insert = connection.prepareStatement(sql)) {
        insert.setArray(1, connection.createArrayOf("int8", ids));
        insert.setArray(2, connection.createArrayOf("text", facts));
        insert.executeUpdate();
      }
    }
  }

  /** How many bytes of write-ahead log the server has written so far. */
  long walBytes() {
    return inDatabase(postgres.jdbcUrl(), connection -> number(connection, WAL));
  }

  /** The process of the database server. */
  long serverPid() {
    // This connection's own process is a child of the server while the connection is open.
    return inDatabase(
        postgres.jdbcUrl(),
        connection -> {
          var own = number(connection, SERVER);
          return ProcessHandle.of(own).flatMap(ProcessHandle::parent).orElseThrow().pid();
        });
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The largest row of each table that has any, in bytes of text. */
  Map<String, Long> largestRows() {
    return inDatabase(
        postgres.jdbcUrl(),
        connection -> {
          var tables = new ArrayList<String>();
          try (var statement = connection.createStatement();
              var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
              tables.add(rows.getString(1));
            }
          }
          var largest = new LinkedHashMap<String, Long>();
          for (var table : tables) {
            var bytes =
                number(
                    connection,
                    "SELECT coalesce(max(octet_length(CAST(t AS TEXT))), 0) FROM \"%s\" AS t"
                        .formatted(table));
            if (bytes > 0) {
              largest.put(table, bytes);
            }
          }
          return largest;
        });
  }

  /** How the instances after a certain one stand: how many, how many ended, first and last time. */
  record Standing(long started, long ended, long firstCreated, long lastEnded) {}

  Standing since(String workflowId, long instanceId) {
    return inDatabase(
        postgres.jdbcUrl(),
        connection -> {
          try (var statement = connection.prepareStatement(BURST)) {
            statement.setString(1, workflowId);
            statement.setLong(2, instanceId);
            try (var rows = statement.executeQuery()) {
              rows.next();
              return new Standing(
                  rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
            }
          }
        });
  }

  /**
   * Milliseconds within which 99 of 100 instances after a certain one began, from when the server
   * had their requests.
   */
  double startDelay(String workflowId, long instanceId) {
    return inDatabase(
        postgres.jdbcUrl(),
        connection -> {
          try (var statement = connection.prepareStatement(START_DELAY)) {
            statement.setString(1, workflowId);
            statement.setLong(2, instanceId);
            try (var rows = statement.executeQuery()) {
              rows.next();
              return rows.getDouble(1);
            }
          }
        });
  }
}
