package org.maestro.engine.start;

import static org.maestro.service.database.ColumnStatements.booleans;
import static org.maestro.service.database.ColumnStatements.longs;
import static org.maestro.service.database.ColumnStatements.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.notification.store.NewNotification;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Transactions;

/**
 * The statements by which runs come into being and are admitted. Everything that depends on a
 * workflow's other instances happens behind the lock of the workflow's row, taken in the order of
 * ids. {@code UNIQUE (workflow_id, uuid)} is what makes starting exactly-once.
 */
public final class StartStore {
  private static final String LOCK =
      """
      SELECT workflow_id, internal_id, revision, latest_instance_id, reserved_instance_id, pause_time,
             deletion
        FROM workflow
       WHERE workflow_id = ANY (?)
       ORDER BY workflow_id
         FOR UPDATE
      """;

  private static final String LOOK =
      """
      SELECT workflow_id, internal_id, revision, latest_instance_id, reserved_instance_id, pause_time,
             deletion
        FROM workflow
       WHERE workflow_id = ?
      """;

  /**
   * LATERAL with a LIMIT: one look into the unique index per request, whatever the planner thinks.
   */
  private static final String DUPLICATES =
      """
      SELECT r.workflow_id, r.uuid, r.instance_id, r.run_id, r.version_id, r.status
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS TEXT[])) AS v (workflow_id, uuid)
       CROSS JOIN LATERAL (
             SELECT workflow_id, uuid, instance_id, run_id, version_id, status
               FROM workflow_run
              WHERE workflow_id = v.workflow_id AND uuid = v.uuid
              LIMIT 1
             ) AS r
      """;

  private static final String OPEN =
      """
      SELECT workflow_id, admitted, instance_id, run_id
        FROM workflow_run
       WHERE workflow_id = ANY (?) AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
       ORDER BY workflow_id, admitted, instance_id
      """;

  private static final String BLOCKED =
      "SELECT DISTINCT workflow_id FROM workflow_run WHERE workflow_id = ANY (?) AND blocking";

  private static final String COUNT_ON =
      """
      UPDATE workflow AS w
         SET latest_instance_id = v.latest
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[])) AS v (workflow_id, latest)
       WHERE w.workflow_id = v.workflow_id
      """;

  private static final String RESERVE =
      "UPDATE workflow SET reserved_instance_id = ? WHERE workflow_id = ?";

  private static final String INSERT =
      """
      INSERT INTO workflow_run
             (workflow_id, instance_id, run_id, uuid, shard, status, admitted, blocking,
              version_id, create_time, end_time, modify_time, facts, progress)
      SELECT v.workflow_id, v.instance_id, v.run_id, v.uuid, v.shard, v.status, v.admitted, false,
             v.version_id, v.create_time, v.end_time, v.create_time, v.facts, v.progress
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]),
                    CAST(? AS INT8[]), CAST(? AS TEXT[]), CAST(? AS BOOL[]), CAST(? AS INT8[]),
                    CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]))
             AS v (workflow_id, instance_id, run_id, uuid, shard, status, admitted, version_id,
                   create_time, end_time, facts, progress)
      """;

  private static final String STOP_QUEUED =
      """
      UPDATE workflow_run AS r
         SET status = 'STOPPED', end_time = v.at, modify_time = v.at, progress = v.progress
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]))
             AS v (workflow_id, instance_id, at, progress)
       WHERE r.workflow_id = v.workflow_id AND r.instance_id = v.instance_id
         AND r.status = 'CREATED' AND NOT r.admitted
      RETURNING r.instance_id, r.run_id, r.facts
      """;

  private static final String WITH_QUEUE =
      """
      SELECT DISTINCT workflow_id
        FROM workflow_run
       WHERE workflow_id = ANY (?) AND NOT admitted
         AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
      """;

  private static final String ALL_WITH_QUEUE =
      """
      SELECT DISTINCT workflow_id
        FROM workflow_run
       WHERE NOT admitted AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
      """;

  private static final String ADMIT =
      """
      UPDATE workflow_run
         SET admitted = true
       WHERE workflow_id = ? AND instance_id = ANY (?) AND status = 'CREATED' AND NOT admitted
      RETURNING instance_id, run_id
      """;

  private static final String LAST_RUN =
      """
      SELECT run_id, uuid, status, version_id, facts
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id = ?
       ORDER BY run_id DESC
       LIMIT 1
         FOR UPDATE
      """;

