package org.maestro.signal.announce;

import java.util.Collection;
import java.util.List;
import org.maestro.service.database.ColumnStatements;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Owns the table of which workflows have to do with which names of signals. */
public final class FlowStore {
  private final JdbcClient jdbc;
  private final ColumnStatements columns;

  public FlowStore(JdbcClient jdbc, ColumnStatements columns) {
    this.jdbc = jdbc;
    this.columns = columns;
  }

  /** What a workflow has to do with signals of a name. */
  public enum Kind {
    /** Its steps announce them. */
    ANNOUNCED,
    /** It was started by them. */
    TRIGGERED,
    /** Its steps waited for them. */
    OPENED
  }

  /** One workflow and one name. */
  public record Flow(String workflowId, Kind kind, String name) {}

  private static final String ADD =
      """
      INSERT INTO signal_flow (workflow_id, kind, name)
      SELECT f.workflow_id, f.kind, f.name
        FROM unnest(?, ?, ?) AS f (workflow_id, kind, name)
       ORDER BY f.workflow_id, f.kind, f.name
      ON CONFLICT (workflow_id, kind, name) DO NOTHING
      """;

  /** Remembers them; most are known already. */
  public void add(Collection<Flow> flows) {
    if (flows.isEmpty()) {
      return;
    }
    var distinct = flows.stream().distinct().toList();
    columns.update(
        ADD,
        statement -> {
          var c = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(c, distinct, Flow::workflowId));
          statement.setArray(2, ColumnStatements.texts(c, distinct, flow -> flow.kind().name()));
          statement.setArray(3, ColumnStatements.texts(c, distinct, Flow::name));
        });
  }

  private static final String OF_WORKFLOW =
      """
      SELECT workflow_id, kind, name
        FROM signal_flow
       WHERE workflow_id = :workflowId
       ORDER BY kind, name
       LIMIT :limit
      """;

  public List<Flow> ofWorkflow(String workflowId, int limit) {
    return jdbc.sql(OF_WORKFLOW)
        .param("workflowId", workflowId)
        .param("limit", limit)
        .query((row, _) ->
            new Flow(row.getString(1), Kind.valueOf(row.getString(2)), row.getString(3)))
        .list();
  }

  private static final String OF_NAME =
      """
      SELECT workflow_id, kind, name
        FROM signal_flow
       WHERE name = :name
       ORDER BY kind, workflow_id
       LIMIT :limit
      """;

  public List<Flow> ofName(String name, int limit) {
    return jdbc.sql(OF_NAME)
        .param("name", name)
        .param("limit", limit)
        .query((row, _) ->
            new Flow(row.getString(1), Kind.valueOf(row.getString(2)), row.getString(3)))
        .list();
  }
}
