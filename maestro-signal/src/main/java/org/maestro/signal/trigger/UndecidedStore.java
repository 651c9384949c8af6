package org.maestro.signal.trigger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.maestro.service.database.ColumnStatements;
import org.maestro.signal.announce.SignalJson;
import tools.jackson.core.type.TypeReference;

/**
 * Owns the table of what triggers have consumed and not decided about. Taking a row out is what
 * lets a verdict count: whoever comes later finds none.
 */
public final class UndecidedStore {
  private static final TypeReference<TreeMap<String, Long>> NUMBERS = new TypeReference<>() {};

  private final ColumnStatements columns;
  private final SignalJson json;

  public UndecidedStore(ColumnStatements columns, SignalJson json) {
    this.columns = columns;
    this.json = json;
  }

  private static final String INSERT =
      """
      INSERT INTO signal_undecided
             (trigger_id, seq, match_id, signals, match_time, begun, claimed_until)
      SELECT u.trigger_id, u.seq, u.match_id, u.signals, u.match_time, 0, 0
        FROM unnest(?, ?, ?, ?, ?) AS u (trigger_id, seq, match_id, signals, match_time)
      ON CONFLICT (trigger_id, seq, match_id) DO NOTHING
      """;

  void insert(Collection<Undecided> rows) {
    if (rows.isEmpty()) {
      return;
    }
    columns.update(
        INSERT,
        statement -> {
          var c = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(c, rows, Undecided::triggerId));
          statement.setArray(2, ColumnStatements.longs(c, rows, Undecided::seq));
          statement.setArray(3, ColumnStatements.texts(c, rows, Undecided::matchId));
          statement.setArray(4, ColumnStatements.texts(c, rows, row -> json.write(row.signals())));
          statement.setArray(5, ColumnStatements.longs(c, rows, Undecided::matchTime));
        });
  }

  private static final String OLDEST =
      """
      SELECT trigger_id, match_id, signals, match_time, begun, claimed_until
        FROM signal_undecided
       WHERE trigger_id = ?
       ORDER BY seq, match_id
       LIMIT ?
         FOR UPDATE
      """;

  /** The oldest of a trigger in their order; nobody else claims them until the transaction ends. */
  List<Undecided> lockOldest(String triggerId, int limit) {
    return columns.query(
        OLDEST,
        statement -> {
          statement.setString(1, triggerId);
          statement.setInt(2, limit);
        },
        row ->
            new Undecided(
                row.getString(1),
                row.getString(2),
                json.read(row.getString(3), NUMBERS),
                row.getLong(4),
                row.getInt(5),
                row.getLong(6)));
  }

  private static final String CLAIM =
      """
      UPDATE signal_undecided
         SET begun = begun + 1, claimed_until = ?
       WHERE trigger_id = ? AND match_id = ANY (?)
      """;

  /** Their evaluation begins. */
  void claim(String triggerId, Collection<String> matchIds, long until) {
    columns.update(
        CLAIM,
        statement -> {
          statement.setLong(1, until);
          statement.setString(2, triggerId);
          statement.setArray(3, ColumnStatements.texts(statement, matchIds));
        });
  }

  private static final String RENEW =
      """
      UPDATE signal_undecided
         SET claimed_until = ?
       WHERE trigger_id = ANY (?) AND match_id = ANY (?) AND claimed_until > 0
      """;

  /** Their evaluation still goes on. */
  void renew(Collection<String> triggerIds, Collection<String> matchIds, long until) {
    columns.update(
        RENEW,
        statement -> {
          statement.setLong(1, until);
          statement.setArray(2, ColumnStatements.texts(statement, triggerIds));
          statement.setArray(3, ColumnStatements.texts(statement, matchIds));
        });
  }

  private static final String RELEASE =
      """
      UPDATE signal_undecided
         SET begun = begun - 1, claimed_until = 0
       WHERE trigger_id = ? AND match_id = ANY (?) AND begun > 0
      """;

  /** Their evaluation has not begun after all. */
  void release(String triggerId, Collection<String> matchIds) {
    columns.update(
        RELEASE,
        statement -> {
          statement.setString(1, triggerId);
          statement.setArray(2, ColumnStatements.texts(statement, matchIds));
        });
  }

  private static final String TAKE =
      """
      DELETE FROM signal_undecided
       WHERE trigger_id = ? AND match_id = ANY (?)
      RETURNING match_id
      """;

  /** Takes them out; gives those that were there. */
  Set<String> take(String triggerId, Collection<String> matchIds) {
    return new HashSet<>(
        columns.query(
            TAKE,
            statement -> {
              statement.setString(1, triggerId);
              statement.setArray(2, ColumnStatements.texts(statement, matchIds));
            },
            row -> row.getString(1)));
  }

  private static final String WAITING =
      """
      SELECT DISTINCT trigger_id
        FROM signal_undecided
       WHERE claimed_until <= ?
       LIMIT ?
      """;

  /** Triggers of which something waits that nobody is at. */
  List<String> waiting(long now, int limit) {
    return columns.query(
        WAITING,
        statement -> {
          statement.setLong(1, now);
          statement.setInt(2, limit);
        },
        row -> row.getString(1));
  }
}