  private static final String LAST_RUN_NOW =
      """
      SELECT run_id, uuid, status, version_id, facts
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id = ?
       ORDER BY run_id DESC
       LIMIT 1
      """;

  private static final String UNBLOCK_INSTANCE =
      """
      UPDATE workflow_run SET blocking = false
       WHERE workflow_id = ? AND instance_id = ? AND blocking
      """;

  private static final String UNBLOCK_ALL =
      "UPDATE workflow_run SET blocking = false WHERE workflow_id = ? AND blocking";

  private static final String OPEN_RUNS =
      """
      SELECT instance_id, run_id
        FROM workflow_run
       WHERE workflow_id = ? AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
       ORDER BY admitted, instance_id
      """;

  private final Transactions transactions;
  private final ColumnStatements statements;
  private final RunJson json;
  private final LoopSource loops;
  private final NotificationStore notifications;

  public StartStore(
      Transactions transactions, RunJson json, LoopSource loops, NotificationStore notifications) {
    this.transactions = transactions;
    this.notifications = notifications;
    this.statements = new ColumnStatements(transactions);
    this.json = json;
    this.loops = loops;
  }

  /**
   * A workflow's row as a start sees it.
   *
   * @param reservedInstanceId the highest number that was taken before its start was accepted
   */
  record Head(
      String workflowId,
      long internalId,
      long revision,
      long latestInstanceId,
      long reservedInstanceId,
      boolean paused,
      boolean deleting) {

    /** The highest number that is not to be given any more. */
    long lastNumber() {
      return Math.max(latestInstanceId, reservedInstanceId);
    }
  }

  /**
   * A run to be inserted.
   *
   * @param progress what there is to say of a run that will never run
   */
  record NewRun(
      RunKey key,
      String uuid,
      int shard,
      RunStatus status,
      boolean admitted,
      long versionId,
      long createTime,
      @Nullable Long endTime,
      RunFacts facts,
      RunRow.Progress progress) {

    NewRun(
        RunKey key,
        String uuid,
        int shard,
        RunStatus status,
        boolean admitted,
        long versionId,
        long createTime,
        @Nullable Long endTime,
        RunFacts facts) {
      this(
          key,
          uuid,
          shard,
          status,
          admitted,
          versionId,
          createTime,
          endTime,
          facts,
          RunRow.Progress.NONE);
    }

    /** It will never run, because its run strategy says so. */
    NewRun stopped(String because, long now) {
      return new NewRun(
          key,
          uuid,
          shard,
          RunStatus.STOPPED,
          false,
          versionId,
          createTime,
          now,
          facts,
          RunRow.Progress.saying(TimelineEvent.info(now, because)));
    }

    /** The run as it is read back. */
    RunRow row() {
      return new RunRow(
          key,
          uuid,
          status,
          admitted,
          false,
          versionId,
          createTime,
          null,
          endTime,
          createTime,
          null,
          facts,
          progress);
    }
  }

  /** What is to be told of a run that has just been accepted, now or when it is late. */
  private static Stream<NewNotification> told(NewRun run) {
    var alerts = run.facts().alerts();
    if (alerts == null) {
      return Stream.empty();
    }
    var internalId = run.facts().internalId();
    return switch (run.status()) {
      case FAILED ->
          NewNotification.of(run.key(), internalId, alerts, AlertEvent.FAILURE, run.createTime())
              .stream();
      case CREATED -> {
        var lateAt = alerts.lateAt();
        yield lateAt == null
            ? Stream.empty()
            : NewNotification.of(run.key(), internalId, alerts, AlertEvent.LATE, lateAt).stream();
      }
      case IN_PROGRESS, PAUSED, SUCCEEDED, STOPPED, TIMED_OUT -> Stream.empty();
    };
  }

  record InstanceKey(String workflowId, long instanceId) {}

  record RequestId(String workflowId, String uuid) {}

  /** A run before its facts have been read: those of an iteration stand elsewhere. */
  private record StoredRun(
      RunKey key, String uuid, RunStatus status, long versionId, String facts) {}

  /** The last run of an instance. */
  record LastRun(RunKey key, String uuid, RunStatus status, long versionId, RunFacts facts) {}

  <T> T inTransaction(Supplier<T> work) {
    return transactions.runIdempotent(work);
  }

  Map<String, Head> lock(Collection<String> workflowIds) {
    var heads = new LinkedHashMap<String, Head>();
    statements.query(
        LOCK,
        statement -> statement.setArray(1, texts(statement, workflowIds)),
        rows -> heads.put(rows.getString(1), head(rows)));
    return heads;
  }

