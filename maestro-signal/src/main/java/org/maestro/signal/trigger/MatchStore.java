package org.maestro.signal.trigger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.signal.MatchState;
import org.maestro.service.database.ColumnStatements;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalStore.Place;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** Owns the tables of matches and of their signals. */
public final class MatchStore {
  private static final TypeReference<TreeMap<String, Long>> NUMBERS = new TypeReference<>() {};

  /** A match with its signals as one JSON object. */
  private static final String SELECT =
      """
      SELECT m.match_id, m.trigger_id, m.workflow_id, m.trigger_uuid, m.state, m.request_id,
             m.params, m.instance_id, m.reason, m.match_time,
             (SELECT CAST(json_object_agg(p.name, p.seq) AS TEXT)
                FROM signal_match_part AS p WHERE p.match_id = m.match_id) AS signals
        FROM signal_match AS m
      """;

  private final JdbcClient jdbc;
  private final ColumnStatements columns;
  private final SignalJson json;

  public MatchStore(JdbcClient jdbc, ColumnStatements columns, SignalJson json) {
    this.jdbc = jdbc;
    this.columns = columns;
    this.json = json;
  }

  private static final String INSERT =
      """
      INSERT INTO signal_match (match_id, trigger_id, workflow_id, trigger_uuid, state, request_id,
                                params, reason, match_time)
      SELECT m.match_id, m.trigger_id, m.workflow_id, m.trigger_uuid, m.state, m.request_id,
             m.params, m.reason, m.match_time
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
          AS m (match_id, trigger_id, workflow_id, trigger_uuid, state, request_id, params, reason,
                match_time)
      """;
  private static final String INSERT_PARTS =
      """
      INSERT INTO signal_match_part (name, seq, match_id)
      SELECT p.name, p.seq, p.match_id FROM unnest(?, ?, ?) AS p (name, seq, match_id)
      """;

  private record Part(String name, long seq, String matchId) {}

