package org.maestro.engine.request;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Owns the table of requests that could not be dealt with. */
public final class ParkedRequestStore {
  private final JdbcClient jdbc;
  private final Transactions transactions;

  public ParkedRequestStore(JdbcClient jdbc, Transactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  private static final String INSERT =
      """
      INSERT INTO parked_request (id, message_key, body, reason, create_time)
      VALUES (:id, :key, :body, :reason, :createTime)
      ON CONFLICT (id) DO NOTHING
      """;

  void insert(String id, ReceivedMessage message, String reason, long createTime) {
    transactions.runIdempotent(() -> {
      jdbc.sql(INSERT)
          .param("id", id)
          .param("key", message.key())
          .param("body", message.value())
          .param("reason", reason)
          .param("createTime", createTime)
          .update();
    });
  }

  private static final String LIST =
      """
      SELECT id, message_key, body, reason, create_time
        FROM parked_request
       WHERE id < :before
       ORDER BY id DESC
       LIMIT :limit
      """;

  private static final String LIST_BACKWARD =
      """
      SELECT id, message_key, body, reason, create_time
        FROM parked_request
       WHERE id > :after
       ORDER BY id
       LIMIT :limit
      """;

  /** Newest first, one more than the page holds if there are more. */
  List<ParkedRequest> list(PageRequest page) {
    var cursor = page.cursor();
    return transactions.read(() ->
        page.forward()
            ? jdbc.sql(LIST)
                .param("before", cursor == null ? "\uffff" : cursor)
                .param("limit", page.limit() + 1)
                .query(ParkedRequestStore::request)
                .list()
            : jdbc.sql(LIST_BACKWARD)
                .param("after", cursor == null ? "" : cursor)
                .param("limit", page.limit() + 1)
                .query(ParkedRequestStore::request)
                .list());
  }

  private static final String FIND =
      "SELECT id, message_key, body, reason, create_time FROM parked_request WHERE id = :id";

  Optional<ParkedRequest> find(String id) {
    return transactions.read(
        () -> jdbc.sql(FIND).param("id", id).query(ParkedRequestStore::request).optional());
  }

  void delete(String id) {
    transactions.runIdempotent(() -> {
      jdbc.sql("DELETE FROM parked_request WHERE id = :id").param("id", id).update();
    });
  }

  private static ParkedRequest request(ResultSet rows, int number) throws SQLException {
    return new ParkedRequest(
        rows.getString("id"),
        rows.getString("message_key"),
        new String(rows.getBytes("body"), StandardCharsets.UTF_8),
        rows.getString("reason"),
        rows.getLong("create_time"));
  }
}