  private static Head head(ResultSet rows) throws SQLException {
    return new Head(
        rows.getString(1),
        rows.getLong(2),
        rows.getLong(3),
        rows.getLong(4),
        rows.getLong(5),
        rows.getObject(6) != null,
        rows.getObject(7) != null);
  }

  /** A workflow's row, and how the workflow stands. */
  record Look(Head head, AdmissionPolicy.@Nullable Standing standing) {}

  /** A workflow as it is, for those who will look again behind its lock; null if there is none. */
  @Nullable Look look(String workflowId) {
    return transactions.read(() -> {
      var found =
          statements.query(LOOK, statement -> statement.setString(1, workflowId), StartStore::head);
      if (found.isEmpty()) {
        return null;
      }
      var head = found.getFirst();
      return new Look(head, standings(List.of(head), false, new HashMap<>()).get(workflowId));
    });
  }

  Map<RequestId, Accepted> duplicates(Collection<RequestId> requests) {
    var found = new HashMap<RequestId, Accepted>();
    statements.query(
        DUPLICATES,
        statement -> {
          statement.setArray(
              1, texts(statement, requests.stream().map(RequestId::workflowId).toList()));
          statement.setArray(2, texts(statement, requests.stream().map(RequestId::uuid).toList()));
        },
        rows ->
            found.put(
                new RequestId(rows.getString(1), rows.getString(2)),
                new Accepted(
                    new RunKey(rows.getString(1), rows.getLong(3), rows.getLong(4)),
                    rows.getString(2),
                    rows.getLong(5),
                    RunStatus.valueOf(rows.getString(6)),
                    true)));
    return found;
  }

  /**
   * The live instances of locked workflows.
   *
   * @param withBlocked whether failures that hold back have to be looked for
   * @param openRuns filled with the run of each of them
   */
  Map<String, AdmissionPolicy.Standing> standings(
      Collection<Head> heads, boolean withBlocked, Map<InstanceKey, RunKey> openRuns) {
    var running = new HashMap<String, List<Long>>();
    var queued = new HashMap<String, List<Long>>();
    var ids = heads.stream().map(Head::workflowId).toList();
    statements.query(
        OPEN,
        statement -> statement.setArray(1, texts(statement, ids)),
        rows -> {
          var run = new RunKey(rows.getString(1), rows.getLong(3), rows.getLong(4));
          openRuns.put(new InstanceKey(run.workflowId(), run.instanceId()), run);
          return (rows.getBoolean(2) ? running : queued)
              .computeIfAbsent(run.workflowId(), _ -> new ArrayList<>())
              .add(run.instanceId());
        });
    var blocked =
        withBlocked
            ? statements.query(
                BLOCKED,
                statement -> statement.setArray(1, texts(statement, ids)),
                rows -> rows.getString(1))
            : List.<String>of();
    var standings = new HashMap<String, AdmissionPolicy.Standing>();
    for (var head : heads) {
      standings.put(
          head.workflowId(),
          new AdmissionPolicy.Standing(
              running.getOrDefault(head.workflowId(), List.of()),
              queued.getOrDefault(head.workflowId(), List.of()),
              blocked.contains(head.workflowId()),
              head.paused()));
    }
    return standings;
  }

  void countOn(Map<String, Long> latestInstanceIds) {
    statements.update(
        COUNT_ON,
        statement -> {
          statement.setArray(1, texts(statement, latestInstanceIds.keySet()));
          statement.setArray(2, longs(statement, latestInstanceIds.values()));
        });
  }

  /** A number of a locked workflow is nobody else's any more. */
  void reserve(String workflowId, long instanceId) {
    statements.update(
        RESERVE,
        statement -> {
          statement.setLong(1, instanceId);
          statement.setString(2, workflowId);
        });
  }

  /** Accepts runs, and keeps what is to be told of them. */
  void insert(List<NewRun> runs) {
    if (runs.isEmpty()) {
      return;
    }
    notifications.writeWithin(
        runs.stream().flatMap(StartStore::told).toList(), runs.getFirst().createTime());
    statements.update(
        INSERT,
        statement -> {
          var connection = statement.getConnection();
          statement.setArray(1, texts(connection, runs, r -> r.key().workflowId()));
          statement.setArray(2, longs(connection, runs, r -> r.key().instanceId()));
          statement.setArray(3, longs(connection, runs, r -> r.key().runId()));
          statement.setArray(4, texts(connection, runs, NewRun::uuid));
          statement.setArray(5, longs(connection, runs, r -> (long) r.shard()));
          statement.setArray(6, texts(connection, runs, r -> r.status().name()));
          statement.setArray(7, booleans(connection, runs, NewRun::admitted));
          statement.setArray(8, longs(connection, runs, NewRun::versionId));
          statement.setArray(9, longs(connection, runs, NewRun::createTime));
          statement.setArray(10, longs(connection, runs, NewRun::endTime));
          statement.setArray(11, texts(connection, runs, r -> json.write(r.facts())));
          statement.setArray(
              12,
              texts(
                  connection, runs, r -> r.progress().isEmpty() ? null : json.write(r.progress())));
        });
  }

