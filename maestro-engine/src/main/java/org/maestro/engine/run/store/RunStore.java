package org.maestro.engine.run.store;

import static org.maestro.service.database.ColumnStatements.booleans;
import static org.maestro.service.database.ColumnStatements.longs;
import static org.maestro.service.database.ColumnStatements.texts;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.notification.store.NewNotification;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.ChildArtifact;
import org.maestro.engine.run.IterationFacts;
import org.maestro.engine.run.NumbersTaken;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunHistory;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.RunRemains;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.start.RestartPolicy;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.UnreadableRowException;

/**
 * Owns the tables of shards, runs and step attempts: the only place that writes them once a run has
 * been accepted. Every write of a batch stands behind {@link #FENCE}.
 */
public final class RunStore {
  private static final String TAKE_OVER =
      """
      INSERT INTO engine_shard (shard, epoch, owner, consumed_offset)
      VALUES (?, 1, ?, -1)
      ON CONFLICT (shard) DO UPDATE SET epoch = engine_shard.epoch + 1, owner = excluded.owner
      RETURNING epoch, consumed_offset
      """;

  /** Fewer rows than shards: another node owns one of them now, and nothing may be written. */
  private static final String FENCE =
      """
      UPDATE engine_shard AS s
         SET consumed_offset = greatest(s.consumed_offset, v.consumed_offset)
        FROM unnest(CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS v (shard, epoch, consumed_offset)
       WHERE s.shard = v.shard AND s.epoch = v.epoch
      """;

  private static final String STILL_OWNED =
      """
      SELECT s.shard, s.epoch
        FROM engine_shard AS s
        JOIN unnest(CAST(? AS INT8[]), CAST(? AS INT8[])) AS v (shard, epoch)
          ON s.shard = v.shard AND s.epoch = v.epoch
      """;

  private static final String RESET_OFFSET =
      "UPDATE engine_shard SET consumed_offset = ? WHERE shard = ? AND epoch = ?";

  private static final String UPDATE_RUNS =
      """
      UPDATE workflow_run AS r
         SET status = v.status, blocking = v.blocking, start_time = v.start_time,
             end_time = v.end_time, modify_time = v.modify_time, due_at = v.due_at,
             progress = v.progress
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]),
                    CAST(? AS BOOL[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]),
                    CAST(? AS INT8[]), CAST(? AS TEXT[]))
             AS v (workflow_id, instance_id, run_id, status, blocking, start_time, end_time,
                   modify_time, due_at, progress)
       WHERE r.workflow_id = v.workflow_id AND r.instance_id = v.instance_id
         AND r.run_id = v.run_id
      """;

  private static final String INSERT_RUNS =
      """
      INSERT INTO workflow_run
             (workflow_id, instance_id, run_id, uuid, shard, status, admitted, blocking,
              version_id, create_time, start_time, end_time, modify_time, due_at, facts, progress)
      SELECT v.workflow_id, v.instance_id, v.run_id, v.uuid, v.shard, v.status, true, v.blocking,
             v.version_id, v.create_time, v.start_time, v.end_time, v.modify_time, v.due_at,
             v.facts, v.progress
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]),
                    CAST(? AS BOOL[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]),
                    CAST(? AS INT8[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS INT8[]),
                    CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]))
             AS v (workflow_id, instance_id, run_id, status, blocking, start_time, end_time,
                   modify_time, due_at, progress, uuid, shard, version_id, create_time, facts)
          ON CONFLICT (workflow_id, instance_id, run_id)
          DO UPDATE SET status = excluded.status, blocking = excluded.blocking,
                        start_time = excluded.start_time, end_time = excluded.end_time,
                        modify_time = excluded.modify_time, due_at = excluded.due_at,
                        progress = excluded.progress
      """;

  /** Touches nothing that would have to be read first: the row may be what broke the engine. */
  private static final String QUARANTINE =
      """
      UPDATE workflow_run
         SET status = ?, blocking = ?, end_time = ?, modify_time = ?, due_at = NULL, progress = ?
       WHERE workflow_id = ? AND instance_id = ? AND run_id = ?
         AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
      """;

  /** The attempts of a run that is ended without being read. */
  private static final String END_ATTEMPTS =
      """
      UPDATE step_attempt
         SET status = ?, end_time = ?, due_at = NULL
       WHERE workflow_id = ? AND instance_id = ? AND run_id = ?
         AND status IN ('NOT_CREATED', 'CREATED', 'INITIALIZED', 'PAUSED', 'WAITING_FOR_SIGNALS',
                        'EVALUATING_PARAMS', 'WAITING_FOR_PERMITS', 'STARTING', 'RUNNING',
                        'FINISHING')
      """;

  private static final String REMAINS =
      """
      SELECT uuid, status, facts
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id = ? AND run_id = ?
      """;

