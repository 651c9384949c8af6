package org.maestro.engine.run;

import static org.maestro.service.database.ColumnStatements.booleans;
import static org.maestro.service.database.ColumnStatements.longs;
import static org.maestro.service.database.ColumnStatements.texts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.StepStatus;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Transactions;

/** Owns the tables of loops and their chunks. Writes only as a part of a shard's commit. */
public final class LoopStore {
  private static final String INSERT_LOOPS =
      """
      INSERT INTO step_loop (workflow_id, loop_run, facts, progress)
      SELECT v.workflow_id, v.loop_run, v.facts, v.progress
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]))
             AS v (workflow_id, loop_run, facts, progress)
          ON CONFLICT (workflow_id, loop_run)
          DO UPDATE SET facts = excluded.facts, progress = excluded.progress
      """;

  /** Leaves the large column alone: what an update doesn't touch is not written again. */
  private static final String UPDATE_LOOPS =
      """
      UPDATE step_loop AS l
         SET progress = v.progress
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS TEXT[]))
             AS v (workflow_id, loop_run, progress)
       WHERE l.workflow_id = v.workflow_id AND l.loop_run = v.loop_run
      """;

  private static final String UPSERT_CHUNKS =
      """
      INSERT INTO loop_chunk (workflow_id, loop_run, chunk, shard, live, facts)
      SELECT v.workflow_id, v.loop_run, v.chunk, v.shard, v.live, v.facts
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]),
                    CAST(? AS BOOL[]), CAST(? AS TEXT[]))
             AS v (workflow_id, loop_run, chunk, shard, live, facts)
          ON CONFLICT (workflow_id, loop_run, chunk)
          DO UPDATE SET live = excluded.live, facts = excluded.facts
      """;

  private static final String LOOP =
      """
      SELECT workflow_id, loop_run, facts, progress
        FROM step_loop
       WHERE workflow_id = ? AND loop_run = ?
      """;

  private static final String LATEST_LOOP =
      """
      SELECT workflow_id, loop_run, facts, progress
        FROM step_loop
       WHERE workflow_id = ?
       ORDER BY loop_run DESC
       LIMIT 1
      """;

  private static final String CHUNKS =
      """
      SELECT facts
        FROM loop_chunk
       WHERE workflow_id = ? AND loop_run = ? AND chunk >= ? AND chunk < ?
       ORDER BY chunk
      """;

  private static final String LATEST_LOOPS =
      """
      SELECT DISTINCT ON (workflow_id) workflow_id, loop_run, facts, progress
        FROM step_loop
       WHERE workflow_id = ANY (?)
       ORDER BY workflow_id, loop_run DESC
      """;

  private static final String CHUNKS_OF_LOOPS =
      """
      SELECT c.workflow_id, c.facts
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[])) AS l (workflow_id, loop_run)
        JOIN loop_chunk AS c ON c.workflow_id = l.workflow_id AND c.loop_run = l.loop_run
       ORDER BY c.workflow_id, c.chunk
      """;

  private static final String LIVE_CHUNKS =
      "SELECT workflow_id, loop_run, chunk FROM loop_chunk WHERE shard = ? AND live";

  /** The latest attempt of one step in the latest run of each iteration that reached it. */
  private static final String PARAMS_OF_STEP =
      """
      SELECT DISTINCT ON (instance_id)
             instance_id, run_id, step_id, attempt_id, seq, status, create_time, facts
        FROM step_attempt
       WHERE workflow_id = ? AND step_id = ?
       ORDER BY instance_id, run_id DESC, attempt_id DESC
      """;

  private final Transactions transactions;
  private final ColumnStatements statements;
  private final RunJson json;

  public LoopStore(Transactions transactions, RunJson json) {
    this.transactions = transactions;
    this.statements = new ColumnStatements(transactions);
    this.json = json;
  }

  /** A chunk as a turn leaves it. */
  record ChunkRow(LoopKey loop, long chunk, boolean live, Chunk.State state) {}

  void write(Connection connection, Collection<Batch> batches) throws SQLException {
    var created = new ArrayList<LoopRow>();
    var changed = new ArrayList<LoopRow>();
    for (var batch : batches) {
      for (var changes : batch.runs()) {
        created.addAll(changes.loopsCreated());
        changed.addAll(changes.loopsChanged());
      }
    }
    if (!created.isEmpty()) {
      try (var statement = connection.prepareStatement(INSERT_LOOPS)) {
        loops(statement, created);
        statement.setArray(3, texts(connection, created, l -> json.write(l.facts())));
        statement.setArray(4, texts(connection, created, this::progress));
        statement.executeUpdate();
      }
    }
    if (!changed.isEmpty()) {
      try (var statement = connection.prepareStatement(UPDATE_LOOPS)) {
        loops(statement, changed);
        statement.setArray(3, texts(connection, changed, this::progress));
        statement.executeUpdate();
      }
    }
    writeChunks(connection, batches);
  }

  private static void loops(PreparedStatement statement, List<LoopRow> rows) throws SQLException {
    var connection = statement.getConnection();
    statement.setArray(1, texts(connection, rows, l -> l.key().workflowId()));
    statement.setArray(2, longs(connection, rows, l -> l.key().loopRun()));
  }

