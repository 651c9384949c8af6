package org.maestro.engine.run.store;

import static org.maestro.service.database.ColumnStatements.longs;
import static org.maestro.service.database.ColumnStatements.texts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.RunKey;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Transactions;

/**
 * Owns the tables that say which shards are at work and what they are at work on, for those that
 * come after a process that ended without a word. What an epoch that is over writes counts nothing.
 */
public final class SuspectStore {
  private static final String AT_WORK = "SELECT epoch FROM shard_at_work WHERE shard = ?";

  private static final String BEGIN =
      """
      INSERT INTO shard_at_work (shard, epoch)
      VALUES (?, ?)
          ON CONFLICT (shard)
          DO UPDATE SET epoch = excluded.epoch
                  WHERE shard_at_work.epoch < excluded.epoch
      """;

  private static final String COUNT_DEATHS =
      """
      UPDATE run_suspect
         SET deaths = deaths + 1,
             deaths_in_all = deaths_in_all + 1,
             alone = false
       WHERE shard = ? AND alone
      """;

  private static final String SUSPECTS =
      """
      SELECT workflow_id, instance_id, run_id, deaths, deaths_in_all
        FROM run_suspect
       WHERE shard = ?
       ORDER BY workflow_id, instance_id, run_id
      """;

  private static final String DEATHS_OF =
      """
      SELECT deaths, deaths_in_all
        FROM run_suspect
       WHERE shard = ? AND workflow_id = ? AND instance_id = ? AND run_id = ?
         AND deaths > 0
      """;

  private static final String MARK =
      """
      INSERT INTO run_suspect
             (shard, workflow_id, instance_id, run_id, alone, deaths, deaths_in_all)
      SELECT CAST(? AS INT8), v.workflow_id, v.instance_id, v.run_id, CAST(? AS BOOL), 0, 0
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS v (workflow_id, instance_id, run_id)
       WHERE EXISTS (SELECT 1 FROM shard_at_work WHERE shard = ? AND epoch = ?)
          ON CONFLICT (shard, workflow_id, instance_id, run_id)
          DO UPDATE SET alone = excluded.alone
      """;

  private static final String NOT_ALONE =
      """
      UPDATE run_suspect
         SET alone = false,
             deaths = CASE WHEN CAST(? AS BOOL) THEN 0 ELSE deaths END
       WHERE shard = ? AND workflow_id = ? AND instance_id = ? AND run_id = ?
      """;

  private static final String CLEAR =
      """
      DELETE FROM run_suspect
       WHERE shard = ?
         AND (workflow_id, instance_id, run_id) IN (
             SELECT v.workflow_id, v.instance_id, v.run_id
               FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
                    AS v (workflow_id, instance_id, run_id))
      """;

  private static final String CLEAR_ALL_BELOW =
      "DELETE FROM run_suspect WHERE shard = ? AND deaths < ? AND deaths_in_all < ?";

  private static final String LET_GO = "DELETE FROM shard_at_work WHERE shard = ? AND epoch = ?";

  private final Transactions transactions;
  private final ColumnStatements statements;

  public SuspectStore(Transactions transactions) {
    this.transactions = transactions;
    this.statements = new ColumnStatements(transactions);
  }

  /**
   * How many processes have ended while they were at work on a run or chunk alone.
   *
   * @param stuck since work on it was last kept
   * @param inAll since it has been suspected
   */
  public record Deaths(long stuck, long inAll) {}

  /**
   * What an owner finds.
   *
   * @param ended whether the owner before it ended without letting go
   * @param deaths of each that has been suspected
   */
  public record Found(boolean ended, Map<RunKey, Deaths> deaths) {}

  /** A new owner is at work; what was under way alone when the one before it ended, ended it. */
  public Found begin(int shard, long epoch) {
    return transactions.runIdempotent(() -> {
      var before =
          statements.query(
              AT_WORK, statement -> statement.setLong(1, shard), rows -> rows.getLong(1));
      statements.update(
          BEGIN,
          statement -> {
            statement.setLong(1, shard);
            statement.setLong(2, epoch);
          });
      if (!before.isEmpty()) {
        statements.update(COUNT_DEATHS, statement -> statement.setLong(1, shard));
      }
      return new Found(!before.isEmpty(), suspects(shard));
    });
  }

