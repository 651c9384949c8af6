package org.maestro.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.maestro.embedded.EmbeddedPostgres;

/** Reads what the engines have written of a large loop, from outside. */
final class LoopStore {
  private static final String ROOT =
      "SELECT status, create_time, coalesce(end_time, 0) FROM workflow_run WHERE workflow_id = ?";

  /** Iterations are instances of workflows that Maestro names itself. */
  private static final String RUNS =
      """
      SELECT count(*), count(DISTINCT (workflow_id, instance_id)),
             count(*) FILTER (WHERE status = 'SUCCEEDED'), max(run_id)
        FROM workflow_run
       WHERE workflow_id LIKE 'maestro^_foreach^_%' ESCAPE '^' AND create_time >= ?
      """;

  private static final String ATTEMPTS =
      """
      SELECT count(*), count(DISTINCT (workflow_id, instance_id)),
             count(*) FILTER (WHERE status = 'SUCCEEDED'), max(attempt_id)
        FROM step_attempt
       WHERE step_id = ? AND status <> 'UNSATISFIED'
      """;

  private static final String ENDED =
      """
      SELECT count(*) FROM workflow_run
       WHERE end_time IS NOT NULL AND workflow_id NOT LIKE 'beside-%'
      """;

  private static final String LIVE_CHUNKS = "SELECT count(*) FROM loop_chunk WHERE live";

  private static final String OUTBOX =
      "SELECT count(*), coalesce(sum(octet_length(body)), 0) FROM outbox";

  private static final String ANALYZE = "VACUUM ANALYZE";

  private static final String SIZES =
      """
      SELECT c.relname, c.reltuples, pg_total_relation_size(c.oid)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.reltuples > 0
       ORDER BY 3 DESC
      """;

  private final EmbeddedPostgres postgres;

  LoopStore(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** The run that loops; {@code endTime} is 0 while it goes on. */
  record Root(String status, long createTime, long endTime) {}

  /** Rows, what they are about, how many of them succeeded, and the greatest number of a try. */
  record Tries(long rows, long distinct, long succeeded, long lastTry) {}

  /** What waits in the outbox. */
  record Backlog(long rows, long bytes) {}

  /** A table, with its indexes. */
  record Size(String table, long rows, long bytes) {}

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  Root root() {
    return one(
        ROOT,
        LoopWorkload.WORKFLOW,
        row -> new Root(row.getString(1), row.getLong(2), row.getLong(3)));
  }

  /** All iterations made since a time; those that only loop themselves among them. */
  Tries iterations(long since) {
    return one(RUNS, since, LoopStore::tries);
  }

  /** Those of a step, without the iterations in which its turn never came. */
  Tries attempts(String stepId) {
    return one(ATTEMPTS, stepId, LoopStore::tries);
  }

  private static Tries tries(ResultSet row) throws SQLException {
    return new Tries(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
  }

  long ended() {
    return one(ENDED, null, row -> row.getLong(1));
  }

  /** Messages that have not taken effect or left yet. */
  Backlog outbox() {
    return one(OUTBOX, null, row -> new Backlog(row.getLong(1), row.getLong(2)));
  }

  long liveChunks() {
    return one(LIVE_CHUNKS, null, row -> row.getLong(1));
  }

  /** All tables that have rows, the largest first. */
  List<Size> sizes() {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(ANALYZE);
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not answer", e);
    }
    return all(
        SIZES, null, row -> new Size(row.getString(1), (long) row.getDouble(2), row.getLong(3)));
  }

  private <T> T one(String sql, @Nullable Object argument, Reading<T> reading) {
    return all(sql, argument, reading).getFirst();
  }

  private <T> List<T> all(String sql, @Nullable Object argument, Reading<T> reading) {
    try (var connection = connect();
        var statement = connection.prepareStatement(sql)) {
      if (argument != null) {
        statement.setObject(1, argument);
      }
      var found = new ArrayList<T>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reading.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not answer", e);
    }
  }

  private Connection connect() throws SQLException {
    var settings = new Properties();
    settings.setProperty("user", postgres.username());
    settings.setProperty("password", postgres.password());
    return DriverManager.getConnection(postgres.jdbcUrl(), settings);
  }
}
