package org.maestro.engine.notification.store;

import static org.maestro.service.database.ColumnStatements.longs;
import static org.maestro.service.database.ColumnStatements.texts;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.alert.Receiver;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Transactions;

/**
 * Owns the table of notifications. They are written in the transaction that makes the event happen;
 * whoever sends one claims it before, and says what came of it by its claim, so that of two who
 * send one only the later claim counts.
 */
public final class NotificationStore {
  private static final String INSERT =
      """
      INSERT INTO notification
             (workflow_id, instance_id, run_id, event, receiver, message_id, channel, status,
              due_at, attempts, create_time)
      SELECT v.workflow_id, v.instance_id, v.run_id, v.event, v.receiver, v.message_id, v.channel,
             'WAITING', v.due_at, 0, CAST(? AS INT8)
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]),
                    CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS INT8[]))
             AS v (workflow_id, instance_id, run_id, event, receiver, message_id, channel, due_at)
          ON CONFLICT (workflow_id, instance_id, run_id, event, receiver) DO NOTHING
      """;

  /** Two nodes that find the same row: the second one sees that it is not due any more. */
  private static final String CLAIM =
      """
      UPDATE notification
         SET claim = ?, due_at = ?, attempts = attempts + 1
       WHERE message_id IN (SELECT message_id
                              FROM notification
                             WHERE channel = ? AND status = 'WAITING' AND due_at <= ?
                             ORDER BY due_at
                             LIMIT ?)
         AND status = 'WAITING' AND due_at <= ?
      RETURNING workflow_id, instance_id, run_id, event, receiver, message_id, status, due_at,
                attempts, create_time, end_time, error
      """;

  private static final String SENT =
      """
      UPDATE notification
         SET status = 'SENT', end_time = ?, claim = NULL, error = NULL
       WHERE message_id = ? AND claim = ? AND status = 'WAITING'
      """;

  private static final String AGAIN =
      """
      UPDATE notification
         SET due_at = ?, claim = NULL, error = ?
       WHERE message_id = ? AND claim = ? AND status = 'WAITING'
      """;

  private static final String GIVEN_UP =
      """
      UPDATE notification
         SET status = 'FAILED', end_time = ?, claim = NULL, error = ?
       WHERE message_id = ? AND claim = ? AND status = 'WAITING'
      """;

  private static final String NOT_NEEDED =
      "DELETE FROM notification WHERE message_id = ? AND claim = ? AND status = 'WAITING'";

  /** When the first of each channel is due; an index has no more than what waits. */
  private static final String DUE =
      """
      SELECT channel, min(due_at)
        FROM notification
       WHERE status = 'WAITING'
       GROUP BY channel
      """;

  private static final String COLUMNS =
      """
      SELECT workflow_id, instance_id, run_id, event, receiver, message_id, status, due_at,
             attempts, create_time, end_time, error
        FROM notification
      """;

  private static final String OF_RUN =
      COLUMNS
          + """
           WHERE workflow_id = ? AND instance_id = ? AND run_id = ?
           ORDER BY event, receiver
          """;

  private static final String FAILED =
      COLUMNS
          + """
           WHERE status = 'FAILED' AND (end_time, message_id) < (?, ?)
           ORDER BY end_time DESC, message_id DESC
           LIMIT ?
          """;

  private static final String FAILED_BACKWARD =
      COLUMNS
          + """
           WHERE status = 'FAILED' AND (end_time, message_id) > (?, ?)
           ORDER BY end_time, message_id
           LIMIT ?
          """;

  private static final String FIND = COLUMNS + " WHERE message_id = ?";

  /** The attempts begin anew; the message keeps its id. */
  private static final String RETRY =
      """
      UPDATE notification
         SET status = 'WAITING', due_at = ?, attempts = 0, end_time = NULL, claim = NULL
       WHERE message_id = ? AND status = 'FAILED'
      """;