  /**
   * How many processes have ended at work on it alone since that was last kept; empty if none. To
   * be called within a transaction.
   */
  public Optional<Deaths> deathsOf(int shard, RunKey key) {
    return statements
        .query(
            DEATHS_OF,
            statement -> {
              statement.setLong(1, shard);
              statement.setString(2, key.workflowId());
              statement.setLong(3, key.instanceId());
              statement.setLong(4, key.runId());
            },
            rows -> new Deaths(rows.getLong(1), rows.getLong(2)))
        .stream()
        .findFirst();
  }

  private Map<RunKey, Deaths> suspects(int shard) {
    var deaths = new LinkedHashMap<RunKey, Deaths>();
    statements.query(
        SUSPECTS,
        statement -> statement.setLong(1, shard),
        rows ->
            deaths.put(
                new RunKey(rows.getString(1), rows.getLong(2), rows.getLong(3)),
                new Deaths(rows.getLong(4), rows.getLong(5))));
    return deaths;
  }

  /**
   * Keeps that these are being worked at, before anything of them is read.
   *
   * @param alone whether nothing else of the kind is under way on this node
   */
  public void mark(int shard, long epoch, Collection<RunKey> keys, boolean alone) {
    transactions.runIdempotent(() ->
        statements.update(
            MARK,
            statement -> {
              var connection = statement.getConnection();
              statement.setLong(1, shard);
              statement.setBoolean(2, alone);
              statement.setArray(3, texts(connection, keys, RunKey::workflowId));
              statement.setArray(4, longs(connection, keys, RunKey::instanceId));
              statement.setArray(5, longs(connection, keys, RunKey::runId));
              statement.setLong(6, shard);
              statement.setLong(7, epoch);
            }));
  }

  /** What batches say of this, in the transaction that commits them. */
  void write(Connection connection, Collection<Batch> batches) throws SQLException {
    for (var batch : batches) {
      if (!batch.cleared().isEmpty()) {
        clear(connection, batch.shard(), batch.cleared());
      }
      for (var key : batch.survivedAlone()) {
        try (var statement = connection.prepareStatement(NOT_ALONE)) {
          statement.setBoolean(1, batch.hasWorkOn(key));
          statement.setLong(2, batch.shard());
          statement.setString(3, key.workflowId());
          statement.setLong(4, key.instanceId());
          statement.setLong(5, key.runId());
          statement.executeUpdate();
        }
      }
    }
  }

  private static void clear(Connection connection, int shard, Collection<RunKey> keys)
      throws SQLException {
    try (var statement = connection.prepareStatement(CLEAR)) {
      statement.setLong(1, shard);
      statement.setArray(2, texts(connection, keys, RunKey::workflowId));
      statement.setArray(3, longs(connection, keys, RunKey::instanceId));
      statement.setArray(4, longs(connection, keys, RunKey::runId));
      statement.executeUpdate();
    }
  }

  /** These are suspected of nothing any more. */
  public void clear(int shard, Collection<RunKey> keys) {
    transactions.runIdempotent(() ->
        transactions.onConnection(connection -> {
          clear(connection, shard, keys);
          return 0;
        }));
  }

  /** Everything that fewer processes than these have ended at is suspected of nothing any more. */
  public void clearBelow(int shard, Deaths deaths) {
    transactions.runIdempotent(() ->
        statements.update(
            CLEAR_ALL_BELOW,
            statement -> {
              statement.setLong(1, shard);
              statement.setLong(2, deaths.stuck());
              statement.setLong(3, deaths.inAll());
            }));
  }

  /** The owners of these shards, by epoch, are at work no more, and have nothing under way. */
  public void letGo(Map<Integer, Long> epochs) {
    transactions.runIdempotent(() -> {
      for (var entry : List.copyOf(epochs.entrySet())) {
        statements.update(
            LET_GO,
            statement -> {
              statement.setLong(1, entry.getKey());
              statement.setLong(2, entry.getValue());
            });
      }
      return 0;
    });
  }
}
