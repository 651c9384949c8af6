package org.maestro.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.maestro.engine.run.RunKey;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes many of a few: rows of versions, runs and workflows that an engine has written, copied with
 * other numbers, in the database of a {@code ./maestro dev} that runs. What would take days to run
 * is there in minutes. {@code maestro-ui/test/size.mjs} writes the few, calls this, and looks at
 * what there is then.
 */
public final class LargeStock implements AutoCloseable {
  private static final String USAGE =
      """
      usage: LargeStock DATA_DIR COMMAND
        versions WORKFLOW N   so many versions of a workflow that has one
        runs WORKFLOW N       so many instances of a workflow that has a few, each like one of them
        workflows WORKFLOW N  so many workflows like this one, WORKFLOW-1 and so on
        analyze               what the database would do by itself in a while
        reads                 rows read since it began, by table, as JSON
        plans MODE            auto or force_generic_plan, from now on, for everybody\
      """;

  /** Of a development server. */
  private static final int SHARDS = 30;

  private static final int BATCH = 20_000;

  private static final String VERSIONS =
      """
      INSERT INTO workflow_version
             (workflow_id, version_id, name, author, create_time, definition, git_info, extra_info)
      SELECT v.workflow_id, v.version_id + g.n, v.name, v.author, v.create_time + g.n, v.definition,
             v.git_info, v.extra_info
        FROM workflow_version AS v, generate_series(1, ? - v.version_id) AS g (n)
       WHERE v.workflow_id = ?
         AND v.version_id = (SELECT max(version_id) FROM workflow_version WHERE workflow_id = ?)
      """;

  private static final String TOLD =
      """
      INSERT INTO workflow_timeline (workflow_id, revision, create_time, author, message)
      SELECT t.workflow_id, t.revision + g.n, t.create_time + g.n, t.author,
             replace(t.message, '[1]', '[' || (1 + g.n) || ']')
        FROM workflow_timeline AS t, generate_series(1, ? - 1) AS g (n)
       WHERE t.workflow_id = ? AND t.revision = 1
      """;

  private static final String LATEST_VERSION =
      """
      UPDATE workflow
         SET latest_version_id = ?, active_version_id = ?, revision = revision + ? - 1
       WHERE workflow_id = ?
      """;

  private static final String INSTANCES =
      "SELECT latest_instance_id FROM workflow WHERE workflow_id = ?";

  /** Numbers of instances are times apart, too: each began a second after the one before. */
  private static final String RUNS =
      """
      INSERT INTO workflow_run
             (workflow_id, instance_id, run_id, uuid, shard, status, admitted, blocking, version_id,
              create_time, start_time, end_time, modify_time, due_at, facts, progress)
      SELECT r.workflow_id, v.instance_id, r.run_id,
             CAST(md5(r.workflow_id || ':' || v.instance_id) AS UUID), v.shard, r.status, r.admitted,
             r.blocking, r.version_id, r.create_time + v.later, r.start_time + v.later,
             r.end_time + v.later, r.modify_time + v.later, r.due_at,
             replace(replace(r.facts, f.time, CAST(CAST(f.time AS INT8) + v.later AS TEXT)),
                     ':' || r.instance_id || ':', ':' || v.instance_id || ':'),
             r.progress
        FROM unnest(CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS v (instance_id, shard, template, later)
        JOIN workflow_run AS r
          ON r.workflow_id = ? AND r.instance_id = v.template
       CROSS JOIN LATERAL (SELECT r.facts::json ->> 'request_time') AS f (time)
      """;

  private static final String ATTEMPTS =
      """
      INSERT INTO step_attempt
             (workflow_id, instance_id, run_id, step_id, attempt_id, shard, seq, status, create_time,
              end_time, due_at, facts)
      SELECT a.workflow_id, v.instance_id, a.run_id, a.step_id, a.attempt_id, v.shard, a.seq, a.status,
             a.create_time + v.later, a.end_time + v.later, a.due_at, a.facts
        FROM unnest(CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]), CAST(? AS INT8[]))
             AS v (instance_id, shard, template, later)
        JOIN step_attempt AS a ON a.workflow_id = ? AND a.instance_id = v.template
      """;

  private static final String LATEST_INSTANCE =
      """
      UPDATE workflow SET latest_instance_id = ?, revision = revision + 1 WHERE workflow_id = ?
      """;

