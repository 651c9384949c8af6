package org.maestro.engine.run.store;

import static org.maestro.service.database.ColumnStatements.longs;
import static org.maestro.service.database.ColumnStatements.texts;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunJson;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Transactions;

/**
 * The engine's messages that have been decided and have not arrived: commands to runs, and news to
 * the world. The only place that writes its table.
 */
public final class OutboxStore {
  private static final String INSERT =
      """
      INSERT INTO outbox (id, source, shard, body, create_time)
      SELECT v.id, v.source, v.shard, v.body, CAST(? AS INT8)
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]))
             AS v (id, source, shard, body)
          ON CONFLICT (id) DO NOTHING
      """;

  private static final String DELETE = "DELETE FROM outbox WHERE id = ANY (?)";

  /** A page of what a shard wrote or awaits; the bodies of commands only, up to some bytes. */
  private static final String OF_SHARD =
      """
      SELECT id, source, shard, CASE WHEN shard IS NULL THEN '' ELSE body END
        FROM (SELECT id, source, shard, body,
                     sum(CASE WHEN shard IS NULL THEN 0 ELSE octet_length(body) END)
                       OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                       AS before
                FROM (SELECT id, source, shard, body
                        FROM outbox
                       WHERE (source = ? OR shard = ?) AND id > ?
                       ORDER BY id
                       LIMIT 1000) AS page) AS measured
       WHERE coalesce(before, 0) < ?
       ORDER BY id
      """;

  private static final String FOR_SHARDS =
      """
      SELECT id, source, shard, NULL
        FROM outbox
       WHERE coalesce(shard, source) = ANY (?)
       ORDER BY id
       LIMIT 1000
      """;

  /** The bodies of as many as fit into some bytes; the first one's always. */
  private static final String BY_ID =
      """
      SELECT id, source, shard, CASE WHEN coalesce(before, 0) < ? THEN body END
        FROM (SELECT id, source, shard, body,
                     sum(octet_length(body))
                       OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                       AS before
                FROM outbox
               WHERE id = ANY (?)) AS measured
       ORDER BY id
      """;

  /** Rows of a release that wrote no time have 0. */
  private static final String OLDEST =
      """
      SELECT CAST(? AS INT8) - min(create_time)
        FROM outbox
       WHERE create_time > 0
      """;

  private final Transactions transactions;
  private final ColumnStatements statements;
  private final RunJson json;
  private final InstantSource clock;

  public OutboxStore(Transactions transactions, RunJson json, InstantSource clock) {
    this.transactions = transactions;
    this.statements = new ColumnStatements(transactions);
    this.json = json;
    this.clock = clock;
  }

  /**
   * A message that has been written and not yet taken effect.
   *
   * @param body null if it was not read
   */
  public record OutboxRow(String id, int source, @Nullable Integer shard, @Nullable String body) {}

  /** A message of a batch under the id that it is kept by. */
  public record Message(String id, int source, @Nullable Integer shard, Object body) {}

  /** Writes messages with the transaction of a connection. */
  void insert(Connection connection, List<Message> messages) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(INSERT)) {
      statement.setLong(1, clock.millis());
      statement.setArray(2, texts(connection, messages, Message::id));
      statement.setArray(3, longs(connection, messages, m -> (long) m.source()));
      statement.setArray(
          4, longs(connection, messages, m -> m.shard() == null ? null : (long) m.shard()));
      statement.setArray(5, texts(connection, messages, m -> json.write(m.body())));
      statement.executeUpdate();
    }
  }

  /** Deletes messages with the transaction of a connection. */
  static void delete(Connection connection, Collection<String> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(DELETE)) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      statement.executeUpdate();
    }
  }

  /** Deletes messages that have arrived, when no batch is there to do it. */
  public void delete(Collection<String> ids) {
    transactions.runIdempotent(() ->
        transactions.onConnection(connection -> {
          delete(connection, ids);
          return 0;
        }));
  }

  /** Keeps messages with the transaction that is running. */
  public void keepWithin(List<Message> messages) {
    transactions.onConnection(connection -> {
      insert(connection, messages);
      return 0;
    });
  }

  /** Keeps commands that come from outside of any shard, such as a person's. */
  public void keep(String id, int shard, RunCommand command) {
    transactions.runIdempotent(() ->
        transactions.onConnection(connection -> {
          insert(connection, List.of(new Message(id, shard, shard, command)));
          return 0;
        }));
  }

  /**
   * The messages that a shard wrote or awaits, a page of them; with bodies where they are commands.
   *
   * @param after the last id of the page before; empty for the first page
   * @param bytes how much the bodies of a page may have, but for the last one's
   * @return empty if there are no more
   */
  public List<OutboxRow> ofShard(int shard, String after, long bytes) {
    return query(
        OF_SHARD,
        statement -> {
          statement.setLong(1, shard);
          statement.setLong(2, shard);
          statement.setString(3, after);
          statement.setLong(4, bytes);
        },
        OutboxStore::outboxRow);
  }

  /**
   * Some of the messages to these shards, and of the events from them, that have not arrived;
   * without bodies.
   */
  public List<OutboxRow> forShards(Collection<Integer> shards) {
    return query(
        FOR_SHARDS,
        statement -> statement.setArray(1, RunStore.shardArray(statement, shards)),
        OutboxStore::outboxRow);
  }

  /**
   * Those of these messages that are still there, by id; with bodies as far as they fit into so
   * many bytes, the first one's always.
   */
  public List<OutboxRow> byId(Collection<String> ids, long bytes) {
    return query(
        BY_ID,
        statement -> {
          statement.setLong(1, bytes);
          statement.setArray(2, texts(statement, ids));
        },
        OutboxStore::outboxRow);
  }

  /** How long the oldest message has waited; empty if none does. */
  public OptionalLong oldestMillis() {
    var found =
        query(
            OLDEST,
            statement -> statement.setLong(1, clock.millis()),
            rows -> Optional.ofNullable(rows.getObject(1, Long.class)));
    return found.getFirst().map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static OutboxRow outboxRow(ResultSet rows) throws SQLException {
    var target = rows.getObject(3, Long.class);
    return new OutboxRow(
        rows.getString(1),
        (int) rows.getLong(2),
        target == null ? null : (Integer) target.intValue(),
        rows.getString(4));
  }

  private <T extends @Nullable Object> List<T> query(
      String sql, ColumnStatements.Binding binding, ColumnStatements.RowReader<T> reader) {
    return transactions.read(() -> statements.query(sql, binding, reader));
  }
}
