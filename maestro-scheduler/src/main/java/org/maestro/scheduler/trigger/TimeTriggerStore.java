package org.maestro.scheduler.trigger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.trigger.TickAnswer;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.json.UnreadableRowException;
import org.maestro.zones.Zones;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Owns the tables of subscriptions and time triggers. Who changes a workflow's triggers locks its
 * subscription first; a trigger moves only from the tick that was read.
 */
public final class TimeTriggerStore {
  private final JdbcClient jdbc;
  private final ColumnStatements columns;
  private final JsonMapper json;
  private final String zoneRules = Zones.rules().version();

  public TimeTriggerStore(JdbcClient jdbc, ColumnStatements columns, JsonMapper json) {
    this.jdbc = jdbc;
    this.columns = columns;
    this.json = json;
  }

  // ------------------------------------------------------------------------------ news

  private static final String ACCEPT =
      """
      INSERT INTO time_subscription AS s
             (workflow_id, internal_id, revision, version_id, owner, paused)
      SELECT u.workflow_id, u.internal_id, u.revision, u.version_id, u.owner, FALSE
        FROM unnest(?, ?, ?, ?, ?) AS u (workflow_id, internal_id, revision, version_id, owner)
      ON CONFLICT (workflow_id) DO UPDATE
         SET internal_id = excluded.internal_id, revision = excluded.revision,
             version_id = excluded.version_id, owner = excluded.owner,
             paused = s.paused AND s.internal_id = excluded.internal_id,
             paused_by = CASE WHEN s.internal_id = excluded.internal_id THEN s.paused_by END
       WHERE s.internal_id < excluded.internal_id
          OR (s.internal_id = excluded.internal_id AND s.revision < excluded.revision)
      RETURNING workflow_id, paused
      """;

  /**
   * Takes what is newer than what is known, at most one news per workflow.
   *
   * @return whether its triggers are paused, by workflow; without those whose news is not newer
   */
  Map<String, Boolean> accept(List<TriggerNews> news) {
    var accepted = new HashMap<String, Boolean>();
    columns
        .query(
            ACCEPT,
            statement -> {
              var connection = statement.getConnection();
              statement.setArray(
                  1, ColumnStatements.texts(connection, news, TriggerNews::workflowId));
              statement.setArray(
                  2, ColumnStatements.longs(connection, news, TriggerNews::internalId));
              statement.setArray(
                  3, ColumnStatements.longs(connection, news, TriggerNews::revision));
              statement.setArray(
                  4, ColumnStatements.longs(connection, news, TriggerNews::versionId));
              statement.setArray(5, ColumnStatements.texts(connection, news, TriggerNews::owner));
            },
            row -> Map.entry(row.getString("workflow_id"), row.getBoolean("paused")))
        .forEach(entry -> accepted.put(entry.getKey(), entry.getValue()));
    return accepted;
  }

  private static final String DEFINITIONS =
      """
      SELECT workflow_id, trigger_no, trigger_uuid, definition
        FROM time_trigger
       WHERE workflow_id = ANY(?)
      """;

  /** The texts of the triggers of some workflows. */
  Map<TriggerKey, String> definitions(Collection<String> workflowIds) {
    var definitions = new HashMap<TriggerKey, String>();
    columns
        .query(
            DEFINITIONS,
            statement -> statement.setArray(1, ColumnStatements.texts(statement, workflowIds)),
            row -> Map.entry(key(row), row.getString("definition")))
        .forEach(entry -> definitions.put(entry.getKey(), entry.getValue()));
    return definitions;
  }

  private static final String DELETE =
      """
      DELETE FROM time_trigger AS t
       USING unnest(?, ?) AS u (workflow_id, trigger_no)
       WHERE t.workflow_id = u.workflow_id AND t.trigger_no = u.trigger_no
      """;

