package org.maestro.signal.outbox;

import java.util.Collection;
import java.util.List;
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

  void delete(Collection<String> ids) {
    columns.update(
        DELETE, statement -> statement.setArray(1, ColumnStatements.texts(statement, ids)));
  }

  private static final String OLDER =
      """
      SELECT id, topic, message_key, body
        FROM signal_outbox
       WHERE create_time < ?
       ORDER BY create_time
       LIMIT ?
      """;

  /** Messages that were written before a time and are still there, oldest first. */
  List<OutboxRow> olderThan(long time, int limit) {
    return columns.query(
        OLDER,
        statement -> {
          statement.setLong(1, time);
          statement.setInt(2, limit);
        },
        row ->
            new OutboxRow(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }
}
