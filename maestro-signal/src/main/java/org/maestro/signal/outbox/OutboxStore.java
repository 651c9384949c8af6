package org.maestro.signal.outbox;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.maestro.service.database.ColumnStatements;

/** Owns the table of messages that wait to leave. */
public final class OutboxStore {
  private final ColumnStatements columns;

  public OutboxStore(ColumnStatements columns) {
    this.columns = columns;
  }

  private static final String INSERT =
      """
      INSERT INTO signal_outbox (id, topic, message_key, body, create_time)
      SELECT r.id, r.topic, r.message_key, r.body, ?
        FROM unnest(?, ?, ?, ?) AS r (id, topic, message_key, body)
      """;

  /** Part of the transaction that decides the messages. */
  public void insert(List<OutboxRow> rows, long now) {
    if (rows.isEmpty()) {
      return;
    }
    columns.update(
        INSERT,
        statement -> {
          var connection = statement.getConnection();
          statement.setLong(1, now);
          statement.setArray(2, ColumnStatements.texts(connection, rows, OutboxRow::id));
          statement.setArray(3, ColumnStatements.texts(connection, rows, OutboxRow::topic));
          statement.setArray(4, ColumnStatements.texts(connection, rows, OutboxRow::key));
          statement.setArray(5, ColumnStatements.texts(connection, rows, OutboxRow::body));
        });
  }

  private static final String DELETE = "DELETE FROM signal_outbox WHERE id = ANY (?)";

  /** Lets rows go. */
  public void delete(Collection<String> ids) {
    columns.update(
        DELETE, statement -> statement.setArray(1, ColumnStatements.texts(statement, ids)));
  }

  /** The bodies of as many as fit into some bytes; the first one's always. */
  private static final String READ =
      """
      SELECT id, topic, message_key, CASE WHEN coalesce(before, 0) < ? THEN body END
        FROM (SELECT id, topic, message_key, body, create_time,
                     sum(octet_length(body))
                       OVER (ORDER BY create_time, id
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM signal_outbox
               WHERE id = ANY (?)) AS measured
       ORDER BY create_time, id
      """;

  /** Makes something of a row; {@code isRead} is false if its body was left where it is. */
  public interface Reader<T> {
    T read(OutboxRow row, boolean isRead);
  }

  /** Those of these rows that are still there, oldest first, with up to so many bytes of bodies. */
  public <T> List<T> read(Collection<String> ids, long bytes, Reader<T> reader) {
    return columns.query(
        READ,
        statement -> {
          statement.setLong(1, bytes);
          statement.setArray(2, ColumnStatements.texts(statement, ids));
        },
        row -> {
          var body = row.getString(4);
          return reader.read(
              new OutboxRow(
                  row.getString(1), row.getString(2), row.getString(3), body == null ? "" : body),
              body != null);
        });
  }

  private static final String OLDER =
      """
      SELECT create_time, id
        FROM signal_outbox
       WHERE create_time < ? AND (create_time, id) > (?, ?)
       ORDER BY create_time, id
       LIMIT ?
      """;

  /** Where a row stands. */
  record Place(long createTime, String id) {}

  /** Rows that were written before a time and are still there, oldest first, after one of them. */
  List<Place> olderThan(long time, long afterTime, String afterId, int limit) {
    return columns.query(
        OLDER,
        statement -> {
          statement.setLong(1, time);
          statement.setLong(2, afterTime);
          statement.setString(3, afterId);
          statement.setInt(4, limit);
        },
        row -> new Place(row.getLong(1), row.getString(2)));
  }

  private static final String OLDEST = "SELECT min(create_time) FROM signal_outbox";

  /** When the oldest row was written; empty if there is none. */
  public OptionalLong oldest() {
    var found =
        columns.query(OLDEST, _ -> {}, row -> Optional.ofNullable(row.getObject(1, Long.class)));
    return found.getFirst().map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
