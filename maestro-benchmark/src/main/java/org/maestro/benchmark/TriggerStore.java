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

/** Reads what scheduler, signal service and engine have written, from outside. */
final class TriggerStore {
  private static final String COUNT = "SELECT count(*) FROM ";

  private static final String RUNS =
      """
      SELECT workflow_id, instance_id, uuid, status, create_time, coalesce(start_time, 0),
             coalesce(end_time, 0)
        FROM workflow_run
       WHERE workflow_id LIKE ?
       ORDER BY create_time
      """;

  private static final String SIGNALS =
      "SELECT name, seq, params FROM signal_instance ORDER BY name, seq";

  private static final String KEPT_AT =
      "SELECT create_time FROM signal_instance WHERE name = ? ORDER BY seq";

  private static final String MATCHED_AT =
      "SELECT match_time FROM signal_match WHERE workflow_id = ? ORDER BY match_time";

  private final EmbeddedPostgres postgres;

  TriggerStore(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** A run; times in epoch milliseconds, 0 if it has not come so far. */
  record Run(
      String workflowId,
      long instanceId,
      String uuid,
      String status,
      long createTime,
      long startTime,
      long endTime) {}

  /** A signal as it is kept; its params as JSON. */
  record Kept(String name, long seq, String params) {}

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** How many rows, of a table or of a table and a condition. */
  long count(String of) {
    return all(COUNT + of, null, row -> row.getLong(1)).getFirst();
  }

  /** In the order in which they were accepted. */
  List<Run> runs(String workflows) {
    return all(
        RUNS,
        workflows,
        row ->
            new Run(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)));
  }

  /** By name, in their order. */
  List<Kept> signals() {
    return all(SIGNALS, null, row -> new Kept(row.getString(1), row.getLong(2), row.getString(3)));
  }

  /** When the signals of a name were kept, in their order. */
  long[] keptAt(String name) {
    return all(KEPT_AT, name, row -> row.getLong(1)).stream().mapToLong(Long::longValue).toArray();
  }

  /** When a workflow's triggers had what they need, in that order. */
  long[] matchedAt(String workflowId) {
    return all(MATCHED_AT, workflowId, row -> row.getLong(1)).stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  private <T> List<T> all(String sql, @Nullable String argument, Reading<T> reading) {
    try (var connection = connect();
        var statement = connection.prepareStatement(sql)) {
      if (argument != null) {
        statement.setString(1, argument);
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
