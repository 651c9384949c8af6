package org.maestro.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.maestro.embedded.EmbeddedPostgres;

/** Reads what the engines have written, from outside: a connection of its own for each question. */
final class CampaignStore {
  private static final String RUNS =
      """
      SELECT workflow_id, instance_id, run_id, uuid, shard, status, create_time, end_time
        FROM workflow_run
       WHERE workflow_id NOT LIKE 'beside-%'
       ORDER BY end_time
      """;

  private static final String CANARIES =
      """
      SELECT uuid, status, coalesce(end_time, 0)
        FROM workflow_run
       WHERE workflow_id = 'beside-canary'
      """;

  private static final String JOB_ATTEMPTS =
      """
      SELECT workflow_id, instance_id, run_id, step_id, attempt_id, status
        FROM step_attempt
       WHERE step_id LIKE ?
       ORDER BY 1, 2, 3, 4, 5
      """;

  private static final String ENDED_SINCE =
      "SELECT count(*) FROM workflow_run WHERE end_time > ? AND workflow_id NOT LIKE 'beside-%'";

  private static final String ENDED_SINCE_IN =
      """
      SELECT count(*) FROM workflow_run
       WHERE end_time > ? AND workflow_id NOT LIKE 'beside-%' AND shard = ANY (?)
      """;

  private static final String OPEN =
      """
      SELECT count(*) FROM workflow_run
       WHERE status IN ('CREATED', 'IN_PROGRESS', 'PAUSED') AND create_time < ?
      """;

  private static final String OPEN_IN =
      """
      SELECT count(*) FROM workflow_run
       WHERE status IN ('CREATED', 'IN_PROGRESS', 'PAUSED') AND create_time < ?
         AND shard = ANY (?)
      """;

  /** What is not within two times, or ended before it began. */
  private static final String ODD_TIMES =
      """
      SELECT concat_ws('/', workflow_id, instance_id, run_id), create_time, end_time
        FROM workflow_run
       WHERE create_time < ? OR create_time > ? OR end_time > ? OR end_time < create_time
          OR start_time < create_time OR end_time < start_time
       UNION ALL
      SELECT concat_ws('/', workflow_id, instance_id, run_id, step_id, attempt_id), create_time,
             end_time
        FROM step_attempt
       WHERE create_time < ? OR create_time > ? OR end_time > ? OR end_time < create_time
      """;

  private static final String OUTBOX = "SELECT count(*) FROM outbox";

  private static final String SHARDS = "SELECT shard, owner, epoch FROM engine_shard";

  /** Whole rows as text: whatever changes in them is seen. */
  private static final String ENDED_RUNS =
      """
      SELECT concat_ws('/', r.workflow_id, r.instance_id, r.run_id), CAST(r AS TEXT)
        FROM workflow_run AS r
       WHERE r.shard = ANY (?) AND r.end_time IS NOT NULL
      """;

  private static final String ATTEMPTS_OF_ENDED_RUNS =
      """
      SELECT concat_ws('/', a.workflow_id, a.instance_id, a.run_id, a.step_id, a.attempt_id),
             CAST(a AS TEXT)
        FROM step_attempt AS a
        JOIN workflow_run AS r
          ON r.workflow_id = a.workflow_id AND r.instance_id = a.instance_id
         AND r.run_id = a.run_id
       WHERE r.shard = ANY (?) AND r.end_time IS NOT NULL
      """;

  private final EmbeddedPostgres postgres;

  CampaignStore(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * A run.
   *
   * @param endTime epoch milliseconds; 0 if it has not ended
   */
  record RunOf(
      String workflowId,
      long instanceId,
      long runId,
      String uuid,
      int shard,
      String status,
      long createTime,
      long endTime) {
    String name() {
      return workflowId + "/" + instanceId + "/" + runId;
    }

    boolean hasEnded() {
      return endTime > 0;
    }
  }

  /** An attempt of a Shell step. */
  record JobAttempt(
      String workflowId, long instanceId, long runId, String stepId, long attempt, String status) {
    String step() {
      return workflowId + "/" + instanceId + "/" + runId + "/" + stepId;
    }

    String name() {
      return step() + " attempt " + attempt;
    }
  }

  /** Who owns a shard, for the how-many-th time. */
  record Owner(String node, long epoch) {}

  List<RunOf> runs() {
    return query(
        RUNS,
        _ -> {},
        row ->
            new RunOf(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getInt(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8)));
  }

  /**
   * How a run of the canary ended.
   *
   * @param uuid the request id of its start
   * @param endTime epoch milliseconds; 0 if it has not ended
   */
  record CanaryEnd(String uuid, String status, long endTime) {}

  List<CanaryEnd> canaries() {
    return query(
        CANARIES,
        _ -> {},
        row -> new CanaryEnd(row.getString(1), row.getString(2), row.getLong(3)));
  }

  List<JobAttempt> jobAttempts() {
    return query(
        JOB_ATTEMPTS,
        statement -> statement.setString(1, Workload.JOB_STEP + "%"),
        row ->
            new JobAttempt(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6)));
  }

