package org.maestro.signal.trigger;

import java.util.Collection;
import java.util.List;
import org.maestro.service.database.ColumnStatements;
import org.maestro.signal.announce.SignalStore.Place;

/**
 * Owns the tables of signals that match a trigger and wait for those of its other names. The row of
 * a trigger and a join value is the guard of its queues.
 */
public final class QueueStore {
  private final ColumnStatements columns;

  public QueueStore(ColumnStatements columns) {
    this.columns = columns;
  }

  /** The queues of one trigger and one value of its join keys. */
  record QueueKey(String triggerId, String joinKey) implements Comparable<QueueKey> {
    @Override
    public int compareTo(QueueKey other) {
      var byTrigger = triggerId.compareTo(other.triggerId);
      return byTrigger != 0 ? byTrigger : joinKey.compareTo(other.joinKey);
    }
  }

  /** One signal that waits. */
  record Waiting(QueueKey key, String name, long seq) {}

  private static final String LOCK =
      """
      INSERT INTO signal_join AS j (trigger_id, join_key, revision)
      SELECT k.trigger_id, k.join_key, 1
        FROM unnest(?, ?) AS k (trigger_id, join_key)
       ORDER BY k.trigger_id, k.join_key
      ON CONFLICT (trigger_id, join_key) DO UPDATE SET revision = j.revision + 1
      """;

  /** Nobody else changes these queues until the transaction ends. */
  void lock(Collection<QueueKey> keys) {
    var sorted = keys.stream().sorted().toList(); // so that nobody waits in a circle
    columns.update(
        LOCK,
        statement -> {
          var connection = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(connection, sorted, QueueKey::triggerId));
          statement.setArray(2, ColumnStatements.texts(connection, sorted, QueueKey::joinKey));
        });
  }

  private static final String ADD =
      """
      INSERT INTO signal_queue (trigger_id, join_key, name, seq)
      SELECT q.trigger_id, q.join_key, q.name, q.seq
        FROM unnest(?, ?, ?, ?) AS q (trigger_id, join_key, name, seq)
      ON CONFLICT (trigger_id, join_key, name, seq) DO NOTHING
      """;

  void add(Collection<Waiting> rows) {
    change(ADD, rows);
  }

  private static final String REMOVE =
      """
      DELETE FROM signal_queue AS w
       USING unnest(?, ?, ?, ?) AS q (trigger_id, join_key, name, seq)
       WHERE w.trigger_id = q.trigger_id AND w.join_key = q.join_key AND w.name = q.name
         AND w.seq = q.seq
      """;

  void remove(Collection<Waiting> rows) {
    change(REMOVE, rows);
  }

  private void change(String sql, Collection<Waiting> rows) {
    if (rows.isEmpty()) {
      return;
    }
    columns.update(
        sql,
        statement -> {
          var connection = statement.getConnection();
          statement.setArray(
              1, ColumnStatements.texts(connection, rows, row -> row.key().triggerId()));
          statement.setArray(
              2, ColumnStatements.texts(connection, rows, row -> row.key().joinKey()));
          statement.setArray(3, ColumnStatements.texts(connection, rows, Waiting::name));
          statement.setArray(4, ColumnStatements.longs(connection, rows, Waiting::seq));
        });
  }

  private static final String READ =
      """
      SELECT w.trigger_id, w.join_key, w.name, w.seq
        FROM unnest(?, ?) AS k (trigger_id, join_key)
        JOIN signal_queue AS w ON w.trigger_id = k.trigger_id AND w.join_key = k.join_key
       ORDER BY w.trigger_id, w.join_key, w.name, w.seq
      """;

  /** Everything in these queues, each in ascending order. */
  List<Waiting> read(Collection<QueueKey> keys) {
    return columns.query(
        READ,
        statement -> {
          var connection = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(connection, keys, QueueKey::triggerId));
          statement.setArray(2, ColumnStatements.texts(connection, keys, QueueKey::joinKey));
        },
        row ->
            new Waiting(
                new QueueKey(row.getString(1), row.getString(2)),
                row.getString(3),
                row.getLong(4)));
  }

  private static final String UNLOCK_EMPTY =
      """
      DELETE FROM signal_join AS j
       USING unnest(?, ?) AS k (trigger_id, join_key)
       WHERE j.trigger_id = k.trigger_id AND j.join_key = k.join_key
      """;

  /** Lets the guards of queues go that the caller has found empty. */
  void forget(Collection<QueueKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    columns.update(
        UNLOCK_EMPTY,
        statement -> {
          var connection = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(connection, keys, QueueKey::triggerId));
          statement.setArray(2, ColumnStatements.texts(connection, keys, QueueKey::joinKey));
        });
  }

  private static final String REMOVE_SIGNALS =
      """
      DELETE FROM signal_queue AS w
       USING unnest(?, ?) AS old (name, seq)
       WHERE w.name = old.name AND w.seq = old.seq
      """;

  /** Takes signals out of all queues. */
  public void removeSignals(Collection<Place> old) {
    columns.update(
        REMOVE_SIGNALS,
        statement -> {
          var connection = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(connection, old, Place::name));
          statement.setArray(2, ColumnStatements.longs(connection, old, Place::seq));
        });
  }
}