  /** New ones; the same trigger never matches the same signals twice. */
  void insert(List<Match> matches) {
    if (matches.isEmpty()) {
      return;
    }
    columns.update(
        INSERT,
        statement -> {
          var c = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(c, matches, Match::id));
          statement.setArray(2, ColumnStatements.texts(c, matches, Match::triggerId));
          statement.setArray(3, ColumnStatements.texts(c, matches, Match::workflowId));
          statement.setArray(4, ColumnStatements.texts(c, matches, Match::triggerUuid));
          statement.setArray(5, ColumnStatements.texts(c, matches, match -> match.state().name()));
          statement.setArray(6, ColumnStatements.texts(c, matches, Match::requestId));
          statement.setArray(
              7, ColumnStatements.texts(c, matches, match -> json.writeNullable(match.params())));
          statement.setArray(8, ColumnStatements.texts(c, matches, Match::reason));
          statement.setArray(9, ColumnStatements.longs(c, matches, Match::matchTime));
        });
    var parts =
        matches.stream()
            .flatMap(match ->
                match.signals().entrySet().stream()
                    .map(part -> new Part(part.getKey(), part.getValue(), match.id())))
            .toList();
    columns.update(
        INSERT_PARTS,
        statement -> {
          var c = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(c, parts, Part::name));
          statement.setArray(2, ColumnStatements.longs(c, parts, Part::seq));
          statement.setArray(3, ColumnStatements.texts(c, parts, Part::matchId));
        });
  }

  private static final String STATES =
      "SELECT match_id, state FROM signal_match WHERE match_id = ANY (?)";

  /** Where those of these stand that are there. */
  Map<String, MatchState> states(Collection<String> ids) {
    var states = new HashMap<String, MatchState>();
    columns.query(
        STATES,
        statement -> statement.setArray(1, ColumnStatements.texts(statement, ids)),
        row -> states.put(row.getString(1), MatchState.valueOf(row.getString(2))));
    return states;
  }

  private static final String DECIDE =
      """
      UPDATE signal_match
         SET state = :state, trigger_uuid = :uuid, request_id = :requestId, params = :params,
             reason = :reason
       WHERE match_id = :id AND state = :from
      """;

  /** Puts a new decision in the place of one that failed or came too late. */
  boolean decide(Match match, MatchState from) {
    return jdbc.sql(DECIDE)
            .param("id", match.id())
            .param("from", from.name())
            .param("state", match.state().name())
            .param("uuid", match.triggerUuid())
            .param("requestId", match.requestId())
            .param("params", json.writeNullable(match.params()))
            .param("reason", match.reason())
            .update()
        > 0;
  }

  private static final String ANSWER =
      """
      UPDATE signal_match
         SET state = :state, instance_id = :instanceId, reason = :reason, answer_time = :time
       WHERE workflow_id = :workflowId AND request_id = :requestId
         AND trigger_uuid = :uuid AND state = 'REQUESTED'
      """;

  /**
   * Says what the engine made of a start; of several matches that asked for the same one, of all.
   */
  boolean answer(StartAnswer answer) {
    return jdbc.sql(ANSWER)
            .param("workflowId", answer.workflowId())
            .param("requestId", answer.requestId())
            .param("uuid", answer.triggerUuid())
            .param("state", state(answer.outcome()).name())
            .param("instanceId", answer.instanceId())
            .param("reason", answer.reason())
            .param("time", answer.time())
            .update()
        > 0;
  }

  private static MatchState state(StartAnswer.Outcome outcome) {
    return switch (outcome) {
      case STARTED -> MatchState.STARTED;
      case REPLACED -> MatchState.REPLACED;
      case REFUSED -> MatchState.REFUSED;
    };
  }

  private static final String FIND = SELECT + " WHERE m.match_id = :id";

  Optional<Match> find(String id) {
    return jdbc.sql(FIND).param("id", id).query(this::match).optional();
  }

  private static final String REPLACED =
      SELECT + " WHERE m.trigger_id = :triggerId AND m.state = 'REPLACED' ORDER BY m.match_time";

  /** Those that were asked for under an id the active version did not have. */
  List<Match> replaced(String triggerId) {
    return jdbc.sql(REPLACED).param("triggerId", triggerId).query(this::match).list();
  }

  private static final String REPLACED_REQUEST =
      SELECT
          + """
           WHERE m.workflow_id = :workflowId AND m.request_id = :requestId
             AND m.state = 'REPLACED'
          """;

  List<Match> replaced(String workflowId, String requestId) {
    return jdbc.sql(REPLACED_REQUEST)
        .param("workflowId", workflowId)
        .param("requestId", requestId)
        .query(this::match)
        .list();
  }

  private static final String OF_SIGNAL =
      SELECT
          + """
           WHERE m.match_id IN (SELECT w.match_id FROM signal_match_part AS w
                                 WHERE w.name = :name AND w.seq = :seq)
           ORDER BY m.match_time, m.match_id
           LIMIT :limit
          """;

  /** What a signal was consumed by. */
  public List<Match> ofSignal(String name, long seq, int limit) {
    return jdbc.sql(OF_SIGNAL)
        .param("name", name)
        .param("seq", seq)
        .param("limit", limit)
        .query(this::match)
        .list();
  }

  private static final String OF_RUN =
      SELECT
          + """
           WHERE m.workflow_id = :workflowId AND m.instance_id = :instanceId
           ORDER BY m.match_time, m.match_id
           LIMIT :limit
          """;

  /** What started an instance. */
  public List<Match> ofInstance(String workflowId, long instanceId, int limit) {
    return jdbc.sql(OF_RUN)
        .param("workflowId", workflowId)
        .param("instanceId", instanceId)
        .param("limit", limit)
        .query(this::match)
        .list();
  }

  private static final String DELETE_PARTS =
      """
      DELETE FROM signal_match_part AS p
       USING unnest(?, ?) AS old (name, seq)
       WHERE p.name = old.name AND p.seq = old.seq
      RETURNING p.match_id
      """;
  private static final String DELETE_EMPTY =
      """
      DELETE FROM signal_match AS m
       WHERE m.match_id = ANY (?)
         AND NOT EXISTS (SELECT 1 FROM signal_match_part AS p WHERE p.match_id = m.match_id)
      """;

  /** Matches go with the last of their signals. */
  public void deleteOf(Collection<Place> old) {
    var ids =
        columns.query(
            DELETE_PARTS,
            statement -> {
              var c = statement.getConnection();
              statement.setArray(1, ColumnStatements.texts(c, old, Place::name));
              statement.setArray(2, ColumnStatements.longs(c, old, Place::seq));
            },
            row -> row.getString(1));
    columns.update(
        DELETE_EMPTY, statement -> statement.setArray(1, ColumnStatements.texts(statement, ids)));
  }

  private Match match(ResultSet row, int number) throws SQLException {
    return new Match(
        row.getString("match_id"),
        row.getString("trigger_id"),
        row.getString("workflow_id"),
        row.getString("trigger_uuid"),
        numbers(row.getString("signals")),
        MatchState.valueOf(row.getString("state")),
        row.getString("request_id"),
        params(row.getString("params")),
        row.getObject("instance_id", Long.class),
        row.getString("reason"),
        row.getLong("match_time"));
  }

  private SortedMap<String, Long> numbers(@Nullable String text) {
    return text == null ? new TreeMap<>() : json.read(text, NUMBERS);
  }

  private @Nullable Map<String, Object> params(@Nullable String text) {
    return text == null ? null : json.map(text);
  }
}
