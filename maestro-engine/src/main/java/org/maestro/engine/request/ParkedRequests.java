package org.maestro.engine.request;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The requests that could not be dealt with: kept until an administrator sends them once more or
 * throws them away. Owns their table.
 */
public final class ParkedRequests {
  private static final Logger log = LoggerFactory.getLogger(ParkedRequests.class);
  private static final int LONGEST_REASON = 2_000;

  private final JdbcClient jdbc;
  private final Transactions transactions;
  private final AccessPolicy access;
  private final MessageSender sender;
  private final String topic;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /**
   * @param topic where they came from
   * @param ids grow with time
   */
  public ParkedRequests(
      JdbcClient jdbc,
      Transactions transactions,
      AccessPolicy access,
      MessageSender sender,
      String topic,
      Supplier<String> ids,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.access = access;
    this.sender = sender;
    this.topic = topic;
    this.ids = ids;
    this.clock = clock;
  }

  private static final String INSERT =
      """
      INSERT INTO parked_request (id, message_key, body, reason, create_time)
      VALUES (:id, :key, :body, :reason, :createTime)
      ON CONFLICT (id) DO NOTHING
      """;

  void park(ReceivedMessage message, String reason) {
    var id = ids.get();
    var said = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    log.warn("A request about {} is parked as {}: {}", message.key(), id, said);
    transactions.runIdempotent(() -> {
      jdbc.sql(INSERT)
          .param("id", id)
          .param("key", message.key())
          .param("body", message.value())
          .param("reason", said)
          .param("createTime", clock.millis())
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

  /** Newest first. */
  public Page<ParkedRequest> list(Caller caller, PageRequest page) {
    access.requireAdmin(caller, "parked requests");
    var cursor = page.cursor();
    List<ParkedRequest> read =
        transactions.read(() ->
            page.forward()
                ? jdbc.sql(LIST)
                    .param("before", cursor == null ? "\uffff" : cursor)
                    .param("limit", page.limit() + 1)
                    .query(ParkedRequests::request)
                    .list()
                : jdbc.sql(LIST_BACKWARD)
                    .param("after", cursor == null ? "" : cursor)
                    .param("limit", page.limit() + 1)
                    .query(ParkedRequests::request)
                    .list());
    return Page.of(page, read, ParkedRequest::id, null);
  }

  /** Sends a request once more, and forgets that it was parked. */
  public ParkedRequest replay(Caller caller, String id) {
    access.requireAdmin(caller, "parked requests");
    var found = find(id);
    sender
        .send(
            List.of(
                new OutgoingMessage(
                    topic,
                    null,
                    found.key(),
                    found.body().getBytes(StandardCharsets.UTF_8),
                    Map.of())))
        .join();
    delete(id);
    return found;
  }

  /** Throws a request away. */
  public ParkedRequest discard(Caller caller, String id) {
    access.requireAdmin(caller, "parked requests");
    var found = find(id);
    delete(id);
    return found;
  }

  private static final String FIND =
      "SELECT id, message_key, body, reason, create_time FROM parked_request WHERE id = :id";

  private ParkedRequest find(String id) {
    Optional<ParkedRequest> found =
        transactions.read(
            () -> jdbc.sql(FIND).param("id", id).query(ParkedRequests::request).optional());
    return found.orElseThrow(() ->
        ApiException.notFound("no-such-request", "there is no parked request \"" + id + "\""));
  }

  private void delete(String id) {
    transactions.runIdempotent(() -> {
      jdbc.sql("DELETE FROM parked_request WHERE id = :id").param("id", id).update();
    });
  }

  private static ParkedRequest request(java.sql.ResultSet rows, int number)
      throws java.sql.SQLException {
    return new ParkedRequest(
        rows.getString("id"),
        rows.getString("message_key"),
        new String(rows.getBytes("body"), StandardCharsets.UTF_8),
        rows.getString("reason"),
        rows.getLong("create_time"));
  }
}