  private static final String LIVE_ATTEMPTS =
      """
      SELECT step_id, attempt_id, seq, status, create_time, facts
        FROM step_attempt
       WHERE workflow_id = ? AND instance_id = ? AND run_id = ?
         AND status IN ('NOT_CREATED', 'CREATED', 'INITIALIZED', 'PAUSED', 'WAITING_FOR_SIGNALS',
                        'EVALUATING_PARAMS', 'WAITING_FOR_PERMITS', 'STARTING', 'RUNNING',
                        'FINISHING')
      """;

  private static final String OWNS =
      "SELECT count(*) FROM engine_shard WHERE shard = ? AND epoch = ?";

  /** Waits for a commit that is still under way somewhere: it holds this row. */
  private static final String SETTLED =
      "SELECT epoch FROM engine_shard WHERE shard = ? AND epoch = ? FOR UPDATE";

  private static final String UPSERT_ATTEMPTS =
      """
      INSERT INTO step_attempt
             (workflow_id, instance_id, run_id, step_id, attempt_id, shard, seq, status,
              create_time, end_time, due_at, facts)
      SELECT v.workflow_id, v.instance_id, v.run_id, v.step_id, v.attempt_id, v.shard, v.seq,
             v.status, v.create_time, v.end_time, v.due_at, v.facts
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]),
                    CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]),
                    CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]))
             AS v (workflow_id, instance_id, run_id, step_id, attempt_id, shard, seq, status,
                   create_time, end_time, due_at, facts)
          ON CONFLICT (workflow_id, instance_id, run_id, step_id, attempt_id)
          DO UPDATE SET status = excluded.status, end_time = excluded.end_time,
                        due_at = excluded.due_at, facts = excluded.facts
      """;

  private static final String RUN_COLUMNS =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.uuid, r.status, r.admitted, r.blocking,
             r.version_id, r.create_time, r.start_time, r.end_time, r.modify_time, r.due_at,
             r.facts, r.progress
        FROM workflow_run AS r
      """;

  private static final String RUNS =
      RUN_COLUMNS
          + """
            JOIN unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
                 AS v (workflow_id, instance_id, run_id)
              ON r.workflow_id = v.workflow_id AND r.instance_id = v.instance_id
             AND r.run_id = v.run_id
          """;

  /** The latest attempt of each step of these instances in the runs up to the given one. */
  private static final String ATTEMPTS =
      """
      SELECT DISTINCT ON (a.workflow_id, a.instance_id, a.step_id, a.run_id)
             a.workflow_id, a.instance_id, a.run_id, a.step_id, a.attempt_id, a.seq, a.status,
             a.create_time, a.facts
        FROM step_attempt AS a
        JOIN unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS v (workflow_id, instance_id, run_id)
          ON a.workflow_id = v.workflow_id AND a.instance_id = v.instance_id
         AND a.run_id <= v.run_id
       ORDER BY a.workflow_id, a.instance_id, a.step_id, a.run_id, a.attempt_id DESC
      """;

  private static final String LIVE_RUNS =
      """
      SELECT workflow_id, instance_id, run_id
        FROM workflow_run
       WHERE shard = ? AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
      """;

  private static final String LIVE_ITERATIONS =
      """
      SELECT workflow_id, instance_id, run_id
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id > ? AND instance_id <= ?
         AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
      """;

  private static final String UNBEGUN_RUNS =
      """
      SELECT workflow_id, instance_id, run_id
        FROM workflow_run
       WHERE shard = ANY (?) AND status = 'CREATED' AND admitted AND create_time < ?
      """;

  private static final String DUE_RUNS =
      """
      SELECT workflow_id, instance_id, run_id, due_at
        FROM workflow_run
       WHERE shard = ? AND due_at < ? AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
      """;

  private static final String DUE_ATTEMPTS =
      """
      SELECT workflow_id, instance_id, run_id, step_id, attempt_id, due_at
        FROM step_attempt
       WHERE shard = ? AND due_at < ?
      """;

  private static final String STATUS_OF =
      """
      SELECT status, progress
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id = ? AND run_id = ?
      """;

  private static final String RESTARTS =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id,
             CASE WHEN r.run_id > 1 THEN r.facts END, r.progress
        FROM workflow_run AS r
        JOIN unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS v (workflow_id, instance_id, run_id)
          ON r.workflow_id = v.workflow_id AND r.instance_id = v.instance_id
         AND r.run_id <= v.run_id
      """;
  private static final String LAST_RUNS =
      """
      SELECT r.instance_id, r.run_id, r.progress
        FROM unnest(CAST(? AS INT8[])) AS v (instance_id)
       CROSS JOIN LATERAL (
             SELECT instance_id, run_id, progress
               FROM workflow_run
              WHERE workflow_id = ? AND instance_id = v.instance_id
              ORDER BY run_id DESC
              LIMIT 1
             ) AS r
      """;

