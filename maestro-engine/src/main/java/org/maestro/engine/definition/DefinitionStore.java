package org.maestro.engine.definition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.model.event.TimelineEvent;
import org.maestro.service.database.LostRaceException;
import org.maestro.service.json.UnreadableRowException;
import org.maestro.service.paging.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Owns the workflow tables. Every change of a workflow is one update guarded by its revision, done
 * before anything else is written, so that of two that race the second finds no row and starts
 * again with what the first one left.
 */
public final class DefinitionStore {
  private static final String COLUMNS =
      """
      w.workflow_id, w.internal_id, w.revision, w.owner, w.latest_version_id, w.active_version_id,
      w.latest_instance_id, w.properties_time, w.activate_time, w.activated_by, w.pause_time,
      w.paused_by, w.deletion, w.deleted_by, w.create_time, w.modify_time
      """;

  private final JdbcClient jdbc;
  private final DefinitionFormat format;

  public DefinitionStore(JdbcClient jdbc, DefinitionFormat format) {
    this.jdbc = jdbc;
    this.format = format;
  }

  private static final String HEAD =
      "SELECT "
          + COLUMNS
          + """
          , p.author AS properties_author, p.properties
            FROM workflow w
            JOIN workflow_properties p
              ON p.workflow_id = w.workflow_id AND p.create_time = w.properties_time
           WHERE w.workflow_id = :workflowId
          """;

  /** The workflow and its properties, also while it is being deleted. */
  public Optional<WorkflowHead> head(String workflowId) {
    return jdbc.sql(HEAD).param("workflowId", workflowId).query(this::headOf).optional();
  }

  private static final String NEXT_INTERNAL_ID =
      """
      UPDATE workflow_id_counter SET last_id = last_id + 1 WHERE counter_id = 1 RETURNING last_id
      """;

  long nextInternalId() {
    return jdbc.sql(NEXT_INTERNAL_ID).query(Long.class).single();
  }

  private static final String INSERT =
      """
      INSERT INTO workflow (
        workflow_id, internal_id, revision, owner, latest_version_id, active_version_id,
        latest_instance_id, properties_time, activate_time, activated_by, create_time, modify_time)
      VALUES (
        :workflowId, :internalId, :revision, :owner, :latestVersionId, :activeVersionId,
        :latestInstanceId, :propertiesTime, :activateTime, :activatedBy, :createTime, :modifyTime)
      ON CONFLICT (workflow_id) DO NOTHING
      """;

  /**
   * Adds a workflow.
   *
   * @throws LostRaceException if there is one already
   */
  void insert(WorkflowRecord w) {
    var rows =
        jdbc.sql(INSERT)
            .param("workflowId", w.workflowId())
            .param("internalId", w.internalId())
            .param("revision", w.revision())
            .param("owner", w.owner())
            .param("latestVersionId", w.latestVersionId())
            .param("activeVersionId", w.activeVersionId())
            .param("latestInstanceId", w.latestInstanceId())
            .param("propertiesTime", w.propertiesTime())
            .param("activateTime", at(w.activation()))
            .param("activatedBy", by(w.activation()))
            .param("createTime", w.createTime())
            .param("modifyTime", w.modifyTime())
            .update();
    requireOneRow(rows, w.workflowId());
  }

  private static final String UPDATE =
      """
      UPDATE workflow
         SET revision = revision + 1, owner = :owner, latest_version_id = :latestVersionId,
             active_version_id = :activeVersionId, properties_time = :propertiesTime,
             activate_time = :activateTime, activated_by = :activatedBy, pause_time = :pauseTime,
             paused_by = :pausedBy, deletion = :deletion, deleted_by = :deletedBy,
             modify_time = :modifyTime
       WHERE workflow_id = :workflowId AND internal_id = :internalId AND revision = :revision
      """;

