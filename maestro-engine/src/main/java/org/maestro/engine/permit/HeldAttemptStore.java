package org.maestro.engine.permit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Reads which step attempts hold or await permits. Only reads: the rows are the runs'. */
public final class HeldAttemptStore {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  public HeldAttemptStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private static final String COLUMNS =
      """
      SELECT a.workflow_id, a.instance_id, a.run_id, a.step_id, a.attempt_id, a.create_time,
             CAST(a.facts AS JSONB) -> 'permits' AS permits,
             CAST(CAST(r.facts AS JSONB) ->> 'step_concurrency' AS INT8) AS step_concurrency,
             CAST(CAST(r.facts AS JSONB) ->> 'instance_step_concurrency' AS INT8) AS instance_step_concurrency
        FROM step_attempt AS a
        JOIN workflow_run AS r
          ON r.workflow_id = a.workflow_id AND r.instance_id = a.instance_id
         AND r.run_id = a.run_id
      """;

  private static final String PAGE =
      """
         AND CAST(a.facts AS JSONB) -> 'permits' IS NOT NULL
         AND (a.workflow_id, a.step_id, a.instance_id, a.run_id, a.attempt_id)
             > (:workflowId, :stepId, :instanceId, :runId, :attemptId)
       ORDER BY a.workflow_id, a.step_id, a.instance_id, a.run_id, a.attempt_id
       LIMIT :limit
      """;

  private static final String HOLDING =
      COLUMNS + " WHERE a.status IN ('STARTING', 'RUNNING')\n" + PAGE;
  private static final String WAITING =
      COLUMNS + " WHERE a.status = 'WAITING_FOR_PERMITS'\n" + PAGE;

  /** The first place of all. */
  static final PermitHolder START = new PermitHolder("", -1, -1, "", -1);

  /** Attempts that run and need permits, after one of them. */
  List<HeldAttempt> holding(PermitHolder after, int limit) {
    return page(HOLDING, after, limit);
  }

  /** Attempts that wait for permits, after one of them. */
  List<HeldAttempt> waiting(PermitHolder after, int limit) {
    return page(WAITING, after, limit);
  }

  private List<HeldAttempt> page(String sql, PermitHolder after, int limit) {
    return jdbc.sql(sql)
        .param("workflowId", after.workflowId())
        .param("stepId", after.stepId())
        .param("instanceId", after.instanceId())
        .param("runId", after.runId())
        .param("attemptId", after.attemptId())
        .param("limit", limit)
        .query(this::attemptOf)
        .list();
  }

  private HeldAttempt attemptOf(ResultSet row, int number) throws SQLException {
    var holder =
        new PermitHolder(
            row.getString("workflow_id"),
            row.getLong("instance_id"),
            row.getLong("run_id"),
            row.getString("step_id"),
            row.getLong("attempt_id"));
    @Nullable Long stepConcurrency = row.getObject("step_concurrency", Long.class);
    @Nullable Long instanceStepConcurrency =
        row.getObject("instance_step_concurrency", Long.class);
    var limits = new HashMap<String, Long>();
    for (var tag : json.readValue(row.getString("permits"), String[].class)) {
      limits.put(
          tag,
          PermitRules.isAutomatic(tag)
              ? PermitRules.automaticLimit(
                  tag, holder.workflowId(), stepConcurrency, instanceStepConcurrency)
              : Long.MAX_VALUE); // a limit that somebody has set is known without the row
    }
    return new HeldAttempt(holder, limits, row.getLong("create_time"));
  }
}
