package org.maestro.engine.backfill;

import static org.maestro.service.database.ColumnStatements.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.model.backfill.BackfillStatus;
import org.maestro.model.instance.RunStatus;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.UnreadableRowException;

/**
 * Owns the table of back-fills, and finds their runs. A change names the revision it was read at.
 */
public final class BackfillStore {
  private static final String INSERT =
      """
      INSERT INTO backfill
             (backfill_id, workflow_id, internal_id, status, live, revision, created_by,
              create_time, modify_time, end_time, total, spec, progress)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)
      ON CONFLICT (backfill_id) DO NOTHING
      """;

  private static final String COLUMNS =
      """
      SELECT backfill_id, workflow_id, internal_id, status, revision, created_by, create_time,
             modify_time, end_time, total, spec, progress
        FROM backfill
      """;

  private static final String FIND = COLUMNS + " WHERE backfill_id = ?";

  private static final String AFTER =
      COLUMNS
          + """
           WHERE workflow_id = ? AND internal_id = ?
             AND (CAST(? AS TEXT) IS NULL OR backfill_id < ?)
           ORDER BY backfill_id DESC
           LIMIT ?
          """;

  private static final String BEFORE =
      COLUMNS
          + """
           WHERE workflow_id = ? AND internal_id = ?
             AND (CAST(? AS TEXT) IS NULL OR backfill_id > ?)
           ORDER BY backfill_id
           LIMIT ?
          """;

  private static final String LIVE = "SELECT backfill_id FROM backfill WHERE live";

  private static final String SAVE =
      """
      UPDATE backfill
         SET status = ?, live = ?, modify_time = ?, end_time = ?, progress = ?,
             revision = revision + 1
       WHERE backfill_id = ? AND revision = ?
      """;

  private static final String DELETE_ALL = "DELETE FROM backfill WHERE workflow_id = ?";

  /** One look into the unique index, and one into the primary key, per run that is asked for. */
  private static final String STANDINGS =
      """
      SELECT v.uuid, l.instance_id, l.run_id, l.status
        FROM unnest(CAST(? AS TEXT[])) AS v (uuid)
       CROSS JOIN LATERAL (
             SELECT instance_id FROM workflow_run
              WHERE workflow_id = ? AND uuid = v.uuid
              LIMIT 1
             ) AS r
       CROSS JOIN LATERAL (
             SELECT instance_id, run_id, status FROM workflow_run
              WHERE workflow_id = ? AND instance_id = r.instance_id
              ORDER BY run_id DESC
              LIMIT 1
             ) AS l
      """;

  private static final String LATEST_RUNS =
      """
      SELECT DISTINCT ON (instance_id) instance_id, status, facts
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id < ? AND instance_id >= ?
       ORDER BY instance_id DESC, run_id DESC
      """;

  private static final String LATEST_INSTANCE =
      "SELECT latest_instance_id FROM workflow WHERE workflow_id = ?";

  private final Transactions transactions;
  private final ColumnStatements statements;
  private final RunJson json;

  public BackfillStore(Transactions transactions, RunJson json) {
    this.transactions = transactions;
    this.statements = new ColumnStatements(transactions);
    this.json = json;
  }

  /**
   * A back-fill in a list.
   *
   * @param unreadable why what was asked for, or how far it has come, can't be read; null if it can
   */
  record Listed(Backfill backfill, @Nullable String unreadable) {}

  /** A run of an instance, with how it was started. */
  record Earlier(long instanceId, RunStatus status, RunFacts facts) {}

  void insert(Backfill backfill) {
    transactions.runIdempotent(() ->
        statements.update(
            INSERT,
            statement -> {
              statement.setString(1, backfill.id());
              statement.setString(2, backfill.workflowId());
              statement.setLong(3, backfill.internalId());
              statement.setString(4, backfill.status().name());
              statement.setBoolean(5, backfill.isLive());
              statement.setLong(6, backfill.revision());
              statement.setString(7, backfill.createdBy());
              statement.setLong(8, backfill.createTime());
              statement.setLong(9, backfill.modifyTime());
              statement.setLong(10, backfill.total());
              statement.setString(11, json.write(backfill.spec()));
              statement.setString(12, json.write(backfill.progress()));
            }));
  }

  Optional<Backfill> find(String id) {
    return transactions
        .read(() -> statements.query(FIND, statement -> statement.setString(1, id), this::row))
        .stream()
        .findFirst();
  }