  private static final String COPY_WORKFLOWS =
      """
      WITH made AS (
           UPDATE workflow_id_counter SET last_id = last_id + ? WHERE counter_id = 1 RETURNING last_id - ? AS before
      )
      INSERT INTO workflow
             (workflow_id, internal_id, revision, owner, latest_version_id, active_version_id,
              latest_instance_id, properties_time, activate_time, activated_by, create_time,
              modify_time)
      SELECT w.workflow_id || '-' || g.n, made.before + g.n, w.revision, w.owner, w.latest_version_id,
             w.active_version_id, w.latest_instance_id, w.properties_time, w.activate_time,
             w.activated_by, w.create_time, w.modify_time
        FROM workflow AS w, made, generate_series(1, ?) AS g (n)
       WHERE w.workflow_id = ?
      """;

  private static final String COPY_VERSIONS =
      """
      INSERT INTO workflow_version
             (workflow_id, version_id, name, author, create_time, definition, git_info, extra_info)
      SELECT v.workflow_id || '-' || g.n, v.version_id, v.name, v.author, v.create_time,
             replace(v.definition, '"id":"' || v.workflow_id || '"',
                     '"id":"' || v.workflow_id || '-' || g.n || '"'),
             v.git_info, v.extra_info
        FROM workflow_version AS v, generate_series(1, ?) AS g (n)
       WHERE v.workflow_id = ?
      """;

  private static final String COPY_PROPERTIES =
      """
      INSERT INTO workflow_properties (workflow_id, create_time, author, properties)
      SELECT p.workflow_id || '-' || g.n, p.create_time, p.author, p.properties
        FROM workflow_properties AS p, generate_series(1, ?) AS g (n)
       WHERE p.workflow_id = ?
      """;

  private static final String COPY_TIMELINE =
      """
      INSERT INTO workflow_timeline (workflow_id, revision, create_time, author, message)
      SELECT t.workflow_id || '-' || g.n, t.revision, t.create_time, t.author, t.message
        FROM workflow_timeline AS t, generate_series(1, ?) AS g (n)
       WHERE t.workflow_id = ?
      """;

  private static final String COPY_TAGS =
      """
      INSERT INTO workflow_tag (tag, workflow_id)
      SELECT t.tag, t.workflow_id || '-' || g.n
        FROM workflow_tag AS t, generate_series(1, ?) AS g (n)
       WHERE t.workflow_id = ?
      """;

  /** What a text finds them by, as the engine makes it: every three characters in a row. */
  private static final String COPY_PARTS =
      """
      INSERT INTO workflow_part (part, workflow_id)
      SELECT DISTINCT lower(substr(x.text, s.place, 3)), w.workflow_id
        FROM generate_series(1, ?) AS g (n)
        JOIN workflow AS t ON t.workflow_id = ?
        JOIN workflow AS w ON w.workflow_id = t.workflow_id || '-' || g.n
        JOIN workflow_version AS v
          ON v.workflow_id = w.workflow_id AND v.version_id = w.latest_version_id
       CROSS JOIN LATERAL unnest(ARRAY[w.workflow_id, w.owner, v.name]) AS x (text)
       CROSS JOIN LATERAL generate_series(1, length(x.text) - 2) AS s (place)
      """;

  /** The shards follow from the hash of a name, so they are drawn: nothing here has to run. */
  private static final String COPY_RUNS =
      """
      INSERT INTO workflow_run
             (workflow_id, instance_id, run_id, uuid, shard, status, admitted, blocking, version_id,
              create_time, start_time, end_time, modify_time, due_at, facts, progress)
      SELECT r.workflow_id || '-' || g.n, r.instance_id, r.run_id,
             CAST(md5(r.workflow_id || '-' || g.n || ':' || r.instance_id) AS UUID),
             (r.shard + g.n) % 30, r.status, r.admitted, r.blocking, r.version_id, r.create_time,
             r.start_time, r.end_time, r.modify_time, r.due_at,
             replace(replace(r.facts, '"' || r.workflow_id || ':',
                             '"' || r.workflow_id || '-' || g.n || ':'),
                     '"internal_id":' || t.internal_id, '"internal_id":' || w.internal_id),
             r.progress
        FROM workflow_run AS r
        JOIN workflow AS t ON t.workflow_id = r.workflow_id
        JOIN generate_series(1, ?) AS g (n) ON true
        JOIN workflow AS w ON w.workflow_id = r.workflow_id || '-' || g.n
       WHERE r.workflow_id = ?
      """;

