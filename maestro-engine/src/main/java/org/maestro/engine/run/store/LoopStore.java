package org.maestro.engine.run.store;

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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.ChunkRow;
import org.maestro.engine.run.IterationFacts;
import org.maestro.engine.run.LoopFacts;
import org.maestro.engine.run.LoopRow;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
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

  /** Of each chunk as it stands in the last of some passes that has begun it. */
  private static final String CHUNKS =
      """
      SELECT DISTINCT ON (chunk) loop_run, facts
        FROM loop_chunk
       WHERE workflow_id = ? AND loop_run >= ? AND loop_run <= ? AND chunk >= ? AND chunk < ?
       ORDER BY chunk, loop_run DESC
      """;

  /** The same, but of what is known already only that it is as known. */
  private static final String CHANGED_CHUNKS =
      """
      SELECT c.chunk, c.loop_run, c.digest,
             CASE WHEN k.digest IS NULL OR k.digest <> c.digest THEN c.facts END AS facts
        FROM (SELECT DISTINCT ON (chunk) chunk, loop_run, facts, md5(facts) AS digest
                FROM loop_chunk
               WHERE workflow_id = ? AND loop_run >= ? AND loop_run <= ?
               ORDER BY chunk, loop_run DESC) AS c
        LEFT JOIN unnest(CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS TEXT[]))
                  AS k (chunk, loop_run, digest)
          ON k.chunk = c.chunk AND k.loop_run = c.loop_run
       ORDER BY c.chunk
      """;

  private static final String LAST_RUN =
      "SELECT max(run_id) FROM workflow_run WHERE workflow_id = ?";

  private static final String RUNS_OF_ITERATION =
      """
      SELECT facts
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id = ?
       ORDER BY run_id DESC
      """;

  private static final String LAST_RUNS_BETWEEN =
      """
      SELECT DISTINCT ON (instance_id) progress
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id >= ? AND instance_id <= ?
       ORDER BY instance_id, run_id DESC
      """;

  /** The last run of each iteration that has been run again. */
  private static final String RUN_AGAIN =
      """
      SELECT DISTINCT ON (instance_id) instance_id, run_id, facts
        FROM workflow_run
       WHERE workflow_id = ? AND instance_id <= ? AND run_id > 1
       ORDER BY instance_id, run_id DESC
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
      SELECT DISTINCT ON (c.workflow_id, c.chunk) c.workflow_id, c.loop_run, c.facts
        FROM unnest(CAST(? AS TEXT[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS l (workflow_id, since, loop_run)
        JOIN loop_chunk AS c
          ON c.workflow_id = l.workflow_id
         AND c.loop_run >= l.since AND c.loop_run <= l.loop_run
       ORDER BY c.workflow_id, c.chunk, c.loop_run DESC
      """;

  private static final String LIVE_CHUNKS =
      "SELECT workflow_id, loop_run, chunk FROM loop_chunk WHERE shard = ? AND live";

  /**
   * The latest attempt of one step in the latest run of each iteration that reached it: a piece of
   * them, by their number and by how much is read.
   */
  private static final String PARAMS_OF_STEP =
      """
      SELECT instance_id, run_id, step_id, attempt_id, seq, status, create_time, facts
        FROM (SELECT a.*,
                     sum(octet_length(a.facts))
                       OVER (ORDER BY a.instance_id
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM (SELECT DISTINCT ON (instance_id) *
                        FROM step_attempt
                       WHERE workflow_id = ? AND step_id = ? AND instance_id <= ?
                         AND instance_id > ?
                       ORDER BY instance_id, run_id DESC, attempt_id DESC
                       LIMIT 2000) AS a) AS measured
       WHERE coalesce(before, 0) < 4000000
       ORDER BY instance_id
      """;

  private final Transactions transactions;
  private final ColumnStatements statements;
  private final RunJson json;

  public LoopStore(Transactions transactions, RunJson json) {
    this.transactions = transactions;
    this.statements = new ColumnStatements(transactions);
    this.json = json;
  }

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

  public Optional<LoopRow> loop(LoopKey key) {
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
  public Optional<LoopRow> latestLoop(String inlineWorkflowId) {
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

  /**
   * Those chunks of a pass that have begun, in order, from one to before another; also as those
   * passes left them that it goes on with.
   */
  public List<Chunk.State> chunks(LoopKey loop, LoopFacts facts, long from, long to) {
    return query(
        CHUNKS,
        statement -> {
          statement.setString(1, loop.workflowId());
          statement.setLong(2, facts.since(loop));
          statement.setLong(3, loop.loopRun());
          statement.setLong(4, from);
          statement.setLong(5, to);
        },
        rows -> chunk(loop, facts, rows.getLong(1), rows.getString(2)));
  }

  /**
   * A chunk as it was read.
   *
   * @param loopRun the pass that left it so
   * @param digest of its row
   * @param size how long that is
   */
  public record ReadChunk(long chunk, long loopRun, String digest, int size, Chunk.State state) {}

  /**
   * All chunks of a pass that have begun, in order, of which only those are fetched that are not as
   * they are known.
   *
   * @param known what was read of the same pass before
   */
  public List<ReadChunk> chunks(LoopKey loop, LoopFacts facts, Collection<ReadChunk> known) {
    var before = new HashMap<Long, ReadChunk>();
    known.forEach(chunk -> before.put(chunk.chunk(), chunk));
    return query(
        CHANGED_CHUNKS,
        statement -> {
          var connection = statement.getConnection();
          statement.setString(1, loop.workflowId());
          statement.setLong(2, facts.since(loop));
          statement.setLong(3, loop.loopRun());
          statement.setArray(4, longs(connection, known, ReadChunk::chunk));
          statement.setArray(5, longs(connection, known, ReadChunk::loopRun));
          statement.setArray(6, texts(connection, known, ReadChunk::digest));
        },
        rows -> {
          var number = rows.getLong(1);
          var loopRun = rows.getLong(2);
          var text = rows.getString(4);
          return text == null
              ? Objects.requireNonNull(before.get(number))
              : new ReadChunk(
                  number,
                  loopRun,
                  rows.getString(3),
                  text.length(),
                  chunk(loop, facts, loopRun, text));
        });
  }

  private Chunk.State chunk(LoopKey loop, LoopFacts facts, long loopRun, String text) {
    var state = json.read(text, Chunk.State.class);
    return loopRun == loop.loopRun()
        ? state
        : Chunk.after(state, facts.only(), facts.nodes()).state();
  }

  /** The highest number of a run of an inline workflow; 0 if there is none. */
  public long lastRun(String inlineWorkflowId) {
    return query(
            LAST_RUN,
            statement -> statement.setString(1, inlineWorkflowId),
            rows -> rows.getLong(1))
        .getFirst();
  }

  /** The loop params that an iteration of a while step began with; empty if none are kept. */
  public Map<String, Object> valuesOf(String inlineWorkflowId, long iteration) {
    return query(
            RUNS_OF_ITERATION,
            statement -> {
              statement.setString(1, inlineWorkflowId);
              statement.setLong(2, iteration);
            },
            rows -> rows.getString(1))
        .stream()
        .filter(IterationFacts::isIn)
        .map(facts -> json.read(facts, IterationFacts.class).v())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(Map.of());
  }

  /** The leaf steps by status below the last runs of iterations, from one to another. */
  public List<Map<String, Long>> leavesOf(String inlineWorkflowId, long first, long last) {
    return query(
        LAST_RUNS_BETWEEN,
        statement -> {
          statement.setString(1, inlineWorkflowId);
          statement.setLong(2, first);
          statement.setLong(3, last);
        },
        rows -> {
          var progress = rows.getString(1);
          var leaves =
              progress == null ? null : json.read(progress, RunRow.Progress.class).rollup();
          return leaves == null ? Map.of() : leaves;
        });
  }

  /**
   * The last run of an iteration.
   *
   * @param loopRun the pass that it belongs to; null if it was restarted by itself
   */
  public record IterationRun(long runId, @Nullable Long loopRun) {}

  /** The last run of each iteration up to one that has been run again, by its number from 1. */
  public Map<Long, IterationRun> runAgain(String inlineWorkflowId, long total) {
    var found = new HashMap<Long, IterationRun>();
    query(
        RUN_AGAIN,
        statement -> {
          statement.setString(1, inlineWorkflowId);
          statement.setLong(2, total);
        },
        rows -> {
          var facts = rows.getString(3);
          return found.put(
              rows.getLong(1),
              new IterationRun(
                  rows.getLong(2),
                  IterationFacts.isIn(facts)
                      ? (Long) json.read(facts, IterationFacts.class).l()
                      : null));
        });
    return found;
  }

  /**
   * A pass of a step.
   *
   * @param ended whether none of its iterations runs and none will
   * @param chunks those that have begun, in order
   */
  public record Pass(LoopKey key, LoopFacts facts, boolean ended, List<Chunk.State> chunks) {
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
    var byWorkflow = new HashMap<String, LoopRow>();
    rows.forEach(row -> byWorkflow.put(row.key().workflowId(), row));
    var chunks = new HashMap<String, List<Chunk.State>>();
    query(
        CHUNKS_OF_LOOPS,
        statement -> {
          statement.setArray(
              1, texts(statement.getConnection(), rows, row -> row.key().workflowId()));
          statement.setArray(
              2, longs(statement.getConnection(), rows, row -> row.facts().since(row.key())));
          statement.setArray(3, longs(statement.getConnection(), rows, row -> row.key().loopRun()));
        },
        found -> {
          var row = byWorkflow.get(found.getString(1));
          if (row != null) {
            chunks
                .computeIfAbsent(row.key().workflowId(), _ -> new ArrayList<>())
                .add(chunk(row.key(), row.facts(), found.getLong(2), found.getString(3)));
          }
          return 0;
        });
    var passes = new HashMap<String, Pass>();
    for (var row : rows) {
      var id = row.key().workflowId();
      var ended = row.progress() != null && row.progress().finished();
      passes.put(id, new Pass(row.key(), row.facts(), ended, chunks.getOrDefault(id, List.of())));
    }
    return passes;
  }

  /** The chunks of a shard at which something is to be done. */
  public List<RunKey> liveChunks(int shard) {
    return query(
        LIVE_CHUNKS,
        statement -> statement.setLong(1, shard),
        rows -> RunKey.ofChunk(new LoopKey(rows.getString(1), rows.getLong(2)), rows.getLong(3)));
  }

  /**
   * What one step has in an iteration.
   *
   * @param instanceId of the iteration
   * @param value what was asked for of the step's latest attempt
   */
  public record Reached(long instanceId, long runId, @Nullable Object value) {}

  /**
   * Something of one step in every iteration, up to one, that has ever reached it, in the order of
   * the iterations.
   */
  public List<Reached> ofStep(
      String inlineWorkflowId,
      String stepId,
      long total,
      Function<StepAttempt, @Nullable Object> value) {
    var all = new ArrayList<Reached>();
    var piece = piece(inlineWorkflowId, stepId, total, 0, value);
    while (!piece.isEmpty()) {
      all.addAll(piece);
      piece = piece(inlineWorkflowId, stepId, total, all.getLast().instanceId(), value);
    }
    return all;
  }

  private List<Reached> piece(
      String inlineWorkflowId,
      String stepId,
      long total,
      long after,
      Function<StepAttempt, @Nullable Object> value) {
    return query(
        PARAMS_OF_STEP,
        statement -> {
          statement.setString(1, inlineWorkflowId);
          statement.setString(2, stepId);
          statement.setLong(3, total);
          statement.setLong(4, after);
        },
        rows ->
            new Reached(
                rows.getLong(1),
                rows.getLong(2),
                value.apply(
                    json.attempt(
                        rows.getString(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        StepStatus.valueOf(rows.getString(6)),
                        rows.getLong(7),
                        rows.getString(8)))));
  }

  private <T extends @Nullable Object> List<T> query(
      String sql, ColumnStatements.Binding binding, ColumnStatements.RowReader<T> reader) {
    return transactions.readHere(() -> statements.query(sql, binding, reader));
  }
}
