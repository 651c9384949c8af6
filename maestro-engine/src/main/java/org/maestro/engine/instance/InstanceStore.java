package org.maestro.engine.instance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.InstanceCounts;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.definition.WorkflowOverview;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.service.json.UnreadableRowException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads runs and step attempts for people. Writes nothing. Every statement goes by a primary key or
 * by one of the indexes that starting and running need anyway, over a bounded part of it.
 */
public final class InstanceStore {
  /** What is read of runs for one page, but for the last of them. */
  static final long RUN_BYTES = 2L << 20;

  /** What is read of attempts for one answer, but for the last of them. */
  static final long STEP_BYTES = 8L << 20;

  private static final String UNREAD = "there is no room for it in this answer";

  private static final String RUN_COLUMNS =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.uuid, r.shard, r.status, r.admitted,
             r.blocking, r.version_id, r.create_time, r.start_time, r.end_time, r.modify_time,
             r.due_at, r.facts, r.progress, w.owner
        FROM workflow_run AS r
        LEFT JOIN workflow AS w ON w.workflow_id = r.workflow_id
      """;

  private static final String ATTEMPT_COLUMNS =
      """
      a.workflow_id, a.instance_id, a.run_id, a.step_id, a.attempt_id, a.seq, a.status,
      a.create_time, a.facts
      """;

  private final JdbcClient jdbc;
  private final RunJson json;
  private final LoopSource loops;

  public InstanceStore(JdbcClient jdbc, RunJson json, LoopSource loops) {
    this.jdbc = jdbc;
    this.json = json;
    this.loops = loops;
  }

  /**
   * A run and whose it is.
   *
   * @param owner of the workflow now; of an inline workflow, that of its run
   * @param unreadable why the rest of the row can't be read; null if it can
   */
  public record StoredRun(RunRow row, int shard, String owner, @Nullable String unreadable) {
    public StoredRun(RunRow row, int shard, String owner) {
      this(row, shard, owner, null);
    }

    public RunKey key() {
      return row.key();
    }

    /** Whether there was no room for it in the answer: only its columns are here. */
    boolean isUnread() {
      return UNREAD.equals(unreadable);
    }
  }

  /** An attempt and the run it belongs to. */
  public record StoredAttempt(RunKey run, StepAttempt attempt) {}

  // ------------------------------------------------------------------ runs

  private static final String RUN =
      RUN_COLUMNS
          + """
           WHERE r.workflow_id = :workflowId AND r.instance_id = :instanceId AND r.run_id = :runId
             AND w.deletion IS NULL
          """;

  private static final String LATEST_RUN =
      RUN_COLUMNS
          + """
           WHERE r.workflow_id = :workflowId AND r.instance_id = :instanceId AND w.deletion IS NULL
           ORDER BY r.run_id DESC
           LIMIT 1
          """;

  /**
   * One run; what belongs to a workflow that is being deleted is not found.
   *
   * @param runId null for the latest
   */
  public Optional<StoredRun> run(String workflowId, long instanceId, @Nullable Long runId) {
    var statement =
        jdbc.sql(runId == null ? LATEST_RUN : RUN)
            .param("workflowId", workflowId)
            .param("instanceId", instanceId);
    if (runId != null) {
      statement = statement.param("runId", runId);
    }
    return statement.query(this::run).optional();
  }

  private static final String RUNS_OF_INSTANCE =
      RUN_COLUMNS
          + """
           WHERE r.workflow_id = :workflowId AND r.instance_id = :instanceId
             AND r.run_id < :cursor AND w.deletion IS NULL
           ORDER BY r.run_id DESC
           LIMIT :limit
          """;

  private static final String RUNS_OF_INSTANCE_BACKWARD =
      RUN_COLUMNS
          + """
           WHERE r.workflow_id = :workflowId AND r.instance_id = :instanceId
             AND r.run_id > :cursor AND w.deletion IS NULL
           ORDER BY r.run_id
           LIMIT :limit
          """;

  /** The runs of an instance, newest first if forward, beyond the cursor. */
  public List<StoredRun> runs(
      String workflowId, long instanceId, boolean forward, long cursor, int limit) {
    return jdbc.sql(forward ? RUNS_OF_INSTANCE : RUNS_OF_INSTANCE_BACKWARD)
        .param("workflowId", workflowId)
        .param("instanceId", instanceId)
        .param("cursor", cursor)
        .param("limit", limit)
        .query(this::run)
        .list();
  }

  private static final String RUNS_BY_KEY =
      RUN_COLUMNS
          + """
            JOIN unnest(CAST(:workflows AS TEXT[]), CAST(:instances AS INT8[]), CAST(:runs AS INT8[]))
                 AS v (workflow_id, instance_id, run_id)
              ON r.workflow_id = v.workflow_id AND r.instance_id = v.instance_id
             AND r.run_id = v.run_id
          """;

  /** These runs, in no order; those that don't exist are left out. */
  public List<StoredRun> runs(Collection<RunKey> keys) {
    return keys.isEmpty() ? List.of() : keyed(RUNS_BY_KEY, keys).query(this::run).list();
  }

  private JdbcClient.StatementSpec keyed(String sql, Collection<RunKey> keys) {
    return jdbc.sql(sql)
        .param("workflows", keys.stream().map(RunKey::workflowId).toArray(String[]::new))
        .param("instances", keys.stream().map(RunKey::instanceId).toArray(Long[]::new))
        .param("runs", keys.stream().map(RunKey::runId).toArray(Long[]::new));
  }

  private static final String LATEST_RUNS =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.uuid, r.shard, r.status, r.admitted,
             r.blocking, r.version_id, r.create_time, r.start_time, r.end_time, r.modify_time,
             r.due_at, CASE WHEN coalesce(r.before, 0) < :bytes THEN r.facts END AS facts,
             r.progress, CAST(NULL AS TEXT) AS owner
        FROM (SELECT d.*,
                     sum(octet_length(d.facts))
                       OVER (ORDER BY d.instance_id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                       AS before
                FROM (SELECT l.*
                        FROM (SELECT DISTINCT ON (instance_id) *
                                FROM workflow_run
                               WHERE workflow_id = :workflowId
                                 AND instance_id >= :low AND instance_id <= :high
                               ORDER BY instance_id DESC, run_id DESC) AS l
                       WHERE (CAST(:status AS TEXT) IS NULL OR l.status = :status)
                         AND (CAST(:from AS INT8) IS NULL OR l.create_time >= :from)
                         AND (CAST(:to AS INT8) IS NULL OR l.create_time < :to)
                       ORDER BY l.instance_id DESC
                       LIMIT :limit) AS d) AS r
       ORDER BY r.instance_id DESC
      """;