  /** Ends queued runs; gives what those have to be told that wait for them. */
  List<RunCommand> stopQueued(
      String workflowId, List<Long> instanceIds, RunRow.Progress progress, long at) {
    if (instanceIds.isEmpty()) {
      return List.of();
    }
    var told = new ArrayList<RunCommand>();
    statements.query(
        STOP_QUEUED,
        statement -> {
          statement.setArray(
              1, texts(statement, instanceIds.stream().map(_ -> workflowId).toList()));
          statement.setArray(2, longs(statement, instanceIds));
          statement.setArray(3, longs(statement, instanceIds.stream().map(_ -> at).toList()));
          statement.setArray(
              4, texts(statement, instanceIds.stream().map(_ -> json.write(progress)).toList()));
        },
        rows -> {
          var run = new RunKey(workflowId, rows.getLong(1), rows.getLong(2));
          return told.addAll(
              RunCommand.ChildEnded.neverRan(run, loops.factsOf(run, rows.getString(3))));
        });
    return told;
  }

  /** Which of these workflows have instances that wait for admission. */
  List<String> withQueue(Collection<String> workflowIds) {
    return transactions.read(() ->
        statements.query(
            WITH_QUEUE,
            statement -> statement.setArray(1, texts(statement, workflowIds)),
            rows -> rows.getString(1)));
  }

  /** All workflows that have instances that wait for admission. */
  List<String> withQueue() {
    return transactions.read(
        () -> statements.query(ALL_WITH_QUEUE, _ -> {}, rows -> rows.getString(1)));
  }

  List<RunKey> admit(String workflowId, List<Long> instanceIds) {
    return statements.query(
        ADMIT,
        statement -> {
          statement.setString(1, workflowId);
          statement.setArray(2, longs(statement, instanceIds));
        },
        rows -> new RunKey(workflowId, rows.getLong(1), rows.getLong(2)));
  }

  /** The last run of an instance, locked; null if there is no such instance. */
  @Nullable LastRun lastRun(String workflowId, long instanceId) {
    return lastRun(LAST_RUN, workflowId, instanceId);
  }

  /** The same as it stands, for those who will look again behind its lock. */
  @Nullable LastRun lastRunNow(String workflowId, long instanceId) {
    return lastRun(LAST_RUN_NOW, workflowId, instanceId);
  }

  private @Nullable LastRun lastRun(String query, String workflowId, long instanceId) {
    var found =
        statements.query(
            query,
            statement -> {
              statement.setString(1, workflowId);
              statement.setLong(2, instanceId);
            },
            rows -> {
              var key = new RunKey(workflowId, instanceId, rows.getLong(1));
              return new StoredRun(
                  key,
                  rows.getString(2),
                  RunStatus.valueOf(rows.getString(3)),
                  rows.getLong(4),
                  rows.getString(5));
            });
    if (found.isEmpty()) {
      return null;
    }
    var last = found.getFirst();
    return new LastRun(
        last.key(),
        last.uuid(),
        last.status(),
        last.versionId(),
        loops.factsOf(last.key(), last.facts()));
  }

  /** An instance's failures hold nothing back any more. */
  int unblock(String workflowId, long instanceId) {
    return statements.update(
        UNBLOCK_INSTANCE,
        statement -> {
          statement.setString(1, workflowId);
          statement.setLong(2, instanceId);
        });
  }

  /** A workflow's failures hold nothing back any more. */
  int unblockAll(String workflowId) {
    return statements.update(UNBLOCK_ALL, statement -> statement.setString(1, workflowId));
  }

  /** The runs of a workflow that have not ended, queued ones first. */
  List<RunKey> openRuns(String workflowId) {
    return transactions.read(() ->
        statements.query(
            OPEN_RUNS,
            statement -> statement.setString(1, workflowId),
            rows -> new RunKey(workflowId, rows.getLong(1), rows.getLong(2))));
  }
}
