package org.maestro.engine.definition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.WorkflowOverview;
import org.maestro.model.definition.WorkflowSummary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds workflows, and owns what they are found by. A search walks along ids, in pieces, and says
 * of each piece which workflows are wanted: whoever asks decides how far it goes.
 */
final class WorkflowSearchStore {
  private final JdbcClient jdbc;

  WorkflowSearchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  // ------------------------------------------------------------------ what they are found by

  private static final String INSERT_PARTS =
      """
      INSERT INTO workflow_part (part, workflow_id)
      SELECT p.part, :workflowId
        FROM unnest(CAST(:parts AS TEXT[])) AS p (part)
      ON CONFLICT (part, workflow_id) DO NOTHING
      """;
  private static final String DELETE_PARTS =
      """
      DELETE FROM workflow_part
       WHERE workflow_id = :workflowId AND part = ANY(CAST(:parts AS TEXT[]))
      """;

  void insertParts(String workflowId, Collection<String> parts) {
    write(INSERT_PARTS, workflowId, parts);
  }

  void deleteParts(String workflowId, Collection<String> parts) {
    write(DELETE_PARTS, workflowId, parts);
  }

  private void write(String sql, String workflowId, Collection<String> parts) {
    if (!parts.isEmpty()) {
      jdbc.sql(sql)
          .param("workflowId", workflowId)
          .param("parts", parts.toArray(new String[0]))
          .update();
    }
  }

  /** A workflow by what a text is looked for in. */
  record Texts(String workflowId, String owner, @Nullable String name) {
    Texts ownedBy(String other) {
      return new Texts(workflowId, other, name);
    }

    Collection<String> parts() {
      return TextParts.of(workflowId, owner, name);
    }
  }

  private static final String TEXTS =
      """
      SELECT w.workflow_id, w.owner, v.name
        FROM workflow AS w
        JOIN workflow_version AS v
          ON v.workflow_id = w.workflow_id AND v.version_id = w.latest_version_id
       WHERE w.workflow_id = :workflowId
      """;

  /** As they are now; empty without such a workflow. */
  Optional<Texts> texts(String workflowId) {
    return jdbc.sql(TEXTS)
        .param("workflowId", workflowId)
        .query(WorkflowSearchStore::textsOf)
        .optional();
  }

  private static final String NOT_FINDABLE =
      """
      SELECT w.workflow_id, w.owner, v.name
        FROM unnest(CAST(:ids AS TEXT[])) AS i (workflow_id)
       CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow_id = i.workflow_id LIMIT 1) AS w
       CROSS JOIN LATERAL (
             SELECT name
               FROM workflow_version
              WHERE workflow_id = w.workflow_id AND version_id = w.latest_version_id
              LIMIT 1
             ) AS v
       WHERE w.deletion IS NULL
         AND length(w.workflow_id) >= 3
         AND (SELECT p.part
                FROM workflow_part AS p
               WHERE p.part = substr(lower(w.workflow_id), 1, 3) AND p.workflow_id = w.workflow_id
             ) IS NULL
      """;

  /** Those of some workflows that no text finds: an engine pushed them that knew nothing of it. */
  List<Texts> notFindable(List<String> ids) {
    return jdbc.sql(NOT_FINDABLE)
        .param("ids", ids.toArray(new String[0]))
        .query(WorkflowSearchStore::textsOf)
        .list();
  }

  private static Texts textsOf(ResultSet row, int number) throws SQLException {
    return new Texts(row.getString("workflow_id"), row.getString("owner"), row.getString("name"));
  }

  // ------------------------------------------------------------------ the walk

  /** Along which ids a search walks. */
  enum Walk {
    ALL,
    OWNER,
    TAG,
    PART
  }

  private static final String AFTER =
      """
       AND workflow_id > :cursor
       ORDER BY workflow_id
       LIMIT :limit
      """;
  private static final String BEFORE =
      """
       AND workflow_id < :cursor
       ORDER BY workflow_id DESC
       LIMIT :limit
      """;
  private static final String LAST =
      """
       ORDER BY workflow_id DESC
       LIMIT :limit
      """;