  private static final String LATEST_RUNS_BACKWARD =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.uuid, r.shard, r.status, r.admitted,
             r.blocking, r.version_id, r.create_time, r.start_time, r.end_time, r.modify_time,
             r.due_at, CASE WHEN coalesce(r.before, 0) < :bytes THEN r.facts END AS facts,
             r.progress, CAST(NULL AS TEXT) AS owner
        FROM (SELECT d.*,
                     sum(octet_length(d.facts))
                       OVER (ORDER BY d.instance_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                       AS before
                FROM (SELECT l.*
                        FROM (SELECT DISTINCT ON (instance_id) *
                                FROM workflow_run
                               WHERE workflow_id = :workflowId
                                 AND instance_id >= :low AND instance_id <= :high
                               ORDER BY instance_id, run_id DESC) AS l
                       WHERE (CAST(:status AS TEXT) IS NULL OR l.status = :status)
                         AND (CAST(:from AS INT8) IS NULL OR l.create_time >= :from)
                         AND (CAST(:to AS INT8) IS NULL OR l.create_time < :to)
                       ORDER BY l.instance_id
                       LIMIT :limit) AS d) AS r
       ORDER BY r.instance_id
      """;

  private static final String UNSUCCESSFUL =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.uuid, r.shard, r.status, r.admitted,
             r.blocking, r.version_id, r.create_time, r.start_time, r.end_time, r.modify_time,
             r.due_at, CASE WHEN coalesce(r.before, 0) < :bytes THEN r.facts END AS facts,
             r.progress, CAST(NULL AS TEXT) AS owner
        FROM (SELECT d.*,
                     sum(octet_length(d.facts))
                       OVER (ORDER BY d.instance_id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                       AS before
                FROM (SELECT *
                        FROM workflow_run AS l
                       WHERE l.status IN ('FAILED', 'TIMED_OUT', 'STOPPED')
                         AND l.workflow_id NOT LIKE 'maestro\\_%'
                         AND l.workflow_id = :workflowId AND l.status = :status
                         AND l.instance_id >= :low AND l.instance_id <= :high
                         AND (CAST(:from AS INT8) IS NULL OR l.create_time >= :from)
                         AND (CAST(:to AS INT8) IS NULL OR l.create_time < :to)
                         AND NOT EXISTS (SELECT 1
                                           FROM workflow_run AS later
                                          WHERE later.workflow_id = l.workflow_id
                                            AND later.instance_id = l.instance_id
                                            AND later.run_id > l.run_id)
                       ORDER BY l.instance_id DESC
                       LIMIT :limit) AS d) AS r
       ORDER BY r.instance_id DESC
      """;

  /** Found by themselves, among any number of others. */
  static boolean isUnsuccessful(@Nullable RunStatus status) {
    return status == RunStatus.FAILED
        || status == RunStatus.TIMED_OUT
        || status == RunStatus.STOPPED;
  }

  /**
   * The latest run of each instance from {@code low} to {@code high}, newest instance first if
   * forward. Ends with one that is {@linkplain StoredRun#isUnread() unread} if what there is would
   * be too much for one answer.
   */
  public List<StoredRun> latestRuns(
      String workflowId, boolean forward, long low, long high, InstanceFilter filter, int limit) {
    var read =
        jdbc.sql(latestRuns(workflowId, forward, filter))
            .param("workflowId", workflowId)
            .param("low", low)
            .param("high", high)
            .param("status", filter.status() == null ? null : filter.status().name())
            .param("from", filter.from())
            .param("to", filter.to())
            .param("limit", limit)
            .param("bytes", RUN_BYTES)
            .query(this::run)
            .list();
    return upToFirstUnread(read);
  }

  private static String latestRuns(String workflowId, boolean forward, InstanceFilter filter) {
    if (!forward) {
      return LATEST_RUNS_BACKWARD;
    }
    return isUnsuccessful(filter.status()) && !InlineWorkflow.isInline(workflowId)
        ? UNSUCCESSFUL
        : LATEST_RUNS;
  }

  private static List<StoredRun> upToFirstUnread(List<StoredRun> read) {
    for (int i = 0; i < read.size(); i++) {
      if (read.get(i).isUnread()) {
        return read.subList(0, i + 1);
      }
    }
    return read;
  }

  private static final String LATEST_OF =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.uuid, r.shard, r.status, r.admitted,
             r.blocking, r.version_id, r.create_time, r.start_time, r.end_time, r.modify_time,
             r.due_at, r.facts, r.progress, CAST(NULL AS TEXT) AS owner
        FROM unnest(CAST(:instances AS INT8[])) AS v (instance_id)
       CROSS JOIN LATERAL (
             SELECT *
               FROM workflow_run
              WHERE workflow_id = :workflowId AND instance_id = v.instance_id
              ORDER BY run_id DESC
              LIMIT 1
             ) AS r
      """;

  /** The latest run of each of these instances; those that have none are left out. */
  public List<StoredRun> latestOf(String workflowId, Collection<Long> instanceIds) {
    return instanceIds.isEmpty()
        ? List.of()
        : jdbc.sql(LATEST_OF)
            .param("workflowId", workflowId)
            .param("instances", instanceIds.toArray(Long[]::new))
            .query(this::run)
            .list();
  }

  private static final String FAILED_RUNS =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.uuid, r.shard, r.status, r.admitted,
             r.blocking, r.version_id, r.create_time, r.start_time, r.end_time, r.modify_time,
             r.due_at, CASE WHEN coalesce(r.before, 0) < :bytes THEN r.facts END AS facts,
             r.progress, r.owner
        FROM (SELECT d.*,
                     sum(octet_length(d.facts))
                       OVER (ORDER BY d.end_time DESC, d.workflow_id, d.instance_id, d.run_id
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM (SELECT f.*, w.owner
                        FROM (SELECT *
                                FROM workflow_run
                               WHERE status IN ('FAILED', 'TIMED_OUT')
                                 AND workflow_id NOT LIKE 'maestro\\_%'
                               ORDER BY end_time DESC
                               LIMIT :scan) AS f
                        JOIN workflow AS w ON w.workflow_id = f.workflow_id AND w.deletion IS NULL
                       WHERE (CAST(:owner AS TEXT) IS NULL OR w.owner = :owner)
                         AND (CAST(:workflowId AS TEXT) IS NULL OR f.workflow_id = :workflowId)
                         AND NOT EXISTS (SELECT 1
                                           FROM workflow_run AS later
                                          WHERE later.workflow_id = f.workflow_id
                                            AND later.instance_id = f.instance_id
                                            AND later.run_id > f.run_id)
                       ORDER BY f.end_time DESC
                       LIMIT :limit) AS d) AS r
       ORDER BY r.end_time DESC, r.workflow_id, r.instance_id, r.run_id
      """;

  /**
   * The runs that failed last and have not been restarted, of all workflows, the latest first; not
   * those of iterations and handlers.
   *
   * @param scan how many failed runs are looked at for them
   */
  List<StoredRun> failedRuns(
      @Nullable String owner, @Nullable String workflowId, int scan, int limit) {
    return jdbc.sql(FAILED_RUNS)
        .param("owner", owner)
        .param("workflowId", workflowId)
        .param("scan", scan)
        .param("limit", limit)
        .param("bytes", RUN_BYTES)
        .query(this::run)
        .list();
  }

  private StoredRun run(ResultSet rows, int number) throws SQLException {
    var progress = rows.getString("progress");
    var text = rows.getString("facts");
    if (text == null) {
      return run(rows, RunFacts.remainsOf(json, "{}"), RunRow.Progress.NONE, UNREAD);
    }
    try {
      return run(
          rows,
          loops.factsOf(key(rows), text),
          progress == null ? RunRow.Progress.NONE : json.read(progress, RunRow.Progress.class),
          null);
    } catch (UnreadableRowException e) {
      return run(rows, RunFacts.remainsOf(json, text), RunRow.Progress.NONE, e.getMessage());
    }
  }

  private static StoredRun run(
      ResultSet rows, RunFacts facts, RunRow.Progress progress, @Nullable String unreadable)
      throws SQLException {
    var owner = rows.getString("owner");
    var row =
        new RunRow(
            key(rows),
            rows.getString("uuid"),
            RunStatus.valueOf(rows.getString("status")),
            rows.getBoolean("admitted"),
            rows.getBoolean("blocking"),
            rows.getLong("version_id"),
            rows.getLong("create_time"),
            rows.getObject("start_time", Long.class),
            rows.getObject("end_time", Long.class),
            rows.getLong("modify_time"),
            rows.getObject("due_at", Long.class),
            facts,
            progress);
    return new StoredRun(
        row, (int) rows.getLong("shard"), owner == null ? facts.owner() : owner, unreadable);
  }

  private static RunKey key(ResultSet rows) throws SQLException {
    return new RunKey(
        rows.getString("workflow_id"), rows.getLong("instance_id"), rows.getLong("run_id"));
  }

  // ------------------------------------------------------------------ workflows

  /** What lists need to know of a workflow. */
  public record WorkflowSpan(String workflowId, String owner, long latestInstanceId) {}

  private static final String SPAN =
      """
      SELECT workflow_id, owner, latest_instance_id
        FROM workflow
       WHERE workflow_id = :workflowId AND deletion IS NULL
      """;

  /** A workflow; empty if it doesn't exist or is being deleted. */
  public Optional<WorkflowSpan> span(String workflowId) {
    return jdbc.sql(SPAN).param("workflowId", workflowId).query(InstanceStore::span).optional();
  }

  private static WorkflowSpan span(ResultSet rows, int number) throws SQLException {
    return new WorkflowSpan(
        rows.getString("workflow_id"), rows.getString("owner"), rows.getLong("latest_instance_id"));
  }

  // ------------------------------------------------------------------ over all workflows

  private static final String NEWEST =
      """
      SELECT k.workflow_id, k.instance_id, k.run_id, k.create_time,
             w.workflow_id IS NOT NULL
               AND (CAST(:owner AS TEXT) IS NULL OR w.owner = :owner)
               AND NOT EXISTS (SELECT 1
                                 FROM workflow_run AS later
                                WHERE later.workflow_id = k.workflow_id
                                  AND later.instance_id = k.instance_id
                                  AND later.run_id > k.run_id) AS wanted
        FROM (SELECT n.*
                FROM unnest(CAST(:statuses AS TEXT[])) AS s (status)
               CROSS JOIN LATERAL (
                     SELECT r.workflow_id, r.instance_id, r.run_id, r.create_time
                       FROM workflow_run AS r
                      WHERE r.status = s.status
                        AND r.workflow_id NOT LIKE 'maestro\\_%'
                        AND r.create_time >= :from
                        AND (r.create_time, r.workflow_id, r.instance_id, r.run_id)
                          < (:beforeTime, :beforeWorkflow, :beforeInstance, :beforeRun)
                      ORDER BY r.create_time DESC, r.workflow_id DESC, r.instance_id DESC,
                               r.run_id DESC
                      LIMIT :scan
                     ) AS n
               ORDER BY n.create_time DESC, n.workflow_id DESC, n.instance_id DESC, n.run_id DESC
               LIMIT :scan) AS k
        LEFT JOIN workflow AS w ON w.workflow_id = k.workflow_id AND w.deletion IS NULL
       ORDER BY k.create_time DESC, k.workflow_id DESC, k.instance_id DESC, k.run_id DESC
      """;

  /**
   * A run among the newest.
   *
   * @param isWanted whether it is its instance's latest one, and its workflow is meant
   */
  record Newest(RunKey run, long createTime, boolean isWanted) {}

  /**
   * The newest runs of all workflows with one of these statuses, the newest first, that were
   * created at or after a time; not those of iterations and handlers. Costs the same whatever there
   * is.
   *
   * @param before from behind this one on
   * @param owner of those that are wanted; null for any
   * @param scan how many are looked at
   */
  List<Newest> newest(
      Collection<RunStatus> statuses,
      long from,
      SearchCursor before,
      @Nullable String owner,
      int scan) {
    return jdbc.sql(NEWEST)
        .param("statuses", statuses.stream().map(RunStatus::name).toArray(String[]::new))
        .param("from", from)
        .param("beforeTime", before.createTime())
        .param("beforeWorkflow", before.workflowId())
        .param("beforeInstance", before.instanceId())
        .param("beforeRun", before.runId())
        .param("owner", owner)
        .param("scan", scan)
        .query((rows, _) ->
            new Newest(key(rows), rows.getLong("create_time"), rows.getBoolean("wanted")))
        .list();
  }

  private static final String IN_ONE_ANSWER =
      """
      SELECT r.workflow_id, r.instance_id, r.run_id, r.uuid, r.shard, r.status, r.admitted,
             r.blocking, r.version_id, r.create_time, r.start_time, r.end_time, r.modify_time,
             r.due_at, CASE WHEN coalesce(r.before, 0) < :bytes THEN r.facts END AS facts,
             r.progress, r.owner
        FROM (SELECT d.*, w.owner,
                     sum(octet_length(d.facts))
                       OVER (ORDER BY v.place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                       AS before, v.place
                FROM unnest(CAST(:workflows AS TEXT[]), CAST(:instances AS INT8[]),
                            CAST(:runs AS INT8[]), CAST(:places AS INT8[]))
                     AS v (workflow_id, instance_id, run_id, place)
                JOIN workflow_run AS d
                  ON d.workflow_id = v.workflow_id AND d.instance_id = v.instance_id
                 AND d.run_id = v.run_id
                LEFT JOIN workflow AS w ON w.workflow_id = d.workflow_id) AS r
       ORDER BY r.place
      """;

  /**
   * These runs in this order; those that don't exist are left out. Ends with one that is
   * {@linkplain StoredRun#isUnread() unread} if what there is would be too much for one answer.
   */
  List<StoredRun> inOneAnswer(List<RunKey> keys) {
    return keys.isEmpty()
        ? List.of()
        : upToFirstUnread(
            keyed(IN_ONE_ANSWER, keys)
                .param("places", LongStream.range(0, keys.size()).boxed().toArray(Long[]::new))
                .param("bytes", RUN_BYTES)
                .query(this::run)
                .list());
  }

  // ------------------------------------------------------------------ attempts

  /** Columns of attempts; facts of as many as fit into an answer, the shortest first. */
  private static final String AS_FAR_AS_THERE_IS_ROOM =
      """
      SELECT m.workflow_id, m.instance_id, m.run_id, m.step_id, m.attempt_id, m.seq, m.status,
             m.create_time, CASE WHEN coalesce(m.before, 0) < :bytes THEN m.facts END AS facts
        FROM (SELECT a.*,
                     sum(octet_length(a.facts))
                       OVER (ORDER BY octet_length(a.facts), a.workflow_id, a.instance_id,
                                      a.run_id, a.step_id, a.attempt_id
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM (
      """;

  private static final String STEPS_OF_RUN =
      AS_FAR_AS_THERE_IS_ROOM
          + "SELECT DISTINCT ON (a.step_id) "
          + ATTEMPT_COLUMNS
          + """
            FROM step_attempt AS a
           WHERE a.workflow_id = :workflowId AND a.instance_id = :instanceId AND a.run_id = :runId
           ORDER BY a.step_id, a.attempt_id DESC) AS a) AS m
           ORDER BY m.step_id
          """;

  /** The latest attempt of every step that this run has created. */
  public List<StoredAttempt> steps(RunKey run) {
    return attempts(STEPS_OF_RUN, run).param("bytes", STEP_BYTES).query(this::attempt).list();
  }

  private static final String STEPS_SO_FAR =
      AS_FAR_AS_THERE_IS_ROOM
          + "SELECT DISTINCT ON (a.step_id, a.run_id) "
          + ATTEMPT_COLUMNS
          + """
            FROM step_attempt AS a
           WHERE a.workflow_id = :workflowId AND a.instance_id = :instanceId AND a.run_id <= :runId
           ORDER BY a.step_id, a.run_id, a.attempt_id DESC) AS a) AS m
           ORDER BY m.step_id, m.run_id
          """;

  /** The latest attempt of every step in each run up to this one; a step's runs in order. */
  public List<StoredAttempt> stepsSoFar(RunKey run) {
    return attempts(STEPS_SO_FAR, run).param("bytes", STEP_BYTES).query(this::attempt).list();
  }

  private JdbcClient.StatementSpec attempts(String sql, RunKey run) {
    return jdbc.sql(sql)
        .param("workflowId", run.workflowId())
        .param("instanceId", run.instanceId())
        .param("runId", run.runId());
  }

  private static final String ATTEMPTS =
      AS_FAR_AS_THERE_IS_ROOM
          + "SELECT "
          + ATTEMPT_COLUMNS
          + """
            FROM step_attempt AS a
           WHERE a.workflow_id = :workflowId AND a.instance_id = :instanceId AND a.run_id = :runId
             AND a.step_id = :stepId AND a.attempt_id < :cursor
           ORDER BY a.attempt_id DESC
           LIMIT :limit) AS a) AS m
           ORDER BY m.attempt_id DESC
          """;

  /** The attempts of a step in a run before {@code cursor}, newest first. */
  public List<StoredAttempt> attempts(RunKey run, String stepId, long cursor, int limit) {
    return attempts(ATTEMPTS, run)
        .param("stepId", stepId)
        .param("cursor", cursor)
        .param("limit", limit)
        .param("bytes", STEP_BYTES)
        .query(this::attempt)
        .list();
  }

  /** One attempt, or the latest of its run; no or one element. */
  public List<StoredAttempt> attempt(RunKey run, String stepId, OptionalLong attemptId) {
    if (attemptId.isEmpty()) {
      return attempts(run, stepId, Long.MAX_VALUE, 1);
    }
    var wanted = attemptId.getAsLong();
    return attempts(run, stepId, wanted + 1, 1).stream()
        .filter(found -> found.attempt().attemptId() == wanted)
        .toList();
  }

  private static final String STEP_SO_FAR =
      "SELECT "
          + ATTEMPT_COLUMNS
          + """
            FROM step_attempt AS a
           WHERE a.workflow_id = :workflowId AND a.instance_id = :instanceId
             AND a.step_id = :stepId AND a.run_id <= :runId
           ORDER BY a.run_id DESC, a.attempt_id DESC
           LIMIT 1
          """;

  /** The latest attempt of a step over all runs up to this one. */
  public Optional<StoredAttempt> stepSoFar(RunKey run, String stepId) {
    return attempts(STEP_SO_FAR, run).param("stepId", stepId).query(this::attempt).optional();
  }

  private static final String STANDING =
      """
      SELECT a.workflow_id, a.instance_id, a.run_id, a.attempt_id, a.status
        FROM step_attempt AS a
       WHERE a.workflow_id = :workflowId AND a.instance_id = :instanceId
         AND a.step_id = :stepId AND a.run_id <= :runId
       ORDER BY a.run_id DESC, a.attempt_id DESC
       LIMIT 1
      """;

  /** Which attempt of a step is the latest one, and its status: nothing of what it is made of. */
  public record Standing(RunKey run, String stepId, long attemptId, StepStatus status) {}

  /** Where a step stands over all runs up to this one; costs the same however large it is. */
  public Optional<Standing> standing(RunKey run, String stepId) {
    return attempts(STANDING, run)
        .param("stepId", stepId)
        .query((rows, _) ->
            new Standing(
                key(rows),
                stepId,
                rows.getLong("attempt_id"),
                StepStatus.valueOf(rows.getString("status"))))
        .optional();
  }

  private static final String STEPS_OF_RUNS =
      AS_FAR_AS_THERE_IS_ROOM
          + "SELECT DISTINCT ON (a.workflow_id, a.instance_id, a.run_id, a.step_id) "
          + ATTEMPT_COLUMNS
          + """
            FROM step_attempt AS a
            JOIN unnest(CAST(:workflows AS TEXT[]), CAST(:instances AS INT8[]), CAST(:runs AS INT8[]))
                 AS v (workflow_id, instance_id, run_id)
              ON a.workflow_id = v.workflow_id AND a.instance_id = v.instance_id
             AND a.run_id <= v.run_id
           ORDER BY a.workflow_id, a.instance_id, a.run_id, a.step_id, a.attempt_id DESC) AS a) AS m
           ORDER BY m.workflow_id, m.instance_id, m.run_id, m.step_id
          """;

  /** The latest attempt of every step in each run up to these, runs in order. */
  public List<StoredAttempt> stepsSoFar(Collection<RunKey> runs) {
    return runs.isEmpty()
        ? List.of()
        : keyed(STEPS_OF_RUNS, runs).param("bytes", STEP_BYTES).query(this::attempt).list();
  }

  private static final String FIRST_FAILED_OF_RUNS =
      AS_FAR_AS_THERE_IS_ROOM
          + "SELECT "
          + ATTEMPT_COLUMNS
          + """
            FROM unnest(CAST(:workflows AS TEXT[]), CAST(:instances AS INT8[]), CAST(:runs AS INT8[]))
                 AS v (workflow_id, instance_id, run_id)
           CROSS JOIN LATERAL (
                 SELECT *
                   FROM step_attempt AS s
                  WHERE s.workflow_id = v.workflow_id AND s.instance_id = v.instance_id
                    AND s.run_id = v.run_id AND s.status = ANY (CAST(:failed AS TEXT[]))
                  ORDER BY s.end_time
                  LIMIT 1
                 ) AS a) AS a) AS m
          """;

  private static final String[] FAILED =
      Arrays.stream(StepStatus.values())
          .filter(status -> status.isFinal() && !status.isComplete())
          .map(StepStatus::name)
          .toArray(String[]::new);

  /** Of each of these runs the attempt that failed first; in no order. */
  List<StoredAttempt> firstFailed(Collection<RunKey> runs) {
    return runs.isEmpty()
        ? List.of()
        : keyed(FIRST_FAILED_OF_RUNS, runs)
            .param("failed", FAILED)
            .param("bytes", STEP_BYTES)
            .query(this::attempt)
            .list();
  }

  private StoredAttempt attempt(ResultSet rows, int number) throws SQLException {
    var stepId = rows.getString("step_id");
    var attemptId = rows.getLong("attempt_id");
    var seq = rows.getLong("seq");
    var status = StepStatus.valueOf(rows.getString("status"));
    var created = rows.getLong("create_time");
    var facts = rows.getString("facts");
    if (facts == null) {
      return new StoredAttempt(
          key(rows), RunRecords.unread(stepId, attemptId, seq, status, created));
    }
    try {
      return new StoredAttempt(
          key(rows), RunRecords.attempt(json, stepId, attemptId, seq, status, created, facts));
    } catch (UnreadableRowException e) {
      return new StoredAttempt(
          key(rows),
          RunRecords.unreadable(
              stepId, attemptId, seq, status, created, String.valueOf(e.getMessage())));
    }
  }

  // ------------------------------------------------------------------ counts, queues

  private static final String LIVE_COUNTS =
      """
      SELECT status, count(*) AS instances
        FROM workflow_run
       WHERE workflow_id = :workflowId AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
       GROUP BY status
      """;

  private static final String FAILED_COUNT =
      """
      SELECT count(*)
        FROM (SELECT 1
                FROM workflow_run AS r
               WHERE r.workflow_id = :workflowId AND r.blocking AND r.status = 'FAILED'
                 AND NOT EXISTS (SELECT 1
                                   FROM workflow_run AS later
                                  WHERE later.workflow_id = r.workflow_id
                                    AND later.instance_id = r.instance_id
                                    AND later.run_id > r.run_id)
               LIMIT :most) AS failed
      """;

  /** Live instances by status, and those that failed and were neither restarted nor unblocked. */
  InstanceCounts.Counts counts(String workflowId) {
    var live = new EnumMap<RunStatus, Long>(RunStatus.class);
    jdbc.sql(LIVE_COUNTS)
        .param("workflowId", workflowId)
        .query(rows -> {
          live.put(RunStatus.valueOf(rows.getString(1)), rows.getLong(2));
        });
    long failed =
        jdbc.sql(FAILED_COUNT)
            .param("workflowId", workflowId)
            .param("most", WorkflowOverview.MOST_FAILED)
            .query(Long.class)
            .single();
    return new InstanceCounts.Counts(
        live.getOrDefault(RunStatus.CREATED, 0L),
        live.getOrDefault(RunStatus.IN_PROGRESS, 0L),
        live.getOrDefault(RunStatus.PAUSED, 0L),
        failed);
  }

  private static final String ADMITTED =
      """
      SELECT instance_id, run_id, workflow_id
        FROM workflow_run
       WHERE workflow_id = :workflowId AND admitted
         AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
       ORDER BY instance_id
       LIMIT :limit
      """;

  /** The live runs that the workflow's run strategy lets run. */
  public List<RunKey> admitted(String workflowId, int limit) {
    return jdbc.sql(ADMITTED)
        .param("workflowId", workflowId)
        .param("limit", limit)
        .query((rows, _) -> key(rows))
        .list();
  }

  private static final String AHEAD =
      """
      SELECT count(*)
        FROM workflow_run
       WHERE workflow_id = :workflowId AND NOT admitted AND instance_id < :instanceId
         AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
      """;

  /** How many instances wait for their run strategy before this one. */
  public long queuedBefore(String workflowId, long instanceId) {
    return jdbc.sql(AHEAD)
        .param("workflowId", workflowId)
        .param("instanceId", instanceId)
        .query(Long.class)
        .single();
  }

  private static final String FIRST_QUEUED =
      """
      SELECT instance_id, run_id, workflow_id
        FROM workflow_run
       WHERE workflow_id = :workflowId AND NOT admitted AND instance_id < :instanceId
         AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
       ORDER BY instance_id
       LIMIT :limit
      """;

  /** The first of those. */
  public List<RunKey> firstQueued(String workflowId, long instanceId, int limit) {
    return jdbc.sql(FIRST_QUEUED)
        .param("workflowId", workflowId)
        .param("instanceId", instanceId)
        .param("limit", limit)
        .query((rows, _) -> key(rows))
        .list();
  }

  private static final String BLOCKING =
      """
      SELECT instance_id, run_id, workflow_id
        FROM workflow_run
       WHERE workflow_id = :workflowId AND blocking
       ORDER BY instance_id
       LIMIT :limit
      """;

  /** The failed runs that hold back a STRICT_SEQUENTIAL workflow. */
  public List<RunKey> blocking(String workflowId, int limit) {
    return jdbc.sql(BLOCKING)
        .param("workflowId", workflowId)
        .param("limit", limit)
        .query((rows, _) -> key(rows))
        .list();
  }

  /** Who set a breakpoint, and when, in epoch milliseconds. */
  public record Breakpoint(String author, long createTime) {}

  private static final String BREAKPOINT =
      """
      SELECT author, create_time
        FROM step_breakpoint
       WHERE workflow_id = :workflowId AND step_id = :stepId
      """;

  /** The breakpoint at a step, if there is one. */
  public Optional<Breakpoint> breakpoint(String workflowId, String stepId) {
    return jdbc.sql(BREAKPOINT)
        .param("workflowId", workflowId)
        .param("stepId", stepId)
        .query((rows, _) -> new Breakpoint(rows.getString(1), rows.getLong(2)))
        .optional();
  }
}
