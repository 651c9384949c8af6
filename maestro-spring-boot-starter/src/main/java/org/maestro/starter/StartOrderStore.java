package org.maestro.starter;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Owns the table of starts that are asked for. Writes go where the caller's transaction goes, if
 * there is one: an order whose transaction rolls back was never there.
 */
final class StartOrderStore {
  private static final String INSERT =
      """
      INSERT INTO start_order (workflow_id, request_id, params, create_time)
      VALUES (:workflowId, :requestId, :params, :now)
      ON CONFLICT (workflow_id, request_id) DO NOTHING
      """;

  private static final String OPEN =
      """
      SELECT workflow_id, request_id, params
        FROM start_order
       WHERE problem IS NULL
       ORDER BY create_time, workflow_id, request_id
       LIMIT :most
      """;

  private static final String DELETE =
      """
      DELETE FROM start_order WHERE workflow_id = :workflowId AND request_id = :requestId
      """;

  private static final String KEEP =
      """
      UPDATE start_order
         SET problem = :problem
       WHERE workflow_id = :workflowId AND request_id = :requestId
      """;

  private final JdbcClient jdbc;

  StartOrderStore(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** A start that somebody wants. */
  record Order(String workflowId, String requestId, String params) {}

  void add(Order order, long now) {
    jdbc.sql(INSERT)
        .param("workflowId", order.workflowId())
        .param("requestId", order.requestId())
        .param("params", order.params())
        .param("now", now)
        .update();
  }

  List<Order> open(int most) {
    return jdbc.sql(OPEN)
        .param("most", most)
        .query((row, _) -> new Order(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  void done(Order order) {
    jdbc.sql(DELETE)
        .param("workflowId", order.workflowId())
        .param("requestId", order.requestId())
        .update();
  }

  /** Keeps one that can't be followed, with the reason. */
  void refused(Order order, String problem) {
    jdbc.sql(KEEP)
        .param("workflowId", order.workflowId())
        .param("requestId", order.requestId())
        .param("problem", problem)
        .update();
  }
}
