package org.maestro.signal.trigger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.dsl.Read;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.service.database.ColumnStatements;
import org.maestro.signal.announce.Announcers;
import org.maestro.signal.announce.SignalJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Owns the tables of triggers and of the names they want. Whoever changes them holds the rows of
 * all names concerned, so that whoever holds a name's row sees its triggers stand still.
 */
public final class TriggerStore {
  private static final int REMEMBERED = 10_000;

  private final JdbcClient jdbc;
  private final ColumnStatements columns;
  private final SignalJson json;

  /** What a trigger says never changes under its id. */
  private final Map<String, SignalTrigger> definitions = new ConcurrentHashMap<>();

  public TriggerStore(JdbcClient jdbc, ColumnStatements columns, SignalJson json) {
    this.jdbc = jdbc;
    this.columns = columns;
    this.json = json;
  }

  /** A trigger that wants signals of a name after a number, of these announcers. */
  record Subscribed(Trigger trigger, long fromSeq, Announcers announcers) {}

  // ------------------------------------------------------------------ news

  /** Which news is known of a workflow. */
  record Known(long internalId, long revision) {
    boolean isBefore(long otherInternalId, long otherRevision) {
      return internalId < otherInternalId
          || (internalId == otherInternalId && revision < otherRevision);
    }
  }

  private static final String ENSURE_KNOWN =
      """
      INSERT INTO signal_subscription (workflow_id, internal_id, revision) VALUES (:workflowId, -1, -1)
      ON CONFLICT (workflow_id) DO NOTHING
      """;
  private static final String KNOWN =
      """
      SELECT internal_id, revision
        FROM signal_subscription
       WHERE workflow_id = :workflowId
         FOR UPDATE
      """;

  /** The latest news of a workflow; nobody else handles news of it until the transaction ends. */
  Known lockKnown(String workflowId) {
    jdbc.sql(ENSURE_KNOWN).param("workflowId", workflowId).update();
    return jdbc.sql(KNOWN)
        .param("workflowId", workflowId)
        .query((row, _) -> new Known(row.getLong(1), row.getLong(2)))
        .single();
  }

  private static final String LEARN =
      """
      UPDATE signal_subscription
         SET internal_id = :internalId, revision = :revision, owner = :owner,
             announcers = :announcers
       WHERE workflow_id = :workflowId
      """;

  void learn(String workflowId, long internalId, long revision, Announcers announcers) {
    jdbc.sql(LEARN)
        .param("workflowId", workflowId)
        .param("internalId", internalId)
        .param("revision", revision)
        .param("owner", announcers.owner())
        .param("announcers", json.writeNullable(announcers.names()))
        .update();
  }

  // ------------------------------------------------------------------ triggers

  private static final String OF_WORKFLOW =
      """
      SELECT trigger_id, workflow_id, trigger_uuid, owner, definition
        FROM signal_trigger
       WHERE workflow_id = :workflowId
      """;

  List<Trigger> ofWorkflow(String workflowId) {
    return jdbc.sql(OF_WORKFLOW).param("workflowId", workflowId).query(this::trigger).list();
  }

  private static final String FIND =
      """
      SELECT trigger_id, workflow_id, trigger_uuid, owner, definition
        FROM signal_trigger
       WHERE trigger_id = :id
      """;

  Optional<Trigger> find(String id) {
    return jdbc.sql(FIND).param("id", id).query(this::trigger).optional();
  }

  private static final String SUBSCRIBED =
      """
      SELECT t.trigger_id, t.workflow_id, t.trigger_uuid, t.owner, t.definition, n.from_seq,
             s.announcers
        FROM signal_trigger_name AS n
        JOIN signal_trigger AS t ON t.trigger_id = n.trigger_id
        LEFT JOIN signal_subscription AS s ON s.workflow_id = t.workflow_id
       WHERE n.name = :name
       ORDER BY t.trigger_id
      """;

  /** The triggers that want signals of a name. */
  List<Subscribed> subscribed(String name) {
    return jdbc.sql(SUBSCRIBED)
        .param("name", name)
        .query((row, n) ->
            new Subscribed(
                trigger(row, n),
                row.getLong("from_seq"),
                json.announcers(row.getString("owner"), row.getString("announcers"))))
        .list();
  }