  private static final String LATEST_RUN =
      "SELECT max(run_id) FROM workflow_run WHERE workflow_id = ? AND instance_id = ?";

  private final Transactions transactions;
  private final ColumnStatements statements;
  private final RunJson json;
  private final OutboxStore outbox;
  private final LoopStore loopStore;
  private final LoopSource loops;
  private final SuspectStore suspects;
  private final NotificationStore notifications;
  private final NumbersTaken.Check numbers;
  private final String schemaOwner;
  private final int shards;

  public RunStore(
      Transactions transactions,
      RunJson json,
      OutboxStore outbox,
      LoopStore loopStore,
      LoopSource loops,
      SuspectStore suspects,
      NotificationStore notifications,
      NumbersTaken.Check numbers,
      String nodeName,
      int shards) {
    this.transactions = transactions;
    this.statements = new ColumnStatements(transactions);
    this.json = json;
    this.outbox = outbox;
    this.loopStore = loopStore;
    this.loops = loops;
    this.suspects = suspects;
    this.notifications = notifications;
    this.numbers = numbers;
    this.schemaOwner = nodeName;
    this.shards = shards;
  }

  /** Others have started a workflow since a turn looked at it; nothing was written. */
  public static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Batch> batches;

    OvertakenException(List<Batch> batches) {
      super("others were first", null, false, false);
      this.batches = batches;
    }

