package org.maestro.engine.permit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.service.json.StrictJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads which step attempts hold or await permits. Only reads: the rows are the runs'. */
public final class HeldAttemptStore {
  private final JdbcClient jdbc;

  /** Reads a few members of what the runs have written, so it must accept all the others. */
  private final JsonMapper json = StrictJson.ownRows().build();

  public HeldAttemptStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An attempt that runs or waits.
   *
   * @param tags whose permits it needs; may be empty
   * @param since when it was created, in epoch milliseconds
   */
  record Held(PermitHolder holder, List<String> tags, long since) {}

  /** The identity of a run. */
  record Run(String workflowId, long instanceId, long runId) {
    static Run of(PermitHolder holder) {
      return new Run(holder.workflowId(), holder.instanceId(), holder.runId());
    }
  }

  /** What a run says of the automatic limits; null where it says nothing. */
  record Concurrency(@Nullable Long stepConcurrency, @Nullable Long instanceStepConcurrency) {}

  /** Before all attempts. */
  static final PermitHolder START = new PermitHolder("", -1, -1, "", -1);

  private static final String COLUMNS =
      """
      SELECT workflow_id, instance_id, run_id, step_id, attempt_id, create_time, facts
        FROM step_attempt
      """;
  private static final String PAGE =
      """
         AND (workflow_id, step_id, instance_id, run_id, attempt_id)
             > (:workflowId, :stepId, :instanceId, :runId, :attemptId)
       ORDER BY workflow_id, step_id, instance_id, run_id, attempt_id
       LIMIT :limit
      """;
  private static final String RUNNING =
      COLUMNS + " WHERE status IN ('STARTING', 'RUNNING')\n" + PAGE;
  private static final String WAITING = COLUMNS + " WHERE status = 'WAITING_FOR_PERMITS'\n" + PAGE;

  private static final String LIVE =
      """
      SELECT workflow_id, instance_id, run_id, step_id, attempt_id
        FROM step_attempt
       WHERE (workflow_id, instance_id, run_id, step_id, attempt_id) IN (:holders)
         AND status IN ('STARTING', 'RUNNING', 'WAITING_FOR_PERMITS')
      """;

  /** Those of the attempts that run or wait. */
  List<PermitHolder> live(Collection<PermitHolder> holders) {
    return holders.isEmpty()
        ? List.of()
        : jdbc.sql(LIVE)
            .param(
                "holders",
                holders.stream()
                    .map(one ->
                        new Object[] {
                          one.workflowId(),
                          one.instanceId(),
                          one.runId(),
                          one.stepId(),
                          one.attemptId()
                        })
                    .toList())
            .query((row, _) ->
                new PermitHolder(
                    row.getString("workflow_id"),
                    row.getLong("instance_id"),
                    row.getLong("run_id"),
                    row.getString("step_id"),
                    row.getLong("attempt_id")))
            .list();
  }

  /** Attempts that run, and so hold what they need; those after one of them. */
  List<Held> running(PermitHolder after, int limit) {
    return page(RUNNING, after, limit);
  }

  /** Attempts that wait for permits; those after one of them. */
  List<Held> waiting(PermitHolder after, int limit) {
    return page(WAITING, after, limit);
  }

  private List<Held> page(String sql, PermitHolder after, int limit) {
    return jdbc.sql(sql)
        .param("workflowId", after.workflowId())
        .param("stepId", after.stepId())
        .param("instanceId", after.instanceId())
        .param("runId", after.runId())
        .param("attemptId", after.attemptId())
        .param("limit", limit)
        .query(this::heldOf)
        .list();
  }

  /** The member of an attempt's facts that matters here. */
  record AttemptFacts(@Nullable List<String> permits) {}

  private Held heldOf(ResultSet row, int number) throws SQLException {
    var tags = permitsIn(row.getString("facts"));
    return new Held(
        new PermitHolder(
            row.getString("workflow_id"),
            row.getLong("instance_id"),
            row.getLong("run_id"),
            row.getString("step_id"),
            row.getLong("attempt_id")),
        tags == null ? List.of() : tags,
        row.getLong("create_time"));
  }

  /**
   * What can't be read holds nothing: its run stands still, and must not keep all from going on.
   */
  private @Nullable List<String> permitsIn(String facts) {
    try {
      return json.readValue(facts, AttemptFacts.class).permits();
    } catch (JacksonException _) {
      return null;
    }
  }

  private static final String CONCURRENCY =
      """
      SELECT workflow_id, instance_id, run_id, facts
        FROM workflow_run
       WHERE (workflow_id, instance_id, run_id) IN (:runs)
      """;

  /** What these runs say of the automatic limits. */
  Map<Run, Concurrency> concurrency(Collection<Run> runs) {
    var found = new HashMap<Run, Concurrency>();
    if (!runs.isEmpty()) {
      jdbc.sql(CONCURRENCY)
          .param(
              "runs",
              runs.stream()
                  .map(run -> new Object[] {run.workflowId(), run.instanceId(), run.runId()})
                  .toList())
          .query(row -> {
            var run =
                new Run(
                    row.getString("workflow_id"),
                    row.getLong("instance_id"),
                    row.getLong("run_id"));
            try {
              found.put(run, json.readValue(row.getString("facts"), Concurrency.class));
            } catch (JacksonException _) {
              // As above: limits of a run that stands still.
            }
          });
    }
    return found;
  }
}
