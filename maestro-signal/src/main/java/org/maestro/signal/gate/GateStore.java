package org.maestro.signal.gate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest.Condition;
import org.maestro.service.database.ColumnStatements;
import org.maestro.signal.announce.Announcers;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.match.Hook;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** Owns the table of gates. Whoever changes one that waits holds the row of its signal's name. */
public final class GateStore {
  private static final TypeReference<List<Condition>> CONDITIONS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ColumnStatements columns;
  private final SignalJson json;

  public GateStore(JdbcClient jdbc, ColumnStatements columns, SignalJson json) {
    this.jdbc = jdbc;
    this.columns = columns;
    this.json = json;
  }

  private static final String FIND =
      """
      SELECT workflow_id, instance_id, run_id, step_id, attempt_id, dependency, name, conditions,
             opened_seq, await_time, open_time
        FROM signal_gate
       WHERE workflow_id = :workflowId AND instance_id = :instanceId AND run_id = :runId
         AND step_id = :stepId AND attempt_id = :attemptId AND dependency = :dependency
      """;

  Optional<Gate> find(SignalGate place) {
    return placed(FIND, place).query(this::gate).optional();
  }

  private static final String INSERT =
      """
      INSERT INTO signal_gate (workflow_id, instance_id, run_id, step_id, attempt_id, dependency,
                               name, hook, conditions, opened_seq, await_time, open_time,
                               of_workflow)
      VALUES (:workflowId, :instanceId, :runId, :stepId, :attemptId, :dependency,
              :name, :hook, :conditions, :openedSeq, :awaitTime, :openTime, :ofWorkflow)
      """;

  /**
   * A new one.
   *
   * @param ofWorkflow whose step waits; null: the gate's own workflow
   */
  void insert(Gate gate, @Nullable String ofWorkflow) {
    placed(INSERT, gate.place())
        .param("ofWorkflow", ofWorkflow)
        .param("name", gate.name())
        .param("hook", Hook.of(gate.conditions()))
        .param("conditions", json.write(gate.conditions()))
        .param("openedSeq", gate.openedSeq())
        .param("awaitTime", gate.awaitTime())
        .param("openTime", gate.openTime())
        .update();
  }

  private static final String OPEN =
      """
      UPDATE signal_gate
         SET opened_seq = :seq, open_time = :time
       WHERE workflow_id = :workflowId AND instance_id = :instanceId AND run_id = :runId
         AND step_id = :stepId AND attempt_id = :attemptId AND dependency = :dependency
         AND opened_seq IS NULL
      """;

  boolean open(SignalGate place, long seq, long time) {
    return placed(OPEN, place).param("seq", seq).param("time", time).update() > 0;
  }

  private static final String FORGET =
      """
      DELETE FROM signal_gate
       WHERE workflow_id = :workflowId AND instance_id = :instanceId AND run_id = :runId
         AND step_id = :stepId AND attempt_id = :attemptId AND dependency = :dependency
         AND opened_seq IS NULL
      """;

  /** Those that were opened stay: they say where their signal went. */
  void forget(SignalGate place) {
    placed(FORGET, place).update();
  }

  private static final String WAITING =
      """
      SELECT g.workflow_id, g.instance_id, g.run_id, g.step_id, g.attempt_id, g.dependency, g.name,
             g.conditions, g.opened_seq, g.await_time, g.open_time, s.owner, s.announcers
        FROM signal_gate AS g
        LEFT JOIN signal_subscription AS s
               ON s.workflow_id = coalesce(g.of_workflow, g.workflow_id)
       WHERE g.name = ? AND g.hook = ANY (?) AND g.opened_seq IS NULL
      """;

  /** A gate that waits for a signal of these announcers. */
  record Waiting(Gate gate, Announcers announcers) {}

  /** Gates of a name that wait and may want a signal that offers one of these hooks. */
  List<Waiting> waiting(String name, Collection<byte[]> hooks) {
    return columns.query(
        WAITING,
        statement -> {
          statement.setString(1, name);
          statement.setArray(2, SignalStore.bytes(statement, List.copyOf(hooks)));
        },
        row ->
            new Waiting(
                gate(row, 0),
                json.announcers(row.getString("owner"), row.getString("announcers"))));
  }

  private static final String ANNOUNCERS =
      "SELECT owner, announcers FROM signal_subscription WHERE workflow_id = :workflowId";

  /** Whose signals the steps of a workflow wait for. */
  Announcers announcers(String workflowId) {
    return jdbc.sql(ANNOUNCERS)
        .param("workflowId", workflowId)
        .query((row, _) -> json.announcers(row.getString(1), row.getString(2)))
        .optional()
        .orElse(Announcers.EVERYBODY);
  }

  private static final String OPENED_BY =
      """
      SELECT workflow_id, instance_id, run_id, step_id, attempt_id, dependency, name, conditions,
             opened_seq, await_time, open_time
        FROM signal_gate
       WHERE name = :name AND opened_seq = :seq
       ORDER BY open_time, workflow_id, instance_id, run_id, step_id, attempt_id, dependency
       LIMIT :limit
      """;

  /** The gates that a signal has opened. */
  public List<Gate> openedBy(String name, long seq, int limit) {
    return jdbc.sql(OPENED_BY)
        .param("name", name)
        .param("seq", seq)
        .param("limit", limit)
        .query(this::gate)
        .list();
  }

  private static final String OF_INSTANCE =
      """
      SELECT workflow_id, instance_id, run_id, step_id, attempt_id, dependency, name, conditions,
             opened_seq, await_time, open_time
        FROM signal_gate
       WHERE workflow_id = :workflowId AND instance_id = :instanceId AND opened_seq IS NOT NULL
       ORDER BY run_id, step_id, attempt_id, dependency
       LIMIT :limit
      """;

  /** The gates of an instance that signals have opened. */
  public List<Gate> ofInstance(String workflowId, long instanceId, int limit) {
    return jdbc.sql(OF_INSTANCE)
        .param("workflowId", workflowId)
        .param("instanceId", instanceId)
        .param("limit", limit)
        .query(this::gate)
        .list();
  }

  private static final String DELETE_OPENED_BY =
      """
      DELETE FROM signal_gate AS g
       USING unnest(?, ?) AS old (name, seq)
       WHERE g.name = old.name AND g.opened_seq = old.seq
      """;

  /** Forgets the gates that signals have opened. */
  public void deleteOpenedBy(Collection<SignalStore.Place> old) {
    columns.update(
        DELETE_OPENED_BY,
        statement -> {
          var c = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(c, old, SignalStore.Place::name));
          statement.setArray(2, ColumnStatements.longs(c, old, SignalStore.Place::seq));
        });
  }

  private JdbcClient.StatementSpec placed(String sql, SignalGate place) {
    return jdbc.sql(sql)
        .param("workflowId", place.workflowId())
        .param("instanceId", place.instanceId())
        .param("runId", place.runId())
        .param("stepId", place.stepId())
        .param("attemptId", place.attemptId())
        .param("dependency", place.dependency());
  }

  private Gate gate(ResultSet row, int number) throws SQLException {
    return new Gate(
        new SignalGate(
            row.getString("workflow_id"),
            row.getLong("instance_id"),
            row.getLong("run_id"),
            row.getString("step_id"),
            row.getLong("attempt_id"),
            row.getInt("dependency")),
        row.getString("name"),
        json.read(row.getString("conditions"), CONDITIONS),
        row.getObject("opened_seq", Long.class),
        row.getLong("await_time"),
        row.getObject("open_time", Long.class));
  }
}