    /** Those that this is so of. */
    public List<Batch> batches() {
      return batches;
    }
  }

  /** Where a shard stands at a take-over. */
  public record Ownership(long epoch, long consumedOffset) {}

  /** A time that has to be kept. */
  public record DueAttempt(RunKey run, String stepId, long attemptId, long at) {}

  /**
   * A run with the latest attempt of each step in each run so far.
   *
   * @param past the runs before it, in order
   */
  public record Loaded(RunRow row, Map<String, StepAttempt> current, List<RunHistory.Past> past) {}

  /** Makes this node the shard's owner: whoever owned it can write nothing from now on. */
  public Ownership takeOver(int shard) {
    return transactions.runIdempotent(() ->
        transactions.onConnection(connection -> {
          try (var statement = connection.prepareStatement(TAKE_OVER)) {
            statement.setLong(1, shard);
            statement.setString(2, schemaOwner);
            var rows = statement.executeQuery();
            rows.next();
            return new Ownership(rows.getLong(1), rows.getLong(2));
          }
        }));
  }

  /** The shard's log starts anew: earlier offsets mean nothing any more. */
  public void resetOffset(int shard, long epoch, long consumedOffset) {
    transactions.runIdempotent(() ->
        transactions.onConnection(connection -> {
          try (var statement = connection.prepareStatement(RESET_OFFSET)) {
            statement.setLong(1, consumedOffset);
            statement.setLong(2, shard);
            statement.setLong(3, epoch);
            return statement.executeUpdate();
          }
        }));
  }

  /**
   * Commits batches of several shards in one transaction.
   *
   * @param deletable outbox rows whose messages have arrived where they belong
   * @return the batches whose epoch is over; if there are any, nothing was written
   * @throws OvertakenException if runs that a batch began can't have begun
   */
  public Set<Batch> commit(
      Collection<Batch> batches, List<OutboxStore.Message> messages, Collection<String> deletable) {
    return transactions.runIdempotent(() ->
        transactions.onConnection(connection -> {
          var fenced = fence(connection, batches);
          if (fenced != batches.size()) {
            connection.rollback();
            return lost(connection, batches);
          }
          var overtaken = numbers.overtaken(batches);
          if (!overtaken.isEmpty()) {
            throw new OvertakenException(overtaken);
          }
          insertRuns(connection, batches);
          updateRuns(connection, batches);
          loopStore.write(connection, batches);
          quarantine(connection, batches);
          upsertAttempts(connection, batches);
          tell(connection, batches);
          outbox.insert(connection, messages);
          OutboxStore.delete(connection, arrived(batches, deletable));
          suspects.write(connection, batches);
          return Set.<Batch>of();
        }));
  }

  /** No statement, unless a run has ended that tells somebody. */
  private void tell(Connection connection, Collection<Batch> batches) throws SQLException {
    var told = new ArrayList<NewNotification>();
    for (var batch : batches) {
      for (var changes : batch.runs()) {
        var row = changes.row();
        var alerts = row == null ? null : row.facts().alerts();
        if (row != null && alerts != null) {
          for (var event : changes.told()) {
            told.addAll(
                NewNotification.of(
                    row.key(), row.facts().internalId(), alerts, event, row.modifyTime()));
          }
        }
      }
    }
    notifications.write(connection, told, told.isEmpty() ? 0 : told.getFirst().dueAt());
  }

  /** What this commit makes come into effect, and what has arrived elsewhere. */
  private static List<String> arrived(Collection<Batch> batches, Collection<String> deletable) {
    var ids = new ArrayList<>(deletable);
    batches.forEach(batch -> ids.addAll(batch.consumed()));
    return ids;
  }

  private static int fence(Connection connection, Collection<Batch> batches) throws SQLException {
    try (var statement = connection.prepareStatement(FENCE)) {
      statement.setArray(1, longs(connection, batches, b -> (long) b.shard()));
      statement.setArray(2, longs(connection, batches, Batch::epoch));
      statement.setArray(3, longs(connection, batches, Batch::offset));
      return statement.executeUpdate();
    }
  }

  /** Tells by the epoch: a node may own a shard again while a batch of its former time waits. */
  private static Set<Batch> lost(Connection connection, Collection<Batch> batches)
      throws SQLException {
    var lost = new HashSet<>(batches);
    try (var statement = connection.prepareStatement(STILL_OWNED)) {
      statement.setArray(1, longs(connection, batches, b -> (long) b.shard()));
      statement.setArray(2, longs(connection, batches, Batch::epoch));
      var rows = statement.executeQuery();
      while (rows.next()) {
        var shard = rows.getLong(1);
        var epoch = rows.getLong(2);
        lost.removeIf(batch -> batch.shard() == shard && batch.epoch() == epoch);
      }
    }
    if (lost.isEmpty()) {
      throw new IllegalStateException("expected one batch of each shard, found " + batches.size());
    }
    return lost;
  }

  private void updateRuns(Connection connection, Collection<Batch> batches) throws SQLException {
    var rows = new ArrayList<RunRow>();
    for (var batch : batches) {
      for (var changes : batch.runs()) {
        if (changes.row() != null && changes.created() == null && !changes.isBegunInTurn()) {
          rows.add(changes.row());
        }
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(UPDATE_RUNS)) {
      bindRuns(statement, rows);
      statement.executeUpdate();
    }
  }

  private void bindRuns(PreparedStatement statement, List<RunRow> rows) throws SQLException {
    var connection = statement.getConnection();
    statement.setArray(1, texts(connection, rows, r -> r.key().workflowId()));
    statement.setArray(2, longs(connection, rows, r -> r.key().instanceId()));
    statement.setArray(3, longs(connection, rows, r -> r.key().runId()));
    statement.setArray(4, texts(connection, rows, r -> r.status().name()));
    statement.setArray(5, booleans(connection, rows, RunRow::blocking));
    statement.setArray(6, longs(connection, rows, RunRow::startTime));
    statement.setArray(7, longs(connection, rows, RunRow::endTime));
    statement.setArray(8, longs(connection, rows, RunRow::modifyTime));
    statement.setArray(9, longs(connection, rows, RunRow::dueAt));
    statement.setArray(
        10, texts(connection, rows, r -> r.progress().isEmpty() ? null : json.write(r.progress())));
  }

  /** A new run, what its row says of its facts, and where it lives. */
  private record NewRun(RunRow row, int shard, Object facts) {}

  private void insertRuns(Connection connection, Collection<Batch> batches) throws SQLException {
    var created = new ArrayList<NewRun>();
    for (var batch : batches) {
      for (var changes : batch.runs()) {
        var row = changes.row();
        var facts = changes.created();
        if (row != null && facts != null) {
          created.add(new NewRun(row, batch.shard(), facts));
        } else if (row != null && changes.isBegunInTurn()) {
          created.add(new NewRun(row, row.key().shard(shards), row.facts()));
        }
      }
    }
    if (created.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(INSERT_RUNS)) {
      bindRuns(statement, created.stream().map(NewRun::row).toList());
      statement.setArray(11, texts(connection, created, r -> r.row().uuid()));
      statement.setArray(12, longs(connection, created, r -> (long) r.shard()));
      statement.setArray(13, longs(connection, created, r -> r.row().versionId()));
      statement.setArray(14, longs(connection, created, r -> r.row().createTime()));
      statement.setArray(15, texts(connection, created, r -> json.write(r.facts())));
      statement.executeUpdate();
    }
  }

  private void quarantine(Connection connection, Collection<Batch> batches) throws SQLException {
    for (var batch : batches) {
      for (var changes : batch.runs()) {
        var quarantined = changes.quarantined();
        if (quarantined != null) {
          quarantine(connection, quarantined);
          if (quarantined.as().isTerminal()) {
            endAttempts(connection, quarantined);
          }
        }
      }
    }
  }

  private void quarantine(Connection connection, RunChanges.Quarantine quarantined)
      throws SQLException {
    var ends = quarantined.as().isTerminal();
    try (var statement = connection.prepareStatement(QUARANTINE)) {
      statement.setString(1, quarantined.as().name());
      statement.setBoolean(2, quarantined.as() == RunStatus.FAILED);
      statement.setObject(3, ends ? (Long) quarantined.at() : null, Types.BIGINT);
      statement.setLong(4, quarantined.at());
      statement.setString(
          5, json.write(RunRow.Progress.quarantined(quarantined.reason(), quarantined.at())));
      bind(statement, 6, quarantined.run());
      statement.executeUpdate();
    }
  }

  private static void endAttempts(Connection connection, RunChanges.Quarantine ended)
      throws SQLException {
    try (var statement = connection.prepareStatement(END_ATTEMPTS)) {
      statement.setString(1, RunRemains.stepsEndAs(ended.as()).name());
      statement.setLong(2, ended.at());
      bind(statement, 3, ended.run());
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, int first, RunKey run) throws SQLException {
    statement.setString(first, run.workflowId());
    statement.setLong(first + 1, run.instanceId());
    statement.setLong(first + 2, run.runId());
  }

  /** What is left of a run that can't be read; empty if there is none. */
  public Optional<RunRemains> remains(RunKey key) {
    var live =
        query(
            LIVE_ATTEMPTS,
            statement -> bind(statement, 1, key),
            rows ->
                new RunRemains.LiveAttempt(
                    rows.getString(1),
                    rows.getLong(2),
                    StepStatus.valueOf(rows.getString(4)),
                    childOf(rows)));
    return query(
            REMAINS,
            statement -> bind(statement, 1, key),
            rows ->
                new RunRemains(
                    key,
                    rows.getString(1),
                    RunStatus.valueOf(rows.getString(2)),
                    legible(key, rows.getString(3)),
                    live))
        .stream()
        .findFirst();
  }

  private @Nullable RunKey childOf(ResultSet rows) throws SQLException {
    var status = StepStatus.valueOf(rows.getString(4));
    try {
      return ChildArtifact.child(
          json.attempt(
                  rows.getString(1),
                  rows.getLong(2),
                  rows.getLong(3),
                  status,
                  rows.getLong(5),
                  rows.getString(6))
              .artifacts());
    } catch (RuntimeException _) {
      return null; // this may be what can't be read
    }
  }

  private @Nullable RunFacts legible(RunKey key, String facts) {
    try {
      return loops.factsOf(key, facts);
    } catch (RuntimeException _) {
      return null;
    }
  }

  /** How a run stands, by its column alone; empty if there is none. */
  public Optional<RunStatus> status(RunKey key) {
    return query(
            STATUS_OF,
            statement -> bind(statement, 1, key),
            rows -> RunStatus.valueOf(rows.getString(1)))
        .stream()
        .findFirst();
  }

  /** Whether this epoch of a shard is still the current one. */
  public boolean owns(int shard, long epoch) {
    return !query(
            OWNS,
            statement -> {
              statement.setLong(1, shard);
              statement.setLong(2, epoch);
            },
            rows -> rows.getLong(1))
        .contains(0L);
  }

  /**
   * Returns when every commit of this epoch whose answer was lost has happened or has not.
   *
   * @return whether the epoch is still the current one
   */
  public boolean settled(int shard, long epoch) {
    return transactions.<Boolean>runIdempotent(() ->
        transactions.onConnection(connection -> {
          try (var statement = connection.prepareStatement(SETTLED)) {
            statement.setLong(1, shard);
            statement.setLong(2, epoch);
            return statement.executeQuery().next();
          }
        }));
  }

  private record AttemptOf(RunKey run, int shard, StepAttempt attempt) {}

  private void upsertAttempts(Connection connection, Collection<Batch> batches)
      throws SQLException {
    var rows = new ArrayList<AttemptOf>();
    for (var batch : batches) {
      for (var changes : batch.runs()) {
        for (var attempt : changes.attempts()) {
          rows.add(new AttemptOf(changes.key(), batch.shard(), attempt));
        }
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(UPSERT_ATTEMPTS)) {
      statement.setArray(1, texts(connection, rows, r -> r.run().workflowId()));
      statement.setArray(2, longs(connection, rows, r -> r.run().instanceId()));
      statement.setArray(3, longs(connection, rows, r -> r.run().runId()));
      statement.setArray(4, texts(connection, rows, r -> r.attempt().stepId()));
      statement.setArray(5, longs(connection, rows, r -> r.attempt().attemptId()));
      statement.setArray(6, longs(connection, rows, r -> (long) r.shard()));
      statement.setArray(7, longs(connection, rows, r -> r.attempt().seq()));
      statement.setArray(8, texts(connection, rows, r -> r.attempt().status().name()));
      statement.setArray(9, longs(connection, rows, r -> r.attempt().times().create()));
      statement.setArray(10, longs(connection, rows, r -> r.attempt().times().end()));
      statement.setArray(11, longs(connection, rows, r -> r.attempt().state().wakeAt()));
      statement.setArray(12, texts(connection, rows, r -> json.facts(r.attempt())));
      statement.executeUpdate();
    }
  }

  static Array shardArray(PreparedStatement statement, Collection<Integer> shards)
      throws SQLException {
    return statement
        .getConnection()
        .createArrayOf("int8", shards.stream().map(Integer::longValue).toArray());
  }

  private static final String SIZES =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id,
             octet_length(r.facts) + coalesce(octet_length(r.progress), 0)
             + coalesce((SELECT sum(octet_length(a.facts))
                           FROM step_attempt AS a
                          WHERE a.workflow_id = r.workflow_id AND a.instance_id = r.instance_id
                            AND a.run_id <= r.run_id), 0)
        FROM workflow_run AS r
        JOIN unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS v (workflow_id, instance_id, run_id)
          ON r.workflow_id = v.workflow_id AND r.instance_id = v.instance_id
         AND r.run_id = v.run_id
      """;

  /** How much would be read of these runs, in bytes; those that don't exist are left out. */
  public Map<RunKey, Long> sizes(Collection<RunKey> keys) {
    var sizes = new HashMap<RunKey, Long>();
    query(SIZES, keyed(keys), rows -> sizes.put(key(rows), rows.getLong(4)));
    return sizes;
  }

  /** Loads runs with what their steps have come to; those that don't exist are left out. */
  public Map<RunKey, Loaded> load(Collection<RunKey> keys) {
    var stored = query(RUNS, keyed(keys), this::storedRow);
    var runs = stored.stream().map(this::runRow).toList();
    var wanted = new HashMap<RunKey, RunKey>(); // of two runs of an instance, the later one
    for (var row : runs) {
      wanted.merge(instanceOf(row.key()), row.key(), (a, b) -> a.runId() > b.runId() ? a : b);
    }
    var asked = runs.stream().map(RunRow::key).collect(Collectors.toSet());
    var attempts = attempts(wanted.values(), asked::contains);
    var policies = policies(wanted.values());
    var loaded = new LinkedHashMap<RunKey, Loaded>();
    for (var row : runs) {
      var key = row.key();
      var ofInstance = attempts.getOrDefault(instanceOf(key), Map.of());
      loaded.put(
          key,
          new Loaded(
              row,
              ofInstance.getOrDefault(key.runId(), Map.of()),
              past(ofInstance, policies.getOrDefault(instanceOf(key), Map.of()), key.runId() - 1)));
    }
    return loaded;
  }

  private static RunKey instanceOf(RunKey run) {
    return new RunKey(run.workflowId(), run.instanceId(), 0);
  }

  /**
   * The latest attempt of each step in each run up to these, by instance and run. What a run of the
   * past came to is no more than the columns of its rows say, if the rest can't be read.
   */
  private Map<RunKey, Map<Long, Map<String, StepAttempt>>> attempts(
      Collection<RunKey> upTo, Predicate<RunKey> goesOn) {
    var found = new HashMap<RunKey, Map<Long, Map<String, StepAttempt>>>();
    query(
        ATTEMPTS,
        keyed(upTo),
        rows -> {
          var attempt = goesOn.test(key(rows)) ? attempt(rows) : readable(rows);
          found
              .computeIfAbsent(
                  new RunKey(rows.getString(1), rows.getLong(2), 0), _ -> new TreeMap<>())
              .computeIfAbsent(rows.getLong(3), _ -> new LinkedHashMap<>())
              .put(attempt.stepId(), attempt);
          return 0;
        });
    return found;
  }

  /** How a run came to run, what it executes, and what attempts before the latest started. */
  private record Restarted(
      RestartPolicy policy, RunFacts.@Nullable Restart restart, Map<String, RunKey> children) {

    static Restarted first(Map<String, RunKey> children) {
      return new Restarted(RestartPolicy.START_FRESH_NEW_RUN, null, children);
    }
  }

  /** How the runs up to these came to run, by instance and run; none for those that are first. */
  private Map<RunKey, Map<Long, Restarted>> policies(Collection<RunKey> upTo) {
    var again = upTo.stream().filter(run -> run.runId() > 1).toList();
    if (again.isEmpty()) {
      return Map.of();
    }
    var found = new HashMap<RunKey, Map<Long, Restarted>>();
    query(
        RESTARTS,
        keyed(again),
        rows ->
            found
                .computeIfAbsent(
                    new RunKey(rows.getString(1), rows.getLong(2), 0), _ -> new TreeMap<>())
                .put(rows.getLong(3), restarted(rows.getString(4), childrenIn(rows.getString(5)))));
    return found;
  }

  private Restarted restarted(@Nullable String facts, Map<String, RunKey> children) {
    if (facts == null) {
      return Restarted.first(children);
    }
    if (IterationFacts.isIn(facts)) {
      var own = json.read(facts, IterationFacts.class);
      return new Restarted(
          own.p() == null ? RestartPolicy.START_FRESH_NEW_RUN : own.p(), own.r(), children);
    }
    var own = json.read(facts, RunFacts.class);
    return new Restarted(own.policy(), own.restart(), children);
  }

  /** None if what a run of the past came to can't be read. */
  private Map<String, RunKey> childrenIn(@Nullable String progress) {
    try {
      return progress(progress).children();
    } catch (UnreadableRowException e) {
      return Map.of();
    }
  }

  private RunRow.Progress progress(@Nullable String progress) {
    return progress == null ? RunRow.Progress.NONE : json.read(progress, RunRow.Progress.class);
  }

  private static List<RunHistory.Past> past(
      Map<Long, Map<String, StepAttempt>> attempts, Map<Long, Restarted> policies, long last) {
    var runs = new TreeSet<>(attempts.keySet());
    runs.addAll(policies.keySet());
    return runs.headSet(last, true).stream()
        .map(run -> {
          var how = policies.getOrDefault(run, Restarted.first(Map.of()));
          return new RunHistory.Past(
              how.policy(), how.restart(), attempts.getOrDefault(run, Map.of()), how.children());
        })
        .toList();
  }

  private static ColumnStatements.Binding keyed(Collection<RunKey> keys) {
    return statement -> {
      var connection = statement.getConnection();
      statement.setArray(1, texts(connection, keys, RunKey::workflowId));
      statement.setArray(2, longs(connection, keys, RunKey::instanceId));
      statement.setArray(3, longs(connection, keys, RunKey::runId));
    };
  }

  /** A row before its facts have been read: those of an iteration stand elsewhere. */
  private record StoredRow(RunRow row, String facts) {}

  private RunRow runRow(StoredRow stored) {
    return stored.row().with(loops.factsOf(stored.row().key(), stored.facts()));
  }

  private StoredRow storedRow(ResultSet rows) throws SQLException {
    var row =
        new RunRow(
            new RunKey(rows.getString(1), rows.getLong(2), rows.getLong(3)),
            rows.getString(4),
            RunStatus.valueOf(rows.getString(5)),
            rows.getBoolean(6),
            rows.getBoolean(7),
            rows.getLong(8),
            rows.getLong(9),
            rows.getObject(10, Long.class),
            rows.getObject(11, Long.class),
            rows.getLong(12),
            rows.getObject(13, Long.class),
            RunFacts.NONE,
            progress(rows.getString(15)));
    return new StoredRow(row, rows.getString(14));
  }

  private StepAttempt attempt(ResultSet rows) throws SQLException {
    return json.attempt(
        rows.getString(4),
        rows.getLong(5),
        rows.getLong(6),
        StepStatus.valueOf(rows.getString(7)),
        rows.getLong(8),
        rows.getString(9));
  }

  /** An attempt, or what its columns say of it. */
  private StepAttempt readable(ResultSet rows) throws SQLException {
    try {
      return attempt(rows);
    } catch (UnreadableRowException e) {
      return RunRecords.unreadable(
          rows.getString(4),
          rows.getLong(5),
          rows.getLong(6),
          StepStatus.valueOf(rows.getString(7)),
          rows.getLong(8),
          String.valueOf(e.getMessage()));
    }
  }

  /** The runs of a shard that have not ended. */
  public List<RunKey> liveRuns(int shard) {
    return query(LIVE_RUNS, statement -> statement.setLong(1, shard), RunStore::key);
  }

  /** The iterations of a chunk that have not ended. */
  public List<RunKey> liveIterations(RunKey chunk) {
    return query(
        LIVE_ITERATIONS,
        statement -> {
          statement.setString(1, chunk.workflowId());
          statement.setLong(2, chunk.chunk() * InlineWorkflow.CHUNK);
          statement.setLong(3, (chunk.chunk() + 1) * InlineWorkflow.CHUNK);
        },
        RunStore::key);
  }

  /**
   * Runs of these shards that may begin, were created before {@code before}, and have not begun.
   */
  public List<RunKey> unbegunRuns(Collection<Integer> shards, long before) {
    return query(
        UNBEGUN_RUNS,
        statement -> {
          statement.setArray(1, shardArray(statement, shards));
          statement.setLong(2, before);
        },
        RunStore::key);
  }

  /** The runs of a shard whose time is up before {@code before}. */
  public Map<RunKey, Long> dueRuns(int shard, long before) {
    var due = new LinkedHashMap<RunKey, Long>();
    query(
        DUE_RUNS,
        statement -> {
          statement.setLong(1, shard);
          statement.setLong(2, before);
        },
        rows -> due.put(key(rows), rows.getLong(4)));
    return due;
  }

  /** The attempts of a shard that have to be looked at before {@code before}. */
  public List<DueAttempt> dueAttempts(int shard, long before) {
    return query(
        DUE_ATTEMPTS,
        statement -> {
          statement.setLong(1, shard);
          statement.setLong(2, before);
        },
        rows -> new DueAttempt(key(rows), rows.getString(4), rows.getLong(5), rows.getLong(6)));
  }

  private Standing standing(ResultSet rows) throws SQLException {
    var progress = rows.getString(2);
    return new Standing(
        RunStatus.valueOf(rows.getString(1)),
        progress == null ? null : json.read(progress, RunRow.Progress.class).rollup());
  }

  private static final String STANDING =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.status, r.create_time, r.end_time, r.progress
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS v (workflow_id, instance_id, run_id)
        JOIN workflow_run AS r
          ON r.workflow_id = v.workflow_id AND r.instance_id = v.instance_id
         AND r.run_id = v.run_id
       WHERE r.status NOT IN ('CREATED', 'IN_PROGRESS')
      """;

  /** How a run that has ended or was set aside stands. */
  public record Stands(
      RunKey run,
      RunStatus status,
      long createTime,
      @Nullable Long endTime,
      RunRow.Progress progress) {}

  /** Those of these runs that have ended, or were set aside. */
  public List<Stands> standing(Collection<RunKey> runs) {
    return runs.isEmpty()
        ? List.of()
        : query(
            STANDING,
            keyed(List.copyOf(runs)),
            rows -> {
              var progress = rows.getString(7);
              return new Stands(
                  key(rows),
                  RunStatus.valueOf(rows.getString(4)),
                  rows.getLong(5),
                  rows.getObject(6, Long.class),
                  progress == null
                      ? RunRow.Progress.NONE
                      : json.read(progress, RunRow.Progress.class));
            });
  }

  /** How a run stands; empty if there is none. */
  public Optional<Standing> standing(RunKey key) {
    var found =
        query(
            STATUS_OF,
            statement -> {
              statement.setString(1, key.workflowId());
              statement.setLong(2, key.instanceId());
              statement.setLong(3, key.runId());
            },
            this::standing);
    return found.stream().findFirst();
  }

  /**
   * What is kept of an instance: its last run's number and leaf steps by status, and what its runs
   * have left.
   */
  public record Before(long runId, @Nullable Map<String, Long> rollup, RunHistory history) {
    /** Of an instance without a run. */
    public static final Before NEVER = new Before(0, null, RunHistory.NONE);
  }

  /** What is kept of these instances of a workflow, by number; those without a run are left out. */
  public Map<Long, Before> before(String workflowId, Collection<Long> instanceIds, RunPlan plan) {
    var found = new LinkedHashMap<Long, Before>();
    var lastRuns =
        query(
            LAST_RUNS,
            statement -> {
              statement.setArray(1, longs(statement, instanceIds));
              statement.setString(2, workflowId);
            },
            rows -> new LastRun(rows.getLong(1), rows.getLong(2), rows.getString(3)));
    var keys =
        lastRuns.stream().map(r -> new RunKey(workflowId, r.instanceId(), r.runId())).toList();
    var attempts = attempts(keys, _ -> false);
    // The last run is one of the past as well.
    var policies = policies(keys);
    for (var last : lastRuns) {
      var progress = progress(last.progress());
      var instance = new RunKey(workflowId, last.instanceId(), 0);
      var restarts =
          last.runId() > 1
              ? policies.getOrDefault(instance, Map.of())
              : Map.of(last.runId(), Restarted.first(progress.children()));
      found.put(
          last.instanceId(),
          new Before(
              last.runId(),
              progress.rollup(),
              RunHistory.of(
                  plan, past(attempts.getOrDefault(instance, Map.of()), restarts, last.runId()))));
    }
    return found;
  }

  private record LastRun(long instanceId, long runId, @Nullable String progress) {}

  /** The number of an instance's latest run; null if there is no such instance. */
  @Nullable Long latestRun(String workflowId, long instanceId) {
    var found = new ArrayList<Long>();
    query(
        LATEST_RUN,
        statement -> {
          statement.setString(1, workflowId);
          statement.setLong(2, instanceId);
        },
        rows -> {
          var latest = rows.getObject(1, Long.class);
          return latest != null && found.add(latest);
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  /** A run's status and, once it has ended, its leaf steps by status. */
  public record Standing(RunStatus status, @Nullable Map<String, Long> rollup) {}

  private static RunKey key(ResultSet rows) throws SQLException {
    return new RunKey(rows.getString(1), rows.getLong(2), rows.getLong(3));
  }

  private <T extends @Nullable Object> List<T> query(
      String sql, ColumnStatements.Binding binding, ColumnStatements.RowReader<T> reader) {
    return transactions.read(() -> statements.query(sql, binding, reader));
  }
}
