package org.maestro.engine.instance.purge;

import java.util.List;
import java.util.Optional;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.step.runtime.AttemptRef;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes what a workflow that is being deleted has left behind. Nothing starts any more, so what
 * has ended stays ended.
 */
public final class PurgeStore {
  private final JdbcClient jdbc;

  public PurgeStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A run that has not ended, and whether it was told to. */
  record Live(RunKey key, boolean told) {}

  private static final String LIVE =
      """
      SELECT workflow_id, instance_id, run_id, CAST(progress AS JSONB) ->> 'halt' IS NOT NULL AS told
        FROM workflow_run
       WHERE workflow_id = :workflowId AND status IN ('CREATED', 'IN_PROGRESS', 'PAUSED')
       ORDER BY admitted, instance_id
       LIMIT :limit
      """;

  List<Live> live(String workflowId, int limit) {
    return jdbc.sql(LIVE)
        .param("workflowId", workflowId)
        .param("limit", limit)
        .query((rows, _) ->
            new Live(
                new RunKey(rows.getString(1), rows.getLong(2), rows.getLong(3)),
                rows.getBoolean(4)))
        .list();
  }

  private static final String ATTEMPTS =
      """
      SELECT a.workflow_id, a.instance_id, a.run_id, a.step_id, a.attempt_id, r.uuid
        FROM step_attempt AS a
        JOIN workflow_run AS r
          ON r.workflow_id = a.workflow_id AND r.instance_id = a.instance_id
         AND r.run_id = a.run_id
       WHERE a.workflow_id = :workflowId
       ORDER BY a.instance_id, a.run_id, a.step_id, a.attempt_id
       LIMIT :limit
      """;

  /** The attempts that {@link #deleteAttempts} deletes next. */
  List<AttemptRef> attempts(String workflowId, int limit) {
    return jdbc.sql(ATTEMPTS)
        .param("workflowId", workflowId)
        .param("limit", limit)
        .query((rows, _) ->
            new RunKey(rows.getString(1), rows.getLong(2), rows.getLong(3))
                .attempt(rows.getString(6), rows.getString(4), rows.getLong(5)))
        .list();
  }

  private static final String DELETE_ATTEMPTS =
      """
      DELETE FROM step_attempt
       WHERE (workflow_id, instance_id, run_id, step_id, attempt_id) IN
             (SELECT workflow_id, instance_id, run_id, step_id, attempt_id
                FROM step_attempt
               WHERE workflow_id = :workflowId
               ORDER BY instance_id, run_id, step_id, attempt_id
               LIMIT :limit)
      """;

  private static final String DELETE_RUNS =
      """
      DELETE FROM workflow_run
       WHERE (workflow_id, instance_id, run_id) IN
             (SELECT workflow_id, instance_id, run_id
                FROM workflow_run
               WHERE workflow_id = :workflowId
                 AND status IN ('SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT')
               ORDER BY instance_id, run_id
               LIMIT :limit)
      """;

  private static final String INTERNAL_ID =
      "SELECT internal_id FROM workflow WHERE workflow_id = :workflowId";

  private static final String LOOP =
      """
      SELECT workflow_id
        FROM step_loop
       WHERE workflow_id >= :from AND workflow_id < :to
       ORDER BY workflow_id
       LIMIT 1
      """;

  /** An inline workflow of this one's foreach and while steps that has not been deleted yet. */
  Optional<String> loop(String workflowId) {
    var internalId =
        jdbc.sql(INTERNAL_ID).param("workflowId", workflowId).query(Long.class).optional();
    return internalId.stream()
        .flatMap(id -> InlineWorkflow.prefixes(id).stream())
        .flatMap(prefix ->
            jdbc
                .sql(LOOP)
                .param("from", prefix)
                .param("to", prefix.substring(0, prefix.length() - 1) + (char) ('_' + 1))
                .query(String.class)
                .optional()
                .stream())
        .findFirst();
  }

  private static final String DELETE_CHUNKS =
      "DELETE FROM loop_chunk WHERE workflow_id = :workflowId";

  private static final String DELETE_LOOPS =
      "DELETE FROM step_loop WHERE workflow_id = :workflowId";

  /** Deletes what is kept of a loop besides its iterations. */
  int deleteLoop(String inlineWorkflowId) {
    return jdbc.sql(DELETE_CHUNKS).param("workflowId", inlineWorkflowId).update()
        + jdbc.sql(DELETE_LOOPS).param("workflowId", inlineWorkflowId).update();
  }

  int deleteAttempts(String workflowId, int limit) {
    return delete(DELETE_ATTEMPTS, workflowId, limit);
  }

  int deleteRuns(String workflowId, int limit) {
    return delete(DELETE_RUNS, workflowId, limit);
  }

  private int delete(String sql, String workflowId, int limit) {
    return jdbc.sql(sql).param("workflowId", workflowId).param("limit", limit).update();
  }
}
