package org.maestro.engine.deadletter;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maestro.engine.run.RunJson;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.model.deadletter.DeadLetter;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Owns the table of messages that could not be dealt with. */
public final class DeadLetterStore {
  private final JdbcClient jdbc;
  private final Transactions transactions;
  private final RunJson json;
  private final String requests;

  /**
   * @param requests the topic of those that don't say where they came from
   */
  public DeadLetterStore(
      JdbcClient jdbc, Transactions transactions, RunJson json, String requests) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.json = json;
    this.requests = requests;
  }

  private static final String INSERT =
      """
      INSERT INTO parked_request
             (id, message_key, body, reason, create_time, topic, topic_partition, headers)
      VALUES (:id, :key, :body, :reason, :createTime, :topic, :partition, :headers)
      ON CONFLICT (id) DO NOTHING
      """;

  void insert(String id, OutgoingMessage message, String reason, long createTime) {
    var partition = message.partition();
    transactions.runIdempotent(() -> {
      jdbc.sql(INSERT)
          .param("id", id)
          .param("key", message.key().replace("\0", ""))
          .param("body", message.value())
          .param("reason", reason.replace("\0", ""))
          .param("createTime", createTime)
          .param("topic", message.topic())
          .param("partition", partition == null ? null : partition.longValue(), Types.BIGINT)
          .param("headers", json.write(message.headers()))
          .update();
    });
  }

  private static final String LIST =
      """
      SELECT id, message_key, body, reason, create_time, topic, topic_partition, headers
        FROM parked_request
       WHERE id < :before
       ORDER BY id DESC
       LIMIT :limit
      """;

  private static final String LIST_BACKWARD =
      """
      SELECT id, message_key, body, reason, create_time, topic, topic_partition, headers
        FROM parked_request
       WHERE id > :after
       ORDER BY id
       LIMIT :limit
      """;

  /** Newest first, one more than the page holds if there are more. */
  List<DeadLetter> list(PageRequest page) {
    var cursor = page.cursor();
    return transactions.read(() ->
        page.forward()
            ? jdbc.sql(LIST)
                .param("before", cursor == null ? "\uffff" : cursor)
                .param("limit", page.limit() + 1)
                .query(this::request)
                .list()
            : jdbc.sql(LIST_BACKWARD)
                .param("after", cursor == null ? "" : cursor)
                .param("limit", page.limit() + 1)
                .query(this::request)
                .list());
  }

  private static final String FIND =
      """
      SELECT id, message_key, body, reason, create_time, topic, topic_partition, headers
        FROM parked_request
       WHERE id = :id
      """;

  Optional<DeadLetter> find(String id) {
    return transactions.read(() -> jdbc.sql(FIND).param("id", id).query(this::request).optional());
  }

  /** The message as it is to be sent. */
  Optional<OutgoingMessage> message(String id) {
    return transactions.read(() -> jdbc.sql(FIND).param("id", id).query(this::outgoing).optional());
  }

  void delete(String id) {
    transactions.runIdempotent(() -> {
      jdbc.sql("DELETE FROM parked_request WHERE id = :id").param("id", id).update();
    });
  }

  private DeadLetter request(ResultSet rows, int number) throws SQLException {
    return new DeadLetter(
        rows.getString("id"),
        topic(rows),
        rows.getString("message_key"),
        new String(rows.getBytes("body"), StandardCharsets.UTF_8),
        rows.getString("reason"),
        rows.getLong("create_time"));
  }

  private OutgoingMessage outgoing(ResultSet rows, int number) throws SQLException {
    var partition = rows.getObject("topic_partition", Long.class);
    var headers = rows.getString("headers");
    var named = new HashMap<String, String>();
    if (headers != null) {
      Map<?, ?> read = json.read(headers, Map.class);
      read.forEach((name, value) -> named.put(String.valueOf(name), String.valueOf(value)));
    }
    return new OutgoingMessage(
        topic(rows),
        partition == null ? null : (Integer) partition.intValue(),
        rows.getString("message_key"),
        rows.getBytes("body"),
        named);
  }

  private String topic(ResultSet rows) throws SQLException {
    var topic = rows.getString("topic");
    return topic == null ? requests : topic;
  }
}