  private static final String SUBSCRIBERS =
      """
      SELECT DISTINCT t.workflow_id
        FROM signal_trigger_name AS n
        JOIN signal_trigger AS t ON t.trigger_id = n.trigger_id
       WHERE n.name = :name
       ORDER BY t.workflow_id
       LIMIT :limit
      """;

  /** The workflows with triggers that want signals of a name. */
  public List<String> subscribers(String name, int limit) {
    return jdbc.sql(SUBSCRIBERS)
        .param("name", name)
        .param("limit", limit)
        .query(String.class)
        .list();
  }

  private static final String WANTED =
      """
      SELECT DISTINCT n.name
        FROM signal_trigger AS t
        JOIN signal_trigger_name AS n ON n.trigger_id = t.trigger_id
       WHERE t.workflow_id = :workflowId
       ORDER BY n.name
       LIMIT :limit
      """;

  /** The names that the triggers of a workflow want. */
  public List<String> wanted(String workflowId, int limit) {
    return jdbc.sql(WANTED)
        .param("workflowId", workflowId)
        .param("limit", limit)
        .query(String.class)
        .list();
  }

  private Trigger trigger(ResultSet row, int number) throws SQLException {
    var id = row.getString("trigger_id");
    var definition = definitions.get(id);
    if (definition == null) {
      definition = read(json.read(row.getString("definition"), Object.class));
      if (definitions.size() >= REMEMBERED) {
        definitions.clear();
      }
      definitions.put(id, definition);
    }
    return new Trigger(
        id,
        row.getString("workflow_id"),
        row.getString("trigger_uuid"),
        row.getString("owner"),
        definition);
  }

  /**
   * A trigger from its JSON tree.
   *
   * @throws IllegalArgumentException if it is none
   */
  static SignalTrigger read(Object tree) {
    return switch (DefinitionReader.signalTriggers(List.of(tree))) {
      case Read.Ok<List<SignalTrigger>>(var triggers) -> triggers.getFirst();
      case Read.Bad<List<SignalTrigger>>(var problems) ->
          throw new IllegalArgumentException("expected a signal trigger: " + problems);
    };
  }

  private static final String INSERT =
      """
      INSERT INTO signal_trigger
             (trigger_id, workflow_id, trigger_uuid, owner, definition, subscribe_time)
      VALUES (:id, :workflowId, :uuid, :owner, :definition, :time)
      """;
  private static final String INSERT_NAMES =
      """
      INSERT INTO signal_trigger_name (name, trigger_id, from_seq)
      SELECT n.name, ?, n.last_seq FROM signal_name AS n WHERE n.name = ANY (?)
      """;

  /** Subscribes to what will be announced from now on; the caller holds the names' rows. */
  void insert(Trigger trigger, long now) {
    jdbc.sql(INSERT)
        .param("id", trigger.id())
        .param("workflowId", trigger.workflowId())
        .param("uuid", trigger.uuid())
        .param("owner", trigger.owner())
        .param("definition", json.write(DefinitionWriter.tree(trigger.definition())))
        .param("time", now)
        .update();
    columns.update(
        INSERT_NAMES,
        statement -> {
          statement.setString(1, trigger.id());
          statement.setArray(
              2, ColumnStatements.texts(statement, trigger.definition().definitions().keySet()));
        });
  }

  private static final String RENAME =
      "UPDATE signal_trigger SET trigger_uuid = :uuid, owner = :owner WHERE trigger_id = :id";

  /** The trigger goes on under the id that it has in another version. */
  void rename(Trigger trigger) {
    jdbc.sql(RENAME)
        .param("id", trigger.id())
        .param("uuid", trigger.uuid())
        .param("owner", trigger.owner())
        .update();
  }

  private static final List<String> DELETES =
      List.of(
          "DELETE FROM signal_trigger_name WHERE trigger_id = ANY (?)",
          "DELETE FROM signal_queue WHERE trigger_id = ANY (?)",
          "DELETE FROM signal_join WHERE trigger_id = ANY (?)",
          "DELETE FROM signal_undecided WHERE trigger_id = ANY (?)",
          "DELETE FROM signal_trigger WHERE trigger_id = ANY (?)");

  /** With everything that waits for them; the caller holds the names' rows. */
  void delete(Collection<String> ids) {
    for (var statement : DELETES) {
      columns.update(statement, s -> s.setArray(1, ColumnStatements.texts(s, ids)));
    }
  }
}