  /**
   * The back-fills of a workflow: older than {@code cursor}, newest first; or newer ones, nearest
   * first. One that can't be read is among them, and says so.
   */
  List<Listed> list(
      String workflowId, long internalId, boolean older, @Nullable String cursor, int limit) {
    return transactions.read(() ->
        statements.query(
            older ? AFTER : BEFORE,
            statement -> {
              statement.setString(1, workflowId);
              statement.setLong(2, internalId);
              statement.setString(3, cursor);
              statement.setString(4, cursor);
              statement.setLong(5, limit);
            },
            this::listed));
  }

  /** The ids of all that have something to do. */
  public List<String> live() {
    return transactions.read(() -> statements.query(LIVE, _ -> {}, rows -> rows.getString(1)));
  }

  /** Saves what became of it; false if somebody else has changed it since it was read. */
  boolean save(Backfill changed) {
    return transactions.<Integer>runIdempotent(() ->
        statements.update(
            SAVE,
            statement -> {
              statement.setString(1, changed.status().name());
              statement.setBoolean(2, changed.isLive());
              statement.setLong(3, changed.modifyTime());
              statement.setObject(4, changed.endTime(), java.sql.Types.BIGINT);
              statement.setString(5, json.write(changed.progress()));
              statement.setString(6, changed.id());
              statement.setLong(7, changed.revision());
            }))
        > 0;
  }

  /** Forgets the back-fills of a workflow that is being deleted; returns how many it had. */
  public int deleteAll(String workflowId) {
    return transactions.<Integer>runIdempotent(
        () -> statements.update(DELETE_ALL, statement -> statement.setString(1, workflowId)));
  }

  /** The latest runs of the instances that have a run with one of these uuids; by that uuid. */
  Map<String, Backfill.Standing> standings(String workflowId, List<String> uuids) {
    var found = new HashMap<String, Backfill.Standing>();
    if (uuids.isEmpty()) {
      return found;
    }
    transactions.read(() ->
        statements.query(
            STANDINGS,
            statement -> {
              statement.setArray(1, texts(statement, uuids));
              statement.setString(2, workflowId);
              statement.setString(3, workflowId);
            },
            rows ->
                found.put(
                    rows.getString(1),
                    new Backfill.Standing(
                        new RunKey(workflowId, rows.getLong(2), rows.getLong(3)),
                        RunStatus.valueOf(rows.getString(4))))));
    return found;
  }

  /** The latest runs of the last instances below {@code before}, newest first. */
  List<Earlier> earlier(String workflowId, long before, int window) {
    return transactions.read(() ->
        statements.query(
            LATEST_RUNS,
            statement -> {
              statement.setString(1, workflowId);
              statement.setLong(2, before);
              statement.setLong(3, Math.max(1, before - window));
            },
            rows ->
                new Earlier(
                    rows.getLong(1),
                    RunStatus.valueOf(rows.getString(2)),
                    facts(rows.getString(3)))));
  }

  /** Of a run that can't be read nobody knows what it was started for. */
  private RunFacts facts(String text) {
    try {
      return json.read(text, RunFacts.class);
    } catch (UnreadableRowException _) {
      return RunFacts.remainsOf(json, text);
    }
  }

  /** The number of the instance that was started last; 0 if none was. */
  long latestInstance(String workflowId) {
    return transactions
        .read(() ->
            new ArrayList<>(
                statements.query(
                    LATEST_INSTANCE,
                    statement -> statement.setString(1, workflowId),
                    rows -> rows.getLong(1))))
        .stream()
        .findFirst()
        .orElse(0L);
  }

  private Listed listed(ResultSet rows) throws SQLException {
    try {
      return new Listed(row(rows), null);
    } catch (UnreadableRowException e) {
      return new Listed(row(rows, BackfillSpec.UNREAD, BackfillProgress.NONE), e.getMessage());
    }
  }

  private Backfill row(ResultSet rows) throws SQLException {
    return row(
        rows,
        json.read(rows.getString(11), BackfillSpec.class),
        json.read(rows.getString(12), BackfillProgress.class));
  }

  private static Backfill row(ResultSet rows, BackfillSpec spec, BackfillProgress progress)
      throws SQLException {
    var endTime = rows.getLong(9);
    return new Backfill(
        rows.getString(1),
        rows.getString(2),
        rows.getLong(3),
        BackfillStatus.valueOf(rows.getString(4)),
        rows.getLong(5),
        rows.getString(6),
        rows.getLong(7),
        rows.getLong(8),
        endTime == 0 ? null : (Long) endTime,
        rows.getLong(10),
        spec,
        progress);
  }
}