  private static final String DELETE =
      """
      DELETE FROM notification
       WHERE message_id IN (SELECT message_id
                              FROM notification
                             WHERE workflow_id = ?
                             ORDER BY instance_id, run_id
                             LIMIT ?)
      """;

  private static final int MOST_DELETED = 1_000;

  private final Transactions transactions;
  private final ColumnStatements statements;
  private final NotificationBell bell;

  public NotificationStore(Transactions transactions, NotificationBell bell) {
    this.transactions = transactions;
    this.statements = new ColumnStatements(transactions);
    this.bell = bell;
  }

  /**
   * A notification as it is kept. Times are epoch milliseconds.
   *
   * @param dueAt when it is sent next
   * @param attempts how often it was tried, or is being tried now
   * @param endTime when it was sent or given up
   * @param error why the last attempt failed
   */
  public record Notification(
      RunKey run,
      AlertEvent event,
      Receiver receiver,
      String messageId,
      NotificationStatus status,
      long dueAt,
      long attempts,
      long createTime,
      @Nullable Long endTime,
      @Nullable String error) {

    /** Whether it waits to tell of a run that it is late, and that has ended in time. */
    public boolean isVoid(RunRow row) {
      var alerts = row.facts().alerts();
      return event == AlertEvent.LATE
          && status == NotificationStatus.WAITING
          && alerts != null
          && row.status().isTerminal()
          && alerts.wasInTime(row.endTime());
    }
  }

  /**
   * Keeps what is to be told, with the transaction of a connection; nothing if there is nothing.
   */
  public void write(Connection connection, List<NewNotification> told, long now)
      throws SQLException {
    if (told.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(INSERT)) {
      statement.setLong(1, now);
      statement.setArray(2, texts(connection, told, n -> n.run().workflowId()));
      statement.setArray(3, longs(connection, told, n -> n.run().instanceId()));
      statement.setArray(4, longs(connection, told, n -> n.run().runId()));
      statement.setArray(5, texts(connection, told, n -> n.event().name()));
      statement.setArray(6, texts(connection, told, n -> n.receiver().text()));
      statement.setArray(7, texts(connection, told, NewNotification::messageId));
      statement.setArray(8, texts(connection, told, n -> n.receiver().channel()));
      statement.setArray(9, longs(connection, told, NewNotification::dueAt));
      statement.executeUpdate();
    }
    var channels = told.stream().map(n -> n.receiver().channel()).collect(Collectors.toSet());
    transactions.afterCommit(() -> bell.ring(channels));
  }

  /** As {@link #write}, with the transaction that is running. */
  public void writeWithin(List<NewNotification> told, long now) {
    if (!told.isEmpty()) {
      transactions.onConnection(connection -> {
        write(connection, told, now);
        return 0;
      });
    }
  }

  /**
   * Takes what is due for a channel; nobody else takes it before {@code until}.
   *
   * @param claim unique; what comes of them is said by it
   */
  public List<Notification> claim(String channel, String claim, long now, long until, int most) {
    return transactions.run(() ->
        statements.query(
            CLAIM,
            statement -> {
              statement.setString(1, claim);
              statement.setLong(2, until);
              statement.setString(3, channel);
              statement.setLong(4, now);
              statement.setInt(5, most);
              statement.setLong(6, now);
            },
            NotificationStore::notification));
  }

  /** The receiver has it. */
  public void sent(String messageId, String claim, long now) {
    change(
        SENT,
        statement -> {
          statement.setLong(1, now);
          statement.setString(2, messageId);
          statement.setString(3, claim);
        });
  }

  /** It is to be tried again. */
  public void again(String messageId, String claim, long dueAt, String error) {
    change(
        AGAIN,
        statement -> {
          statement.setLong(1, dueAt);
          statement.setString(2, error);
          statement.setString(3, messageId);
          statement.setString(4, claim);
        });
  }