  /** Whether a run has ended after this time, in epoch milliseconds. */
  boolean hasEndedSince(long millis) {
    return count(ENDED_SINCE, statement -> statement.setLong(1, millis)) > 0;
  }

  boolean hasEndedSince(long millis, Collection<Integer> shards) {
    return count(
            ENDED_SINCE_IN,
            statement -> {
              statement.setLong(1, millis);
              statement.setArray(2, array(statement, shards));
            })
        > 0;
  }

  /** How many of the runs created before this time have not ended. */
  long open(long createdBefore) {
    return count(OPEN, statement -> statement.setLong(1, createdBefore));
  }

  long open(long createdBefore, Collection<Integer> shards) {
    return count(
        OPEN_IN,
        statement -> {
          statement.setLong(1, createdBefore);
          statement.setArray(2, array(statement, shards));
        });
  }

  /** How many messages have not arrived. */
  long outbox() {
    return count(OUTBOX, _ -> {});
  }

  /**
   * Runs and attempts that were not created between two times, in epoch milliseconds, that ended
   * later, or before they began; each in a sentence.
   */
  List<String> oddTimes(long from, long to) {
    return query(
        ODD_TIMES,
        statement -> {
          statement.setLong(1, from);
          statement.setLong(2, to);
          statement.setLong(3, to);
          statement.setLong(4, from);
          statement.setLong(5, to);
          statement.setLong(6, to);
        },
        row ->
            "%s was created at %d and ended at %d, within %d and %d"
                .formatted(row.getString(1), row.getLong(2), row.getLong(3), from, to));
  }

  Map<Integer, Owner> shards() {
    var owners = new TreeMap<Integer, Owner>();
    query(
            SHARDS,
            _ -> {},
            row -> Map.entry(row.getInt(1), new Owner(row.getString(2), row.getLong(3))))
        .forEach(entry -> owners.put(entry.getKey(), entry.getValue()));
    return owners;
  }

  /** All rows of the runs in these shards that have ended, by name. */
  Map<String, String> endedRows(Collection<Integer> shards) {
    var rows = new TreeMap<String, String>();
    for (var sql : List.of(ENDED_RUNS, ATTEMPTS_OF_ENDED_RUNS)) {
      query(
              sql,
              statement -> statement.setArray(1, array(statement, shards)),
              row -> Map.entry(row.getString(1), row.getString(2)))
          .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
    }
    return rows;
  }

  private static java.sql.Array array(PreparedStatement statement, Collection<Integer> values)
      throws SQLException {
    return statement
        .getConnection()
        .createArrayOf("int8", values.stream().map(Integer::longValue).toArray());
  }

  private long count(String sql, Binding binding) {
    return query(sql, binding, row -> row.getLong(1)).getFirst();
  }

  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Asks.
   *
   * @throws UnansweredException if the database doesn't answer
   */
  private <T> List<T> query(String sql, Binding binding, Reading<T> reading) {
    try (var connection = connect();
        var statement = connection.prepareStatement(sql)) {
      binding.bind(statement);
      var found = new ArrayList<T>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reading.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new UnansweredException(e);
    }
  }

  private Connection connect() throws SQLException {
    var settings = new Properties();
    settings.setProperty("user", postgres.username());
    settings.setProperty("password", postgres.password());
    settings.setProperty("connectTimeout", "5");
    settings.setProperty("socketTimeout", "20");
    return DriverManager.getConnection(postgres.jdbcUrl(), settings);
  }

  /** The database can't be asked now. */
  static final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnansweredException(SQLException cause) {
      super(cause);
    }
  }
}