  void delete(Collection<TriggerKey> keys) {
    columns.update(
        DELETE,
        statement -> {
          var connection = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(connection, keys, TriggerKey::workflowId));
          statement.setArray(2, ColumnStatements.longs(connection, keys, TriggerKey::triggerNo));
        });
  }

  private static final String INSERT =
      """
      INSERT INTO time_trigger
             (workflow_id, trigger_no, bucket, internal_id, version_id, trigger_uuid, definition,
              problem, delay_millis, next_tick_at, next_fire_at, tick_offset, zone_rules)
      SELECT u.workflow_id, u.trigger_no, u.bucket, u.internal_id, u.version_id, u.trigger_uuid,
             u.definition, u.problem, u.delay_millis, u.next_tick_at, u.next_fire_at,
             u.tick_offset, CAST(? AS text)
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             AS u (workflow_id, trigger_no, bucket, internal_id, version_id, trigger_uuid,
                   definition, problem, delay_millis, next_tick_at, next_fire_at, tick_offset)
      """;

  void insert(List<NewTrigger> rows) {
    columns.update(
        INSERT,
        statement -> {
          var c = statement.getConnection();
          statement.setString(1, zoneRules);
          setKeys(statement, 2, c, rows, NewTrigger::key);
          statement.setArray(4, ColumnStatements.longs(c, rows, NewTrigger::bucket));
          statement.setArray(5, ColumnStatements.longs(c, rows, NewTrigger::internalId));
          statement.setArray(6, ColumnStatements.longs(c, rows, NewTrigger::versionId));
          statement.setArray(7, ColumnStatements.texts(c, rows, row -> row.key().triggerUuid()));
          statement.setArray(8, ColumnStatements.texts(c, rows, NewTrigger::definition));
          statement.setArray(9, ColumnStatements.texts(c, rows, NewTrigger::problem));
          statement.setArray(10, ColumnStatements.longs(c, rows, NewTrigger::delayMillis));
          statement.setArray(11, ColumnStatements.longs(c, rows, NewTrigger::nextTickAt));
          statement.setArray(12, ColumnStatements.longs(c, rows, NewTrigger::nextFireAt));
          statement.setArray(13, ColumnStatements.longs(c, rows, NewTrigger::tickOffset));
        });
  }

  // ------------------------------------------------------------------------------ firing

  private static final String DUE =
      """
      SELECT workflow_id, trigger_no, trigger_uuid, internal_id, definition, delay_millis,
             next_tick_at, next_fire_at, tick_offset, zone_rules, fired_tick_at, moved_to_at
        FROM time_trigger
       WHERE bucket = :bucket AND next_fire_at <= :now
       ORDER BY next_fire_at
       LIMIT :limit
      """;

  /** The triggers of a bucket whose time has come, longest due first. */
  public List<DueTrigger> due(long bucket, long now, int limit) {
    return jdbc.sql(DUE)
        .param("bucket", bucket)
        .param("now", now)
        .param("limit", limit)
        .query((row, _) -> pending(row))
        .list();
  }

  private DueTrigger pending(ResultSet row) throws SQLException {
    var nextTickAt = row.getLong("next_tick_at");
    var movedTo = nullableLong(row, "moved_to_at");
    return new DueTrigger(
        key(row),
        row.getLong("internal_id"),
        row.getString("definition"),
        row.getLong("delay_millis"),
        nextTickAt,
        row.getLong("next_fire_at"),
        movedTo != null && movedTo == nextTickAt,
        new DueTrigger.Reckoning(
            row.getString("zone_rules"),
            nullableLong(row, "tick_offset"),
            nullableLong(row, "fired_tick_at")));
  }

  private static final String RECKONED_OTHERWISE =
      """
      SELECT workflow_id, trigger_no, trigger_uuid, internal_id, definition, delay_millis,
             next_tick_at, next_fire_at, tick_offset, zone_rules, fired_tick_at, moved_to_at
        FROM time_trigger
       WHERE (workflow_id, trigger_no) > (?, ?)
         AND bucket = ANY(?) AND next_tick_at IS NOT NULL AND zone_rules IS DISTINCT FROM ?
       ORDER BY workflow_id, trigger_no
       LIMIT ?
      """;

  /**
   * Triggers of some buckets whose next tick was reckoned with other zone rules than this
   * process's, paused ones too.
   *
   * @param after null for the first page
   */
  public List<DueTrigger> reckonedOtherwise(
      Collection<Long> buckets, @Nullable TriggerKey after, int limit) {
    return columns.query(
        RECKONED_OTHERWISE,
        statement -> {
          statement.setString(1, after == null ? "" : after.workflowId());
          statement.setLong(2, after == null ? -1 : after.triggerNo());
          statement.setArray(3, ColumnStatements.longs(statement, buckets));
          statement.setString(4, zoneRules);
          statement.setInt(5, limit);
        },
        this::pending);
  }

  private static final String RECKON =
      """
      UPDATE time_trigger AS t
         SET next_tick_at = u.next_tick_at,
             next_fire_at = CASE WHEN t.next_fire_at IS NOT NULL THEN u.next_fire_at END,
             tick_offset = u.tick_offset,
             zone_rules = CAST(? AS text),
             moved_from_at = COALESCE(u.moved_from_at, t.moved_from_at),
             moved_to_at = CASE WHEN u.moved_from_at IS NULL
                                THEN t.moved_to_at ELSE u.next_tick_at END
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
             AS u (workflow_id, trigger_no, trigger_uuid, from_tick_at, next_tick_at, next_fire_at,
                   tick_offset, moved_from_at)
       WHERE t.workflow_id = u.workflow_id AND t.trigger_no = u.trigger_no
         AND t.trigger_uuid = u.trigger_uuid AND t.next_tick_at = u.from_tick_at
         AND EXISTS (SELECT 1
                       FROM scheduler_bucket b
                      WHERE b.bucket = t.bucket AND b.bucket = ? AND b.epoch = ?)
      """;

  /**
   * Keeps what triggers' next ticks are under this process's zone rules. Those that somebody else
   * has moved, replaced or taken over stay as they are.
   *
   * @return how many there were
   */
  public int reckon(long bucket, long epoch, List<ReckonedTrigger> reckoned) {
    return columns.update(
        RECKON,
        statement -> {
          var c = statement.getConnection();
          statement.setString(1, zoneRules);
          setKeys(statement, 2, c, reckoned, ReckonedTrigger::key);
          statement.setArray(
              4, ColumnStatements.texts(c, reckoned, row -> row.key().triggerUuid()));
          statement.setArray(5, ColumnStatements.longs(c, reckoned, ReckonedTrigger::from));
          statement.setArray(6, ColumnStatements.longs(c, reckoned, ReckonedTrigger::nextTickAt));
          statement.setArray(7, ColumnStatements.longs(c, reckoned, ReckonedTrigger::nextFireAt));
          statement.setArray(8, ColumnStatements.longs(c, reckoned, ReckonedTrigger::tickOffset));
          statement.setArray(9, ColumnStatements.longs(c, reckoned, ReckonedTrigger::movedFrom));
          statement.setLong(10, bucket);
          statement.setLong(11, epoch);
        });
  }

  private static final String EARLIEST =
      """
      SELECT u.bucket, first.next_fire_at
        FROM unnest(?) AS u (bucket)
       CROSS JOIN LATERAL (SELECT t.next_fire_at
                             FROM time_trigger t
                            WHERE t.bucket = u.bucket AND t.next_fire_at IS NOT NULL
                            ORDER BY t.next_fire_at
                            LIMIT 1) AS first
      """;

  /** When the first trigger of each of these buckets fires; without buckets in which none does. */
  public Map<Long, Long> earliest(Collection<Long> buckets) {
    var earliest = new HashMap<Long, Long>();
    columns
        .query(
            EARLIEST,
            statement -> statement.setArray(1, ColumnStatements.longs(statement, buckets)),
            row -> Map.entry(row.getLong("bucket"), row.getLong("next_fire_at")))
        .forEach(entry -> earliest.put(entry.getKey(), entry.getValue()));
    return earliest;
  }

  private static final String MOVE =
      """
      UPDATE time_trigger AS t
         SET next_tick_at = u.next_tick_at,
             next_fire_at = CASE WHEN t.next_fire_at IS NOT NULL THEN u.next_fire_at END,
             fired_from_at = COALESCE(u.fired_from_at, t.fired_from_at),
             fired_tick_at = COALESCE(u.fired_tick_at, t.fired_tick_at),
             fired_at = COALESCE(u.fired_at, t.fired_at),
             skipped_at = COALESCE(u.skipped_at, t.skipped_at),
             problem = u.problem,
             tick_offset = u.tick_offset,
             zone_rules = CAST(? AS text)
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             AS u (workflow_id, trigger_no, trigger_uuid, from_tick_at, next_tick_at, next_fire_at,
                   fired_from_at, fired_tick_at, fired_at, skipped_at, problem, tick_offset)
       WHERE t.workflow_id = u.workflow_id AND t.trigger_no = u.trigger_no
         AND t.trigger_uuid = u.trigger_uuid AND t.next_tick_at = u.from_tick_at
         AND EXISTS (SELECT 1
                       FROM scheduler_bucket b
                      WHERE b.bucket = t.bucket AND b.bucket = ? AND b.epoch = ?)
      """;

  /**
   * Moves triggers of a bucket on. Those that somebody else has moved, replaced or taken over stay
   * as they are; what was paused meanwhile stays paused.
   *
   * @return how many moved
   */
  public int move(long bucket, long epoch, List<TriggerMove> moves) {
    return columns.update(
        MOVE,
        statement -> {
          var c = statement.getConnection();
          statement.setString(1, zoneRules);
          setKeys(statement, 2, c, moves, TriggerMove::key);
          statement.setArray(4, ColumnStatements.texts(c, moves, move -> move.key().triggerUuid()));
          statement.setArray(5, ColumnStatements.longs(c, moves, TriggerMove::from));
          statement.setArray(6, ColumnStatements.longs(c, moves, TriggerMove::nextTickAt));
          statement.setArray(7, ColumnStatements.longs(c, moves, TriggerMove::nextFireAt));
          statement.setArray(8, ColumnStatements.longs(c, moves, TriggerMove::firedFromAt));
          statement.setArray(9, ColumnStatements.longs(c, moves, TriggerMove::firedTickAt));
          statement.setArray(10, ColumnStatements.longs(c, moves, TriggerMove::firedAt));
          statement.setArray(11, ColumnStatements.longs(c, moves, TriggerMove::skippedAt));
          statement.setArray(12, ColumnStatements.texts(c, moves, TriggerMove::problem));
          statement.setArray(13, ColumnStatements.longs(c, moves, TriggerMove::tickOffset));
          statement.setLong(14, bucket);
          statement.setLong(15, epoch);
        });
  }

  // ------------------------------------------------------------------------------ answers

  private static final String ROWS =
      """
      SELECT t.workflow_id, t.trigger_no, t.trigger_uuid, t.internal_id, t.version_id, s.owner,
             s.paused, t.definition, t.problem, t.delay_millis, t.next_tick_at, t.next_fire_at,
             t.fired_from_at, t.fired_tick_at, t.fired_at, t.skipped_at, t.moved_from_at,
             t.moved_to_at, t.zone_rules, t.answer, t.refusal
        FROM time_trigger t
        JOIN time_subscription s ON s.workflow_id = t.workflow_id
       WHERE t.workflow_id = ANY(?)
       ORDER BY t.workflow_id, t.trigger_no
      """;

  /** The triggers of some workflows, in order. */
  public List<TriggerRow> rows(Collection<String> workflowIds) {
    return columns.query(
        ROWS,
        statement -> statement.setArray(1, ColumnStatements.texts(statement, workflowIds)),
        this::row);
  }

  private static final String ANSWER =
      """
      UPDATE time_trigger AS t
         SET answer_tick_at = u.tick, answer = u.answer
        FROM unnest(?, ?, ?, ?, ?) AS u (workflow_id, trigger_no, trigger_uuid, tick, answer)
       WHERE t.workflow_id = u.workflow_id AND t.trigger_no = u.trigger_no
         AND t.trigger_uuid = u.trigger_uuid
         AND (t.answer_tick_at IS NULL OR t.answer_tick_at <= u.tick)
      """;
  private static final String REFUSAL =
      """
      UPDATE time_trigger AS t
         SET refusal_tick_at = u.tick, refusal = u.answer
        FROM unnest(?, ?, ?, ?, ?) AS u (workflow_id, trigger_no, trigger_uuid, tick, answer)
       WHERE t.workflow_id = u.workflow_id AND t.trigger_no = u.trigger_no
         AND t.trigger_uuid = u.trigger_uuid
         AND (t.refusal_tick_at IS NULL OR t.refusal_tick_at <= u.tick)
      """;

  /** Keeps the newest answer of each trigger. */
  void answers(Map<TriggerKey, TickAnswer> answers) {
    keepAnswers(ANSWER, answers);
  }

  /** Keeps the newest answer of each trigger that was no start. */
  void refusals(Map<TriggerKey, TickAnswer> refusals) {
    keepAnswers(REFUSAL, refusals);
  }

  private void keepAnswers(String sql, Map<TriggerKey, TickAnswer> answers) {
    var rows = List.copyOf(answers.entrySet());
    columns.update(
        sql,
        statement -> {
          var c = statement.getConnection();
          setKeys(statement, 1, c, rows, Map.Entry::getKey);
          statement.setArray(3, ColumnStatements.texts(c, rows, row -> row.getKey().triggerUuid()));
          statement.setArray(4, ColumnStatements.longs(c, rows, row -> row.getValue().tick()));
          statement.setArray(
              5, ColumnStatements.texts(c, rows, row -> json.writeValueAsString(row.getValue())));
        });
  }

  // ------------------------------------------------------------------------------ people

  private static final String SUBSCRIPTION =
      """
      SELECT workflow_id, internal_id, revision, version_id, owner, paused, paused_by
        FROM time_subscription
       WHERE workflow_id = :workflowId
      """;

  public Optional<Subscription> subscription(String workflowId) {
    return jdbc.sql(SUBSCRIPTION)
        .param("workflowId", workflowId)
        .query((row, _) ->
            new Subscription(
                row.getString("workflow_id"),
                row.getLong("internal_id"),
                row.getLong("revision"),
                nullableLong(row, "version_id"),
                row.getString("owner"),
                row.getBoolean("paused"),
                row.getString("paused_by")))
        .optional();
  }

  private static final String SET_PAUSED =
      """
      UPDATE time_subscription
         SET paused = :paused, paused_by = :by
       WHERE workflow_id = :workflowId AND internal_id = :internalId AND paused <> :paused
      """;
  private static final String SILENCE =
      "UPDATE time_trigger SET next_fire_at = NULL WHERE workflow_id = :workflowId";
  private static final String REVIVE =
      """
      UPDATE time_trigger
         SET next_fire_at = next_tick_at + delay_millis
       WHERE workflow_id = :workflowId AND next_fire_at IS NULL AND problem IS NULL
      """;

  /** Lets none of a workflow's triggers fire; false if that was so already. */
  boolean pause(Subscription subscription, String by) {
    return setPaused(subscription, by, true)
        && jdbc.sql(SILENCE).param("workflowId", subscription.workflowId()).update() >= 0;
  }

  /** Lets a workflow's triggers fire again; false if that was so already. */
  boolean resume(Subscription subscription) {
    return setPaused(subscription, null, false)
        && jdbc.sql(REVIVE).param("workflowId", subscription.workflowId()).update() >= 0;
  }

  private boolean setPaused(Subscription subscription, @Nullable String by, boolean paused) {
    return jdbc.sql(SET_PAUSED)
            .param("workflowId", subscription.workflowId())
            .param("internalId", subscription.internalId())
            .param("by", by)
            .param("paused", paused)
            .update()
        > 0;
  }

  private static final String LIST_UP =
      """
      SELECT t.workflow_id, t.trigger_no, t.trigger_uuid, t.internal_id, t.version_id, s.owner,
             s.paused, t.definition, t.problem, t.delay_millis, t.next_tick_at, t.next_fire_at,
             t.fired_from_at, t.fired_tick_at, t.fired_at, t.skipped_at, t.moved_from_at,
             t.moved_to_at, t.zone_rules, t.answer, t.refusal
        FROM time_trigger t
        JOIN time_subscription s ON s.workflow_id = t.workflow_id
       WHERE (t.workflow_id, t.trigger_no) > (?, ?)
       ORDER BY t.workflow_id, t.trigger_no
       LIMIT ?
      """;
  private static final String LIST_DOWN =
      """
      SELECT t.workflow_id, t.trigger_no, t.trigger_uuid, t.internal_id, t.version_id, s.owner,
             s.paused, t.definition, t.problem, t.delay_millis, t.next_tick_at, t.next_fire_at,
             t.fired_from_at, t.fired_tick_at, t.fired_at, t.skipped_at, t.moved_from_at,
             t.moved_to_at, t.zone_rules, t.answer, t.refusal
        FROM time_trigger t
        JOIN time_subscription s ON s.workflow_id = t.workflow_id
       WHERE (t.workflow_id, t.trigger_no) < (?, ?)
       ORDER BY t.workflow_id DESC, t.trigger_no DESC
       LIMIT ?
      """;
  private static final String LIST_END =
      """
      SELECT t.workflow_id, t.trigger_no, t.trigger_uuid, t.internal_id, t.version_id, s.owner,
             s.paused, t.definition, t.problem, t.delay_millis, t.next_tick_at, t.next_fire_at,
             t.fired_from_at, t.fired_tick_at, t.fired_at, t.skipped_at, t.moved_from_at,
             t.moved_to_at, t.zone_rules, t.answer, t.refusal
        FROM time_trigger t
        JOIN time_subscription s ON s.workflow_id = t.workflow_id
       ORDER BY t.workflow_id DESC, t.trigger_no DESC
       LIMIT ?
      """;

  /** What follows a place in the list of all triggers, by workflow and number. */
  List<TriggerRow> listAfter(String workflowId, long triggerNo, int limit) {
    return list(LIST_UP, workflowId, triggerNo, limit);
  }

  /** What is before a place, nearest first. */
  List<TriggerRow> listBefore(String workflowId, long triggerNo, int limit) {
    return list(LIST_DOWN, workflowId, triggerNo, limit);
  }

  /** The end of the list, last first. */
  List<TriggerRow> listEnd(int limit) {
    return columns.query(LIST_END, statement -> statement.setInt(1, limit), this::row);
  }

  private List<TriggerRow> list(String sql, String workflowId, long triggerNo, int limit) {
    return columns.query(
        sql,
        statement -> {
          statement.setString(1, workflowId);
          statement.setLong(2, triggerNo);
          statement.setInt(3, limit);
        },
        this::row);
  }

  private TriggerRow row(ResultSet row) throws SQLException {
    try {
      return row(row, answer(row.getString("answer")), answer(row.getString("refusal")), null);
    } catch (JacksonException e) {
      return row(row, null, null, new UnreadableRowException(e).getMessage());
    }
  }

  private static TriggerRow row(
      ResultSet row,
      @Nullable TickAnswer answer,
      @Nullable TickAnswer refusal,
      @Nullable String unreadable)
      throws SQLException {
    return new TriggerRow(
        key(row),
        row.getLong("internal_id"),
        row.getLong("version_id"),
        row.getString("owner"),
        row.getBoolean("paused"),
        row.getString("definition"),
        row.getString("problem"),
        row.getLong("delay_millis"),
        nullableLong(row, "next_tick_at"),
        nullableLong(row, "next_fire_at"),
        nullableLong(row, "fired_from_at"),
        nullableLong(row, "fired_tick_at"),
        nullableLong(row, "fired_at"),
        nullableLong(row, "skipped_at"),
        nullableLong(row, "moved_from_at"),
        nullableLong(row, "moved_to_at"),
        row.getString("zone_rules"),
        answer,
        refusal,
        unreadable);
  }

  private @Nullable TickAnswer answer(@Nullable String text) {
    return text == null ? null : json.readValue(text, TickAnswer.class);
  }

  private static TriggerKey key(ResultSet row) throws SQLException {
    return new TriggerKey(
        row.getString("workflow_id"), row.getLong("trigger_no"), row.getString("trigger_uuid"));
  }

  private static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static <T> void setKeys(
      PreparedStatement statement,
      int first,
      Connection connection,
      List<T> rows,
      Function<T, TriggerKey> key)
      throws SQLException {
    statement.setArray(
        first, ColumnStatements.texts(connection, rows, row -> key.apply(row).workflowId()));
    statement.setArray(
        first + 1, ColumnStatements.longs(connection, rows, row -> key.apply(row).triggerNo()));
  }
}