  /**
   * Writes a changed workflow over the revision it was made from; starts may go on meanwhile.
   *
   * @return the new revision
   * @throws LostRaceException if it has another revision by now
   */
  long update(WorkflowRecord w) {
    var rows =
        jdbc.sql(UPDATE)
            .param("workflowId", w.workflowId())
            .param("internalId", w.internalId())
            .param("revision", w.revision())
            .param("owner", w.owner())
            .param("latestVersionId", w.latestVersionId())
            .param("activeVersionId", w.activeVersionId())
            .param("propertiesTime", w.propertiesTime())
            .param("activateTime", at(w.activation()))
            .param("activatedBy", by(w.activation()))
            .param("pauseTime", at(w.pause()))
            .param("pausedBy", by(w.pause()))
            .param("deletion", w.deletion() == null ? null : w.deletion().name())
            .param("deletedBy", w.deletedBy())
            .param("modifyTime", w.modifyTime())
            .update();
    requireOneRow(rows, w.workflowId());
    return w.revision() + 1;
  }

  private static void requireOneRow(int rows, String workflowId) {
    if (rows != 1) {
      throw new LostRaceException("workflow " + workflowId);
    }
  }

  private static final String INSERT_VERSION =
      """
      INSERT INTO workflow_version (
        workflow_id, version_id, name, author, create_time, definition, git_info, extra_info)
      VALUES (
        :workflowId, :versionId, :name, :author, :createTime, :definition, :gitInfo, :extraInfo)
      """;

  void insertVersion(VersionRecord version) {
    jdbc.sql(INSERT_VERSION)
        .param("workflowId", version.workflowId())
        .param("versionId", version.versionId())
        .param("name", version.name())
        .param("author", version.author())
        .param("createTime", version.createTime())
        .param("definition", version.definition())
        .param("gitInfo", version.gitInfo() == null ? null : format.text(version.gitInfo()))
        .param("extraInfo", format.text(version.extraInfo()))
        .update();
  }

  private static final String VERSION =
      """
      SELECT workflow_id, version_id, name, author, create_time, definition, git_info, extra_info
        FROM workflow_version
       WHERE workflow_id = :workflowId AND version_id = :versionId
      """;

  public Optional<VersionRecord> version(String workflowId, long versionId) {
    return jdbc.sql(VERSION)
        .param("workflowId", workflowId)
        .param("versionId", versionId)
        .query(this::versionOf)
        .optional();
  }

  private static final String OLDER_VERSIONS =
      """
      SELECT workflow_id, version_id, name, author, create_time, definition, git_info, extra_info
        FROM workflow_version
       WHERE workflow_id = :workflowId AND version_id < :cursor
       ORDER BY version_id DESC
       LIMIT :limit
      """;
  private static final String NEWER_VERSIONS =
      """
      SELECT workflow_id, version_id, name, author, create_time, definition, git_info, extra_info
        FROM workflow_version
       WHERE workflow_id = :workflowId AND version_id > :cursor
       ORDER BY version_id
       LIMIT :limit
      """;

  /**
   * One more than a page of versions, newest first or, going backward, oldest first. One that can't
   * be read is among them, and says so.
   */
  List<VersionRecord> versions(String workflowId, PageRequest page) {
    return jdbc.sql(page.forward() ? OLDER_VERSIONS : NEWER_VERSIONS)
        .param("workflowId", workflowId)
        .param("cursor", page.cursorNumber(page.forward() ? Long.MAX_VALUE : 0))
        .param("limit", page.limit() + 1)
        .query(this::listedVersionOf)
        .list();
  }

  private static final String INSERT_PROPERTIES =
      """
      INSERT INTO workflow_properties (workflow_id, create_time, author, properties)
      VALUES (:workflowId, :createTime, :author, :properties)
      """;

  void insertProperties(PropertiesSnapshot snapshot) {
    jdbc.sql(INSERT_PROPERTIES)
        .param("workflowId", snapshot.workflowId())
        .param("createTime", snapshot.createTime())
        .param("author", snapshot.author())
        .param("properties", format.write(snapshot.properties()))
        .update();
  }

  private static final String PROPERTIES =
      """
      SELECT author, properties
        FROM workflow_properties
       WHERE workflow_id = :workflowId AND create_time = :createTime
      """;