  private static final String OF_ALL = "SELECT workflow_id FROM workflow WHERE deletion IS NULL";
  private static final String OF_OWNER = "SELECT workflow_id FROM workflow WHERE owner = :key";
  private static final String OF_TAG = "SELECT workflow_id FROM workflow_tag WHERE tag = :key";
  private static final String OF_PART = "SELECT workflow_id FROM workflow_part WHERE part = :key";

  /**
   * The next ids of a walk.
   *
   * @param key the owner, the tag or the part; nothing where the walk is along all
   * @param cursor where they begin, without it; null for the edge
   */
  List<String> ids(Walk walk, String key, boolean forward, @Nullable String cursor, int limit) {
    var from =
        switch (walk) {
          case ALL -> OF_ALL;
          case OWNER -> OF_OWNER;
          case TAG -> OF_TAG;
          case PART -> OF_PART;
        };
    var statement =
        forward
            ? jdbc.sql(from + AFTER).param("cursor", cursor == null ? "" : cursor)
            : cursor == null
                ? jdbc.sql(from + LAST)
                : jdbc.sql(from + BEFORE).param("cursor", cursor);
    return statement.param("key", key).param("limit", limit).query(String.class).list();
  }

  // ------------------------------------------------------------------ those that are wanted

  /** One by one, by key: joined, the planner would read all there are. */
  private static final String WANTED =
      """
      SELECT w.workflow_id, w.internal_id, v.name, w.owner, w.active_version_id,
             w.latest_version_id, w.latest_instance_id, w.pause_time, w.paused_by, w.create_time,
             w.modify_time
        FROM unnest(CAST(:ids AS TEXT[])) AS i (workflow_id)
       CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow_id = i.workflow_id LIMIT 1) AS w
       CROSS JOIN LATERAL (
             SELECT name
               FROM workflow_version
              WHERE workflow_id = w.workflow_id AND version_id = w.latest_version_id
              LIMIT 1
             ) AS v
       WHERE w.deletion IS NULL
         AND (CAST(:owner AS VARCHAR) IS NULL OR w.owner = :owner)
         AND (CAST(:active AS BOOLEAN) IS NULL
              OR (w.active_version_id IS NOT NULL) = CAST(:active AS BOOLEAN))
         AND (CAST(:tag AS VARCHAR) IS NULL
              OR (SELECT tag
                    FROM workflow_tag
                   WHERE tag = :tag AND workflow_id = w.workflow_id) IS NOT NULL)
         AND (CAST(:text AS VARCHAR) IS NULL
              OR lower(w.workflow_id) LIKE :text OR lower(w.owner) LIKE :text
              OR lower(v.name) LIKE :text)
      """;

  private static final String WANTED_UP = WANTED + " ORDER BY w.workflow_id";
  private static final String WANTED_DOWN = WANTED + " ORDER BY w.workflow_id DESC";

  /** Those of some workflows that a search is for, in the order of the walk. */
  List<WorkflowSummary> wanted(WorkflowSearch search, List<String> ids, boolean forward) {
    return jdbc.sql(forward ? WANTED_UP : WANTED_DOWN)
        .param("ids", ids.toArray(new String[0]))
        .param("owner", search.owner())
        .param("active", search.active())
        .param("tag", search.tag())
        .param("text", search.likePattern())
        .query(WorkflowSearchStore::summaryOf)
        .list();
  }

  private static WorkflowSummary summaryOf(ResultSet row, int number) throws SQLException {
    var pausedBy = row.getString("paused_by");
    return new WorkflowSummary(
        row.getString("workflow_id"),
        row.getLong("internal_id"),
        row.getString("name"),
        row.getString("owner"),
        row.getObject("active_version_id", Long.class),
        row.getLong("latest_version_id"),
        row.getLong("latest_instance_id"),
        pausedBy == null ? null : new WorkflowOverview.Pause(pausedBy, row.getLong("pause_time")),
        row.getLong("create_time"),
        row.getLong("modify_time"));
  }
}