  /** It is not tried any more, unless somebody asks for it. */
  public void givenUp(String messageId, String claim, long now, String error) {
    change(
        GIVEN_UP,
        statement -> {
          statement.setLong(1, now);
          statement.setString(2, error);
          statement.setString(3, messageId);
          statement.setString(4, claim);
        });
  }

  /** There is nothing to tell: the promise was kept, or the run is not there any more. */
  public void notNeeded(String messageId, String claim) {
    change(
        NOT_NEEDED,
        statement -> {
          statement.setString(1, messageId);
          statement.setString(2, claim);
        });
  }

  private void change(String sql, ColumnStatements.Binding binding) {
    transactions.runIdempotent(() -> {
      statements.update(sql, binding);
    });
  }

  /** When the first notification of each channel that has some is due. */
  public Map<String, Long> due() {
    var due = new LinkedHashMap<String, Long>();
    transactions.read(
        () -> statements.query(DUE, _ -> {}, rows -> due.put(rows.getString(1), rows.getLong(2))));
    return due;
  }

  /** What is or was told about a run, or will be as far as is known, by event and receiver. */
  public List<Notification> ofRun(RunRow run) {
    var all =
        transactions.readHere(() ->
            statements.query(
                OF_RUN,
                statement -> {
                  statement.setString(1, run.key().workflowId());
                  statement.setLong(2, run.key().instanceId());
                  statement.setLong(3, run.key().runId());
                },
                NotificationStore::notification));
    return all.stream().filter(one -> !one.isVoid(run)).toList();
  }

  /**
   * Those that were given up, newest first.
   *
   * @param beforeTime of giving up, together with {@code beforeId}; the page begins below
   */
  public List<Notification> failed(long beforeTime, String beforeId, int limit) {
    return failed(FAILED, beforeTime, beforeId, limit);
  }

  /** Those that were given up after others, oldest first. */
  public List<Notification> failedAfter(long afterTime, String afterId, int limit) {
    return failed(FAILED_BACKWARD, afterTime, afterId, limit);
  }

  private List<Notification> failed(String sql, long time, String id, int limit) {
    return transactions.read(() ->
        statements.query(
            sql,
            statement -> {
              statement.setLong(1, time);
              statement.setString(2, id);
              statement.setInt(3, limit);
            },
            NotificationStore::notification));
  }

  /** One by the id of its message. */
  public Optional<Notification> find(String messageId) {
    return transactions
        .readHere(() ->
            statements.query(
                FIND,
                statement -> statement.setString(1, messageId),
                NotificationStore::notification))
        .stream()
        .findFirst();
  }

  /**
   * Has one that was given up sent again.
   *
   * @return whether it was given up
   */
  public boolean retry(Notification failed, long now) {
    return transactions.<Boolean>run(() -> {
      var changed =
          statements.update(
                  RETRY,
                  statement -> {
                    statement.setLong(1, now);
                    statement.setString(2, failed.messageId());
                  })
              > 0;
      if (changed) {
        transactions.afterCommit(() -> bell.ring(Set.of(failed.receiver().channel())));
      }
      return changed;
    });
  }

  /** Deletes some of a workflow's; returns how many, 0 once there are none. */
  public int deleteAll(String workflowId) {
    return transactions.<Integer>runIdempotent(() ->
        statements.update(
            DELETE,
            statement -> {
              statement.setString(1, workflowId);
              statement.setInt(2, MOST_DELETED);
            }));
  }

  private static Notification notification(ResultSet rows) throws SQLException {
    return new Notification(
        new RunKey(rows.getString(1), rows.getLong(2), rows.getLong(3)),
        AlertEvent.valueOf(rows.getString(4)),
        Receiver.of(rows.getString(5)),
        rows.getString(6),
        NotificationStatus.valueOf(rows.getString(7)),
        rows.getLong(8),
        rows.getLong(9),
        rows.getLong(10),
        rows.getObject(11, Long.class),
        rows.getString(12));
  }
}