  private static final String COPY_ATTEMPTS =
      """
      INSERT INTO step_attempt
             (workflow_id, instance_id, run_id, step_id, attempt_id, shard, seq, status, create_time,
              end_time, due_at, facts)
      SELECT a.workflow_id || '-' || g.n, a.instance_id, a.run_id, a.step_id, a.attempt_id,
             (a.shard + g.n) % 30, a.seq, a.status, a.create_time, a.end_time, a.due_at, a.facts
        FROM step_attempt AS a, generate_series(1, ?) AS g (n)
       WHERE a.workflow_id = ?
      """;

  private static final String READS =
      """
      SELECT t.relname,
             t.seq_tup_read + coalesce((SELECT sum(i.idx_tup_read)
                                          FROM pg_stat_user_indexes AS i
                                         WHERE i.relid = t.relid), 0) AS reads
        FROM pg_stat_user_tables AS t
       ORDER BY t.relname
      """;

  private final Connection connection;

  private LargeStock(Path dataDir) throws IOException, SQLException {
    var postgres = dataDir.resolve("postgres");
    connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:%s/maestro"
                .formatted(Files.readString(postgres.resolve("port")).strip()),
            "maestro",
            Files.readString(postgres.resolve("password")).strip());
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    if (arguments.length < 2) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try (var stock = new LargeStock(Path.of(arguments[0]))) {
      switch (arguments[1]) {
        case "versions" -> stock.versions(arguments[2], Long.parseLong(arguments[3]));
        case "runs" -> stock.runs(arguments[2], Long.parseLong(arguments[3]));
        case "workflows" -> stock.workflows(arguments[2], Long.parseLong(arguments[3]));
        case "analyze" -> stock.execute("VACUUM (ANALYZE)");
        case "reads" ->
            System.out.println(JsonMapper.builder().build().writeValueAsString(stock.reads()));
        case "plans" -> stock.plans(arguments[2]);
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
  }

  private void versions(String workflowId, long count) throws SQLException {
    update(VERSIONS, count, workflowId, workflowId);
    update(TOLD, count, workflowId);
    update(LATEST_VERSION, count, count, count, workflowId);
  }

  private void runs(String workflowId, long count) throws SQLException {
    long templates;
    try (var statement = connection.prepareStatement(INSTANCES)) {
      statement.setString(1, workflowId);
      try (var rows = statement.executeQuery()) {
        rows.next();
        templates = rows.getLong(1);
      }
    }
    for (var from = templates + 1; from <= count; from += BATCH) {
      var instances =
          LongStream.rangeClosed(from, Math.min(count, from + BATCH - 1)).boxed().toList();
      var arrays =
          new Object[] {
            instances.toArray(),
            instances.stream()
                .map(n -> (long) new RunKey(workflowId, n, 1).shard(SHARDS))
                .toArray(),
            instances.stream().map(n -> template(n, templates)).toArray(),
            instances.stream().map(n -> (n - count) * 1_000).toArray(),
          };
      for (var sql : new String[] {RUNS, ATTEMPTS}) {
        try (var insert = connection.prepareStatement(sql)) {
          for (int i = 0; i < arrays.length; i++) {
            insert.setArray(i + 1, connection.createArrayOf("int8", (Object[]) arrays[i]));
          }
          insert.setString(arrays.length + 1, workflowId);
          insert.executeUpdate();
        }
      }
    }
    update(LATEST_INSTANCE, count, workflowId);
  }

  /** The first one for most, so that failures are as rare as they are. */
  private static long template(long instance, long templates) {
    return instance % 50 == 0 ? 1 + instance / 50 % templates : 1;
  }

  private void workflows(String workflowId, long count) throws SQLException {
    update(COPY_WORKFLOWS, count, count, count, workflowId);
    for (var sql :
        new String[] {
          COPY_VERSIONS,
          COPY_PROPERTIES,
          COPY_TIMELINE,
          COPY_TAGS,
          COPY_PARTS,
          COPY_RUNS,
          COPY_ATTEMPTS
        }) {
      update(sql, count, workflowId);
    }
  }

  private void update(String sql, Object... arguments) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      statement.executeUpdate();
    }
  }

  private Map<String, Long> reads() throws SQLException {
    var reads = new LinkedHashMap<String, Long>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(READS)) {
      while (rows.next()) {
        reads.put(rows.getString(1), rows.getLong(2));
      }
    }
    return reads;
  }

  private void plans(String mode) throws SQLException {
    if (!mode.equals("auto") && !mode.equals("force_generic_plan")) {
      throw new IllegalArgumentException(USAGE);
    }
    execute("ALTER SYSTEM SET plan_cache_mode = '" + mode + "'");
    execute("SELECT pg_reload_conf()");
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