  Optional<PropertiesSnapshot> properties(String workflowId, long createTime) {
    return jdbc.sql(PROPERTIES)
        .param("workflowId", workflowId)
        .param("createTime", createTime)
        .query((row, _) ->
            new PropertiesSnapshot(
                workflowId,
                createTime,
                row.getString("author"),
                format.properties(row.getString("properties"))))
        .optional();
  }

  private static final String INSERT_TIMELINE =
      """
      INSERT INTO workflow_timeline (workflow_id, revision, create_time, author, message)
      VALUES (:workflowId, :revision, :createTime, :author, :message)
      """;

  void insertTimeline(String workflowId, long revision, String author, TimelineEvent event) {
    jdbc.sql(INSERT_TIMELINE)
        .param("workflowId", workflowId)
        .param("revision", revision)
        .param("createTime", event.timestamp())
        .param("author", author)
        .param("message", event.message())
        .update();
  }

  private static final String TIMELINE =
      """
      SELECT create_time, message
        FROM workflow_timeline
       WHERE workflow_id = :workflowId
       ORDER BY revision DESC
       LIMIT :limit
      """;

  /** What happened last, newest first. */
  List<TimelineEvent> timeline(String workflowId, int limit) {
    return jdbc.sql(TIMELINE)
        .param("workflowId", workflowId)
        .param("limit", limit)
        .query((row, _) -> TimelineEvent.info(row.getLong("create_time"), row.getString("message")))
        .list();
  }

  private static final String DELETE_TAGS =
      "DELETE FROM workflow_tag WHERE workflow_id = :workflowId";
  private static final String INSERT_TAG =
      "INSERT INTO workflow_tag (tag, workflow_id) VALUES (:tag, :workflowId)";

  /** Makes a workflow be found by exactly these tags. */
  void replaceTags(String workflowId, Collection<String> tags) {
    jdbc.sql(DELETE_TAGS).param("workflowId", workflowId).update();
    for (var tag : new TreeSet<>(tags)) {
      jdbc.sql(INSERT_TAG).param("tag", tag).param("workflowId", workflowId).update();
    }
  }

  private static final String DELETING =
      """
      SELECT workflow_id FROM workflow WHERE deletion IS NOT NULL ORDER BY workflow_id LIMIT :limit
      """;

  /** Workflows whose deletion is not finished. */
  List<String> deleting(int limit) {
    return jdbc.sql(DELETING).param("limit", limit).query(String.class).list();
  }

  private static final String DELETE_VERSIONS =
      """
      DELETE FROM workflow_version
       WHERE workflow_id = :workflowId
         AND version_id IN (SELECT version_id FROM workflow_version
                             WHERE workflow_id = :workflowId ORDER BY version_id LIMIT :limit)
      """;
  private static final String DELETE_PROPERTIES =
      """
      DELETE FROM workflow_properties
       WHERE workflow_id = :workflowId AND create_time <> :keep
         AND create_time IN (SELECT create_time FROM workflow_properties
                              WHERE workflow_id = :workflowId AND create_time <> :keep
                              ORDER BY create_time LIMIT :limit)
      """;
  private static final String DELETE_TIMELINE =
      """
      DELETE FROM workflow_timeline
       WHERE workflow_id = :workflowId
         AND revision IN (SELECT revision FROM workflow_timeline
                           WHERE workflow_id = :workflowId ORDER BY revision LIMIT :limit)
      """;

  /** Removes some versions; 0 when none is left. */
  int deleteVersions(String workflowId, int limit) {
    return jdbc.sql(DELETE_VERSIONS).param("workflowId", workflowId).param("limit", limit).update();
  }

  /** Removes some snapshots, but for the one that the workflow's row names. */
  int deleteProperties(String workflowId, long keep, int limit) {
    return jdbc.sql(DELETE_PROPERTIES)
        .param("workflowId", workflowId)
        .param("keep", keep)
        .param("limit", limit)
        .update();
  }

  int deleteTimeline(String workflowId, int limit) {
    return jdbc.sql(DELETE_TIMELINE).param("workflowId", workflowId).param("limit", limit).update();
  }

