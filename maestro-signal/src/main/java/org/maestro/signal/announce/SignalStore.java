package org.maestro.signal.announce;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maestro.model.message.SignalRequest.Condition;
import org.maestro.model.message.SignalRequest.SignalSource;
import org.maestro.model.signal.SignalName;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Transactions;
import org.maestro.signal.match.Conditions;
import org.maestro.signal.match.IndexRange;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Owns the tables of signals, their names and the index of their parameters. A name's row is the
 * guard of everything about the name: numbers are given, and signals offered to triggers and gates,
 * by the transaction that holds it.
 */
public final class SignalStore {
  private static final String COLUMNS =
      """
      name, seq, instance_id, params, payload, origin, announced_by, source_workflow_id,
      source_instance_id, source_run_id, source_step_id, source_attempt_id, request_time, create_time,
      principal, principal_is_admin
      """;

  private final Transactions transactions;
  private final JdbcClient jdbc;
  private final ColumnStatements columns;
  private final SignalJson json;

  public SignalStore(
      Transactions transactions, JdbcClient jdbc, ColumnStatements columns, SignalJson json) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.columns = columns;
    this.json = json;
  }

  /** How far a name has come. */
  public record Progress(String name, long lastSeq, long matchedSeq) {
    /** Whether there are signals that triggers and gates have not been offered. */
    public boolean isBehind() {
      return matchedSeq < lastSeq;
    }
  }

  // ------------------------------------------------------------------ announcing

  private static final String TAKE_NUMBER =
      """
      INSERT INTO signal_name AS n (name, last_seq, matched_seq, last_time)
      VALUES (:name, 1, 0, :time)
      ON CONFLICT (name) DO UPDATE SET last_seq = n.last_seq + 1, last_time = excluded.last_time
      RETURNING last_seq
      """;
  private static final String GIVE_NUMBER_BACK =
      "UPDATE signal_name SET last_seq = last_seq - 1 WHERE name = :name AND last_seq = :seq";
  private static final String INSERT =
      """
      INSERT INTO signal_instance (
        name, seq, instance_id, params, payload, origin, announced_by, source_workflow_id,
        source_instance_id, source_run_id, source_step_id, source_attempt_id, request_time,
        create_time, principal, principal_is_admin)
      VALUES (
        :name, :seq, :instanceId, :params, :payload, :origin, :by, :workflowId,
        :sourceInstance, :runId, :stepId, :attemptId, :requestTime, :createTime, :principal,
        :admin)
      ON CONFLICT (name, instance_id) DO NOTHING
      """;
  private static final String INSERT_PARAMS =
      """
      INSERT INTO signal_param (name, param, value, seq)
      SELECT ?, p.param, p.value, ? FROM unnest(?, ?) AS p (param, value)
      """;

  /**
   * Stores a signal under the next number of its name.
   *
   * @return empty if there is one with this instance id already; then nothing has changed
   */
  Optional<Signal> append(Announcement announcement, AnnouncedBy by, String instanceId, long now) {
    var seq =
        jdbc.sql(TAKE_NUMBER)
            .param("name", announcement.name())
            .param("time", now)
            .query(Long.class)
            .single();
    var signal =
        new Signal(
            announcement.name(),
            seq,
            instanceId,
            announcement.params(),
            announcement.payload(),
            announcement.origin(),
            by,
            announcement.requestTime(),
            now);
    if (!insert(signal)) {
      jdbc.sql(GIVE_NUMBER_BACK).param("name", signal.name()).param("seq", seq).update();
      return Optional.empty();
    }
    if (!signal.params().isEmpty()) {
      insertParams(signal);
    }
    return Optional.of(signal);
  }

  private boolean insert(Signal signal) {
    var step = signal.origin() instanceof Origin.Step(var source) ? source : null;
    return jdbc.sql(INSERT)
            .param("name", signal.name())
            .param("seq", signal.seqId())
            .param("instanceId", signal.instanceId())
            .param("params", json.write(signal.params()))
            .param("payload", json.writeNullable(signal.payload()))
            .param("origin", signal.origin().kind())
            .param("by", signal.origin().by())
            .param("workflowId", step == null ? null : step.workflowId())
            .param("sourceInstance", step == null ? null : (Long) step.instanceId())
            .param("runId", step == null ? null : (Long) step.runId())
            .param("stepId", step == null ? null : step.stepId())
            .param("attemptId", step == null ? null : (Long) step.attemptId())
            .param("requestTime", signal.requestTime())
            .param("createTime", signal.createTime())
            .param("principal", signal.by().principal())
            .param("admin", signal.by().admin())
            .update()
        > 0;
  }

  private void insertParams(Signal signal) {
    var params = List.copyOf(signal.params().entrySet());
    columns.update(
        INSERT_PARAMS,
        statement -> {
          statement.setString(1, signal.name());
          statement.setLong(2, signal.seqId());
          statement.setArray(
              3,
              ColumnStatements.texts(statement, params.stream().map(Map.Entry::getKey).toList()));
          statement.setArray(
              4,
              bytes(statement, params.stream().map(p -> IndexRange.place(p.getValue())).toList()));
        });
  }

  /** An array of byte strings. */
  public static java.sql.Array bytes(PreparedStatement statement, List<byte[]> values)
      throws SQLException {
    return statement.getConnection().createArrayOf("bytea", values.toArray(new byte[0][]));
  }

  // ------------------------------------------------------------------ progress

  private static final String ENSURE =
      """
      INSERT INTO signal_name (name, last_seq, matched_seq, last_time)
      SELECT n.name, 0, 0, 0 FROM unnest(?) AS n (name)
      ON CONFLICT (name) DO NOTHING
      """;
  private static final String LOCK =
      """
      SELECT name, last_seq, matched_seq
        FROM signal_name
       WHERE name = ANY (?)
       ORDER BY name
         FOR UPDATE
      """;

  /** Takes the names' rows, always in the same order; makes those that are missing. */
  public List<Progress> lock(Collection<String> names) {
    var sorted = names.stream().distinct().sorted().toList();
    columns.update(
        ENSURE, statement -> statement.setArray(1, ColumnStatements.texts(statement, sorted)));
    return columns.query(
        LOCK,
        statement -> statement.setArray(1, ColumnStatements.texts(statement, sorted)),
        row -> new Progress(row.getString(1), row.getLong(2), row.getLong(3)));
  }

  private static final String MOVE =
      """
      UPDATE signal_name SET matched_seq = :to WHERE name = :name AND matched_seq = :from
      """;

  /** Says that triggers and gates have been offered the signals up to a number. */
  public boolean advance(String name, long from, long to) {
    return jdbc.sql(MOVE).param("name", name).param("from", from).param("to", to).update() > 0;
  }

  private static final String BEHIND =
      "SELECT name FROM signal_name WHERE matched_seq < last_seq LIMIT :limit";

  /** Names with signals that have not been offered to triggers and gates. */
  public List<String> behind(int limit) {
    return jdbc.sql(BEHIND).param("limit", limit).query(String.class).list();
  }

  private static final String BEHIND_OF =
      "SELECT name FROM signal_name WHERE name = ANY (?) AND matched_seq < last_seq";

  /** Those of these names. */
  public List<String> behind(Collection<String> names) {
    return transactions.readHere(() ->
        columns.query(
            BEHIND_OF,
            statement -> statement.setArray(1, ColumnStatements.texts(statement, names)),
            row -> row.getString(1)));
  }

  // ------------------------------------------------------------------ reading

  private static final String AFTER =
      "SELECT "
          + COLUMNS
          + " FROM signal_instance WHERE name = :name AND seq > :after ORDER BY seq LIMIT :limit";

  /** The signals that follow a number. */
  public List<Signal> after(String name, long after, int limit) {
    return jdbc.sql(AFTER)
        .param("name", name)
        .param("after", after)
        .param("limit", limit)
        .query(this::signal)
        .list();
  }

  private static final String BEFORE =
      "SELECT "
          + COLUMNS
          + " FROM signal_instance WHERE name = :name AND seq < :before ORDER BY seq DESC LIMIT"
          + " :limit";

  /** The signals before a number, latest first. */
  public List<Signal> before(String name, long before, int limit) {
    return jdbc.sql(BEFORE)
        .param("name", name)
        .param("before", before)
        .param("limit", limit)
        .query(this::signal)
        .list();
  }

  public Optional<Signal> latest(String name) {
    return before(name, Long.MAX_VALUE, 1).stream().findFirst();
  }

  public Optional<Signal> find(String name, long seq) {
    return after(name, seq - 1, 1).stream().filter(signal -> signal.seqId() == seq).findFirst();
  }

  private static final String BY_INSTANCE_ID =
      "SELECT "
          + COLUMNS
          + " FROM signal_instance WHERE name = :name AND instance_id = :instanceId";

  public Optional<Signal> findByInstanceId(String name, String instanceId) {
    return jdbc.sql(BY_INSTANCE_ID)
        .param("name", name)
        .param("instanceId", instanceId)
        .query(this::signal)
        .optional();
  }

  private static final String SEVERAL =
      """
      SELECT s.name, s.seq, instance_id, params, payload, origin, announced_by, source_workflow_id,
             source_instance_id, source_run_id, source_step_id, source_attempt_id, request_time,
             create_time, principal, principal_is_admin
        FROM unnest(?, ?) AS wanted (name, seq)
        JOIN signal_instance AS s ON s.name = wanted.name AND s.seq = wanted.seq
      """;

  /** A signal's place. */
  public record Place(String name, long seq) {

    /** The places of signals whose numbers are given by name. */
    public static List<Place> of(Map<String, Long> numbers) {
      return numbers.entrySet().stream()
          .map(entry -> new Place(entry.getKey(), entry.getValue()))
          .toList();
    }
  }

  /** Those of these that are still there. */
  public List<Signal> find(Collection<Place> places) {
    if (places.isEmpty()) {
      return List.of();
    }
    return columns.query(
        SEVERAL,
        statement -> {
          var connection = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(connection, places, Place::name));
          statement.setArray(2, ColumnStatements.longs(connection, places, Place::seq));
        },
        row -> signal(row, 0));
  }

  private static final String ANNOUNCED_BY =
      """
      SELECT name, seq
        FROM signal_instance
       WHERE source_workflow_id = :workflowId AND source_instance_id = :instanceId
       ORDER BY create_time, name, seq
       LIMIT :limit
      """;

  /** The signals that steps of an instance have announced. */
  public List<Place> announcedBy(String workflowId, long instanceId, int limit) {
    return jdbc.sql(ANNOUNCED_BY)
        .param("workflowId", workflowId)
        .param("instanceId", instanceId)
        .param("limit", limit)
        .query((row, _) -> new Place(row.getString(1), row.getLong(2)))
        .list();
  }

  private static final String NAMES_AFTER =
      """
      SELECT name, last_seq, last_time
        FROM signal_name
       WHERE name > :after AND last_seq > 0
       ORDER BY name
       LIMIT :limit
      """;
  private static final String NAMES_BEFORE =
      """
      SELECT name, last_seq, last_time
        FROM signal_name
       WHERE name < :before AND last_seq > 0
       ORDER BY name DESC
       LIMIT :limit
      """;
  private static final String LAST_NAMES =
      """
      SELECT name, last_seq, last_time
        FROM signal_name
       WHERE last_seq > 0
       ORDER BY name DESC
       LIMIT :limit
      """;

  public List<SignalName> namesAfter(String after, int limit) {
    return jdbc.sql(NAMES_AFTER)
        .param("after", after)
        .param("limit", limit)
        .query(SignalStore::summary)
        .list();
  }

  public List<SignalName> namesBefore(String before, int limit) {
    return jdbc.sql(NAMES_BEFORE)
        .param("before", before)
        .param("limit", limit)
        .query(SignalStore::summary)
        .list();
  }

  public List<SignalName> lastNames(int limit) {
    return jdbc.sql(LAST_NAMES).param("limit", limit).query(SignalStore::summary).list();
  }

  // ------------------------------------------------------------------ forgetting

  private static final String OLDER =
      "SELECT "
          + COLUMNS
          + " FROM signal_instance WHERE create_time < :time ORDER BY create_time LIMIT :limit";

  /** Signals that were stored before a time. */
  public List<Signal> older(long time, int limit) {
    return jdbc.sql(OLDER).param("time", time).param("limit", limit).query(this::signal).list();
  }

  private static final String DELETE =
      """
      DELETE FROM signal_instance AS s
       USING unnest(?, ?) AS old (name, seq)
       WHERE s.name = old.name AND s.seq = old.seq
      """;
  private static final String DELETE_PARAMS =
      """
      DELETE FROM signal_param AS p
       USING unnest(?, ?, ?, ?) AS old (name, param, value, seq)
       WHERE p.name = old.name AND p.param = old.param AND p.value = old.value AND p.seq = old.seq
      """;

  private record Indexed(Signal signal, String param, Object value) {}

  /** With their places in the index. */
  public void delete(Collection<Signal> old) {
    var indexed =
        old.stream()
            .flatMap(signal ->
                signal.params().entrySet().stream()
                    .map(param -> new Indexed(signal, param.getKey(), param.getValue())))
            .toList();
    columns.update(
        DELETE_PARAMS,
        statement -> {
          var c = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(c, indexed, row -> row.signal().name()));
          statement.setArray(2, ColumnStatements.texts(c, indexed, Indexed::param));
          statement.setArray(
              3,
              bytes(
                  statement, indexed.stream().map(row -> IndexRange.place(row.value())).toList()));
          statement.setArray(4, ColumnStatements.longs(c, indexed, row -> row.signal().seqId()));
        });
    columns.update(
        DELETE,
        statement -> {
          var c = statement.getConnection();
          statement.setArray(1, ColumnStatements.texts(c, old, Signal::name));
          statement.setArray(2, ColumnStatements.longs(c, old, Signal::seqId));
        });
  }

  // ------------------------------------------------------------------ history

  private static final int LOOK_AT = 100;

  /** The first range leads, the others are looked up for each signal it finds. */
  private static final String MATCHING =
      """
      SELECT p.seq
        FROM signal_param AS p
       WHERE p.name = ? AND p.param = ? AND p.value BETWEEN ? AND ? AND p.seq < ?
         AND NOT EXISTS (
               SELECT 1
                 FROM unnest(?, ?, ?) AS c (param, low, high)
                WHERE NOT EXISTS (
                        SELECT 1
                          FROM signal_param AS o
                         WHERE o.name = p.name AND o.param = c.param
                           AND o.value BETWEEN c.low AND c.high AND o.seq = p.seq))
       ORDER BY p.seq DESC
       LIMIT ?
      """;

  private static final String NEWEST_OF =
      "SELECT "
          + COLUMNS
          + """
            FROM signal_instance
           WHERE name = :name AND (principal_is_admin OR principal IN (:principals))
           ORDER BY seq DESC
           LIMIT 1
          """;

  private Optional<Signal> latest(String name, Announcers announcers) {
    var names = announcers.names();
    if (announcers.areEverybody() || names == null) {
      return latest(name);
    }
    var principals = new ArrayList<>(names);
    principals.add(announcers.owner() == null ? "" : announcers.owner());
    return jdbc.sql(NEWEST_OF)
        .param("name", name)
        .param("principals", principals)
        .query(this::signal)
        .optional();
  }

  /** The newest signal of a name whose parameters meet all conditions, of these announcers. */
  public Optional<Signal> newest(String name, List<Condition> conditions, Announcers announcers) {
    if (conditions.isEmpty()) {
      return latest(name, announcers);
    }
    var ranges =
        conditions.stream()
            .sorted(Comparator.comparing(Condition::operator)) // equality leads
            .map(IndexRange::of)
            .toList();
    var before = Long.MAX_VALUE;
    while (true) {
      var found = matching(name, ranges, before);
      // Ends of ranges and long texts are told apart here.
      var match =
          find(found.stream().map(seq -> new Place(name, seq)).toList()).stream()
              .filter(signal -> Conditions.hold(conditions, signal.params()))
              .filter(announcers::include)
              .max(Comparator.comparingLong(Signal::seqId));
      if (match.isPresent() || found.size() < LOOK_AT) {
        return match;
      }
      before = found.getLast();
    }
  }

  private List<Long> matching(String name, List<IndexRange> ranges, long before) {
    var first = ranges.getFirst();
    var others = ranges.subList(1, ranges.size());
    return columns.query(
        MATCHING,
        statement -> {
          statement.setString(1, name);
          statement.setString(2, first.param());
          statement.setBytes(3, first.from());
          statement.setBytes(4, first.to());
          statement.setLong(5, before);
          statement.setArray(
              6,
              ColumnStatements.texts(statement, others.stream().map(IndexRange::param).toList()));
          statement.setArray(7, bytes(statement, others.stream().map(IndexRange::from).toList()));
          statement.setArray(8, bytes(statement, others.stream().map(IndexRange::to).toList()));
          statement.setInt(9, LOOK_AT);
        },
        row -> row.getLong(1));
  }

  private static SignalName summary(ResultSet row, int number) throws SQLException {
    return new SignalName(row.getString(1), row.getLong(2), row.getLong(3));
  }

  private Signal signal(ResultSet row, int number) throws SQLException {
    return new Signal(
        row.getString("name"),
        row.getLong("seq"),
        row.getString("instance_id"),
        json.map(row.getString("params")),
        json.readNullable(row.getString("payload")),
        origin(row),
        new AnnouncedBy(row.getString("principal"), row.getBoolean("principal_is_admin")),
        row.getLong("request_time"),
        row.getLong("create_time"));
  }

  private static Origin origin(ResultSet row) throws SQLException {
    var by = row.getString("announced_by");
    return switch (row.getString("origin")) {
      case "STEP" ->
          new Origin.Step(
              new SignalSource(
                  row.getString("source_workflow_id"),
                  row.getLong("source_instance_id"),
                  row.getLong("source_run_id"),
                  row.getString("source_step_id"),
                  row.getLong("source_attempt_id")));
      case "CLIENT" -> new Origin.Client(by);
      case "CLOUD_EVENT" -> new Origin.CloudEvent(by);
      case "TOPIC" -> new Origin.Topic(by);
      case String other -> throw new IllegalStateException("expected an origin, found " + other);
    };
  }
}
