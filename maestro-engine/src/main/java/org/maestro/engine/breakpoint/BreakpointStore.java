package org.maestro.engine.breakpoint;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.model.breakpoint.PausedAttempt;
import org.maestro.model.breakpoint.StepBreakpoint;
import org.maestro.model.instance.StepStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Owns the table of breakpoints. Of the step attempts it only reads which ones stand at one. */
public final class BreakpointStore {
  private final JdbcClient jdbc;

  public BreakpointStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static final String INSERT =
      """
      INSERT INTO step_breakpoint (workflow_id, step_id, author, create_time)
      VALUES (:workflowId, :stepId, :author, :createTime)
      ON CONFLICT (workflow_id, step_id) DO NOTHING
      """;

  /** Sets a breakpoint; one that is set already stays as it is. */
  void insert(StepBreakpoint breakpoint) {
    jdbc.sql(INSERT)
        .param("workflowId", breakpoint.workflowId())
        .param("stepId", breakpoint.stepId())
        .param("author", breakpoint.createdBy())
        .param("createTime", breakpoint.createTime())
        .update();
  }

  private static final String LIST =
      """
      SELECT workflow_id, step_id, author, create_time
        FROM step_breakpoint
       WHERE workflow_id = :workflowId AND (CAST(:stepId AS TEXT) IS NULL OR step_id = :stepId)
       ORDER BY step_id
      """;

  /** The breakpoints of a workflow, or of one of its steps. */
  public List<StepBreakpoint> list(String workflowId, @Nullable String stepId) {
    return jdbc.sql(LIST)
        .param("workflowId", workflowId)
        .param("stepId", stepId, Types.VARCHAR)
        .query(BreakpointStore::breakpointOf)
        .list();
  }

  private static final String ALL =
      "SELECT workflow_id, step_id, author, create_time FROM step_breakpoint";

  List<StepBreakpoint> all() {
    return jdbc.sql(ALL).query(BreakpointStore::breakpointOf).list();
  }

  private static final String DELETE =
      "DELETE FROM step_breakpoint WHERE workflow_id = :workflowId AND step_id = :stepId";

  /** Takes a breakpoint away; returns how many there were. */
  int delete(String workflowId, String stepId) {
    return jdbc.sql(DELETE).param("workflowId", workflowId).param("stepId", stepId).update();
  }

  private static final String DELETE_ALL =
      "DELETE FROM step_breakpoint WHERE workflow_id = :workflowId";

  int deleteAll(String workflowId) {
    return jdbc.sql(DELETE_ALL).param("workflowId", workflowId).update();
  }

  private static final String PAUSED =
      """
      SELECT a.workflow_id, r.version_id, a.instance_id, a.run_id, a.step_id, a.attempt_id,
             a.create_time
        FROM step_attempt AS a
        JOIN workflow_run AS r
          ON r.workflow_id = a.workflow_id AND r.instance_id = a.instance_id
         AND r.run_id = a.run_id
       WHERE a.workflow_id = :workflowId AND a.step_id = :stepId AND a.status = 'PAUSED'
      """;
  private static final String PAUSED_PAGE =
      PAUSED
          + """
             AND (a.instance_id, a.run_id, a.attempt_id) > (:instanceId, :runId, :attemptId)
           ORDER BY a.instance_id, a.run_id, a.attempt_id
           LIMIT :limit
          """;

  /**
   * Attempts of a step that stand at a breakpoint, by instance.
   *
   * @param after the last one of the page before; null for the first page
   */
  public List<PausedAttempt> paused(
      String workflowId, String stepId, @Nullable PausedAttempt after, int limit) {
    return jdbc.sql(PAUSED_PAGE)
        .param("workflowId", workflowId)
        .param("stepId", stepId)
        .param("instanceId", after == null ? -1 : after.workflowInstanceId())
        .param("runId", after == null ? -1 : after.workflowRunId())
        .param("attemptId", after == null ? -1 : after.stepAttemptId())
        .param("limit", limit)
        .query(BreakpointStore::pausedOf)
        .list();
  }

  /** By way of the breakpoints: they are few, and the attempts that run are many. */
  private static final String PAUSED_ANYWHERE =
      """
      SELECT b.workflow_id, r.version_id, a.instance_id, a.run_id, b.step_id, a.attempt_id,
             a.create_time
        FROM (SELECT workflow_id, step_id
                FROM step_breakpoint
               ORDER BY workflow_id, step_id
               LIMIT :limit) AS b
       CROSS JOIN LATERAL (
             SELECT instance_id, run_id, attempt_id, create_time
               FROM step_attempt
              WHERE workflow_id = b.workflow_id AND step_id = b.step_id AND status = 'PAUSED'
              LIMIT :limit) AS a
       CROSS JOIN LATERAL (
             SELECT version_id
               FROM workflow_run
              WHERE workflow_id = b.workflow_id AND instance_id = a.instance_id
                AND run_id = a.run_id
              LIMIT 1) AS r
       ORDER BY a.create_time
       LIMIT :limit
      """;

  /**
   * Attempts that stand at breakpoints of any workflow, those first that stand there longest.
   *
   * @param limit how many, and how many breakpoints are looked at
   */
  public List<PausedAttempt> pausedAnywhere(int limit) {
    return jdbc.sql(PAUSED_ANYWHERE).param("limit", limit).query(BreakpointStore::pausedOf).list();
  }

  private static final String ATTEMPT =
      """
      SELECT status, create_time
        FROM step_attempt
       WHERE workflow_id = :workflowId AND instance_id = :instanceId AND run_id = :runId
         AND step_id = :stepId AND attempt_id = :attemptId
      """;

  /**
   * How an attempt stands.
   *
   * @param createTime of the attempt, in epoch milliseconds
   */
  public record Standing(StepStatus status, long createTime) {}

  /** How an attempt stands; empty if there is none. */
  public Optional<Standing> standing(
      String workflowId, long instanceId, long runId, String stepId, long attemptId) {
    return jdbc.sql(ATTEMPT)
        .param("workflowId", workflowId)
        .param("instanceId", instanceId)
        .param("runId", runId)
        .param("stepId", stepId)
        .param("attemptId", attemptId)
        .query((row, _) ->
            new Standing(StepStatus.valueOf(row.getString("status")), row.getLong("create_time")))
        .optional();
  }

  private static StepBreakpoint breakpointOf(ResultSet row, int number) throws SQLException {
    return new StepBreakpoint(
        row.getString("workflow_id"),
        row.getString("step_id"),
        row.getLong("create_time"),
        row.getString("author"));
  }

  private static PausedAttempt pausedOf(ResultSet row, int number) throws SQLException {
    return new PausedAttempt(
        row.getString("workflow_id"),
        row.getLong("version_id"),
        row.getLong("instance_id"),
        row.getLong("run_id"),
        row.getString("step_id"),
        row.getLong("attempt_id"),
        row.getLong("create_time"));
  }
}