  private static final String DELETE_LAST_PROPERTIES =
      "DELETE FROM workflow_properties WHERE workflow_id = :workflowId";
  private static final String DELETE_WORKFLOW =
      """
      DELETE FROM workflow
       WHERE workflow_id = :workflowId AND internal_id = :internalId AND revision = :revision
      """;
  private static final String INSERT_DELETED =
      """
      INSERT INTO workflow_deleted (
        internal_id, workflow_id, owner, deleted_by, latest_version_id, latest_instance_id,
        create_time, delete_time)
      VALUES (
        :internalId, :workflowId, :owner, :deletedBy, :latestVersionId, :latestInstanceId,
        :createTime, :deleteTime)
      """;

  /**
   * Removes the workflow itself and leaves a line about it.
   *
   * @throws LostRaceException if somebody else did
   */
  void finishDeletion(WorkflowRecord w, long at) {
    var rows =
        jdbc.sql(DELETE_WORKFLOW)
            .param("workflowId", w.workflowId())
            .param("internalId", w.internalId())
            .param("revision", w.revision())
            .update();
    requireOneRow(rows, w.workflowId());
    jdbc.sql(DELETE_LAST_PROPERTIES).param("workflowId", w.workflowId()).update();
    jdbc.sql(DELETE_TAGS).param("workflowId", w.workflowId()).update();
    jdbc.sql(INSERT_DELETED)
        .param("internalId", w.internalId())
        .param("workflowId", w.workflowId())
        .param("owner", w.owner())
        .param("deletedBy", w.deletedBy())
        .param("latestVersionId", w.latestVersionId())
        .param("latestInstanceId", w.latestInstanceId())
        .param("createTime", w.createTime())
        .param("deleteTime", at)
        .update();
  }

  private WorkflowHead headOf(ResultSet row, int number) throws SQLException {
    var workflow = workflowOf(row);
    return new WorkflowHead(
        workflow,
        new PropertiesSnapshot(
            workflow.workflowId(),
            workflow.propertiesTime(),
            row.getString("properties_author"),
            format.properties(row.getString("properties"))));
  }

  private static WorkflowRecord workflowOf(ResultSet row) throws SQLException {
    var deletion = row.getString("deletion");
    return new WorkflowRecord(
        row.getString("workflow_id"),
        row.getLong("internal_id"),
        row.getLong("revision"),
        row.getString("owner"),
        row.getLong("latest_version_id"),
        row.getObject("active_version_id", Long.class),
        row.getLong("latest_instance_id"),
        row.getLong("properties_time"),
        signature(row, "activated_by", "activate_time"),
        signature(row, "paused_by", "pause_time"),
        deletion == null ? null : DeletionStage.valueOf(deletion),
        row.getString("deleted_by"),
        row.getLong("create_time"),
        row.getLong("modify_time"));
  }

  private VersionRecord versionOf(ResultSet row, int number) throws SQLException {
    var gitInfo = row.getString("git_info");
    return new VersionRecord(
        row.getString("workflow_id"),
        row.getLong("version_id"),
        row.getString("name"),
        row.getString("author"),
        row.getLong("create_time"),
        row.getString("definition"),
        gitInfo == null ? null : format.tree(gitInfo),
        format.tree(row.getString("extra_info")),
        null);
  }

  private VersionRecord listedVersionOf(ResultSet row, int number) throws SQLException {
    try {
      return versionOf(row, number);
    } catch (UnreadableRowException e) {
      return new VersionRecord(
          row.getString("workflow_id"),
          row.getLong("version_id"),
          row.getString("name"),
          row.getString("author"),
          row.getLong("create_time"),
          row.getString("definition"),
          null,
          Map.of(),
          e.getMessage());
    }
  }

  private static WorkflowRecord.@Nullable Signature signature(ResultSet row, String by, String at)
      throws SQLException {
    var who = row.getString(by);
    return who == null ? null : new WorkflowRecord.Signature(who, row.getLong(at));
  }

  private static @Nullable Long at(WorkflowRecord.@Nullable Signature signature) {
    return signature == null ? null : signature.at();
  }

  private static @Nullable String by(WorkflowRecord.@Nullable Signature signature) {
    return signature == null ? null : signature.by();
  }
}