  private @Nullable String progress(LoopRow row) {
    return row.progress() == null ? null : json.write(row.progress());
  }

  private void writeChunks(Connection connection, Collection<Batch> batches) throws SQLException {
    var shards = new ArrayList<Long>();
    var chunks = new ArrayList<ChunkRow>();
    for (var batch : batches) {
      for (var chunk : batch.chunks()) {
        chunks.add(chunk);
        shards.add((long) batch.shard());
      }
    }
    if (chunks.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(UPSERT_CHUNKS)) {
      statement.setArray(1, texts(connection, chunks, c -> c.loop().workflowId()));
      statement.setArray(2, longs(connection, chunks, c -> c.loop().loopRun()));
      statement.setArray(3, longs(connection, chunks, ChunkRow::chunk));
      statement.setArray(4, longs(connection, shards, s -> s));
      statement.setArray(5, booleans(connection, chunks, ChunkRow::live));
      statement.setArray(6, texts(connection, chunks, c -> json.write(c.state())));
      statement.executeUpdate();
    }
  }

  Optional<LoopRow> loop(LoopKey key) {
    return query(
            LOOP,
            statement -> {
              statement.setString(1, key.workflowId());
              statement.setLong(2, key.loopRun());
            },
            this::loopRow)
        .stream()
        .findFirst();
  }

  /** The last pass of a step. */
  Optional<LoopRow> latestLoop(String inlineWorkflowId) {
    return query(LATEST_LOOP, statement -> statement.setString(1, inlineWorkflowId), this::loopRow)
        .stream()
        .findFirst();
  }

  private LoopRow loopRow(ResultSet rows) throws SQLException {
    var progress = rows.getString(4);
    return new LoopRow(
        new LoopKey(rows.getString(1), rows.getLong(2)),
        json.read(rows.getString(3), LoopFacts.class),
        progress == null ? null : json.read(progress, LoopProgress.class));
  }

  /** Those chunks of a pass that have begun, in order, from one to before another. */
  public List<Chunk.State> chunks(LoopKey loop, long from, long to) {
    return query(
        CHUNKS,
        statement -> {
          statement.setString(1, loop.workflowId());
          statement.setLong(2, loop.loopRun());
          statement.setLong(3, from);
          statement.setLong(4, to);
        },
        rows -> json.read(rows.getString(1), Chunk.State.class));
  }

  /** A pass of a step, and those of its chunks that have begun, in order. */
  public record Pass(LoopKey key, LoopFacts facts, List<Chunk.State> chunks) {
    public Pass {
      chunks = List.copyOf(chunks);
    }
  }

  /** The last pass of each of these inline workflows that has one, by workflow; two statements. */
  public Map<String, Pass> lastPasses(List<String> inlineWorkflowIds) {
    var rows =
        query(
            LATEST_LOOPS,
            statement ->
                statement.setArray(
                    1, texts(statement.getConnection(), inlineWorkflowIds, id -> id)),
            this::loopRow);
    var chunks = new HashMap<String, List<Chunk.State>>();
    query(
            CHUNKS_OF_LOOPS,
            statement -> {
              statement.setArray(
                  1, texts(statement.getConnection(), rows, row -> row.key().workflowId()));
              statement.setArray(
                  2, longs(statement.getConnection(), rows, row -> row.key().loopRun()));
            },
            found ->
                Map.entry(found.getString(1), json.read(found.getString(2), Chunk.State.class)))
        .forEach(chunk ->
            chunks.computeIfAbsent(chunk.getKey(), _ -> new ArrayList<>()).add(chunk.getValue()));
    var passes = new HashMap<String, Pass>();
    for (var row : rows) {
      var id = row.key().workflowId();
      passes.put(id, new Pass(row.key(), row.facts(), chunks.getOrDefault(id, List.of())));
    }
    return passes;
  }

  /** The chunks of a shard at which something is to be done. */
  List<RunKey> liveChunks(int shard) {
    return query(
        LIVE_CHUNKS,
        statement -> statement.setLong(1, shard),
        rows -> RunKey.ofChunk(new LoopKey(rows.getString(1), rows.getLong(2)), rows.getLong(3)));
  }

  /**
   * Something of one step in every iteration that has reached it, in the order of the iterations;
   * of each the latest attempt counts.
   */
  List<@Nullable Object> ofStep(
      String inlineWorkflowId, String stepId, Function<StepAttempt, @Nullable Object> value) {
    return query(
        PARAMS_OF_STEP,
        statement -> {
          statement.setString(1, inlineWorkflowId);
          statement.setString(2, stepId);
        },
        rows ->
            value.apply(
                json.attempt(
                    rows.getString(3),
                    rows.getLong(4),
                    rows.getLong(5),
                    StepStatus.valueOf(rows.getString(6)),
                    rows.getLong(7),
                    rows.getString(8))));
  }

  private <T extends @Nullable Object> List<T> query(
      String sql, ColumnStatements.Binding binding, ColumnStatements.RowReader<T> reader) {
    return transactions.readHere(() -> statements.query(sql, binding, reader));
  }
}
