package org.maestro.engine.permit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.permit.TagPermit;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Owns the table of the limits that people have set. */
public final class TagPermitStore {
  /** How many changes of a limit are remembered. */
  public static final int TIMELINE_LIMIT = 50;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  public TagPermitStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Appends to the timeline in the statement itself, so that of two changes none is lost. */
  private static final String SAVE =
      """
      INSERT INTO tag_permit AS t (tag, max_allowed, extra, timeline)
      VALUES (:tag, :maxAllowed, CAST(:extra AS JSONB), CAST(:timeline AS JSONB))
      ON CONFLICT (tag) DO UPDATE
         SET max_allowed = excluded.max_allowed, extra = excluded.extra,
             timeline = CASE WHEN jsonb_array_length(t.timeline) >= :timelineLimit
                             THEN t.timeline - 0 ELSE t.timeline END
                        || excluded.timeline
       WHERE t.max_allowed <> excluded.max_allowed OR t.extra IS DISTINCT FROM excluded.extra
      """;

  /**
   * Sets a limit.
   *
   * @return whether that changed anything
   */
  boolean save(String tag, long maxAllowed, Map<String, Object> extra, TimelineEvent event) {
    return jdbc.sql(SAVE)
            .param("tag", tag)
            .param("maxAllowed", maxAllowed)
            .param("extra", json.writeValueAsString(extra))
            .param("timeline", json.writeValueAsString(List.of(event)))
            .param("timelineLimit", TIMELINE_LIMIT)
            .update()
        > 0;
  }

  private static final String FIND =
      "SELECT tag, max_allowed, extra, timeline FROM tag_permit WHERE tag = :tag";

  Optional<TagPermit> find(String tag) {
    return jdbc.sql(FIND).param("tag", tag).query(this::permitOf).optional();
  }

  private static final String LIST_UP =
      """
      SELECT tag, max_allowed, extra, timeline
        FROM tag_permit
       WHERE tag > :after
       ORDER BY tag
       LIMIT :limit
      """;
  private static final String LIST_DOWN =
      """
      SELECT tag, max_allowed, extra, timeline
        FROM tag_permit
       WHERE tag < :before
       ORDER BY tag DESC
       LIMIT :limit
      """;
  private static final String LIST_END =
      "SELECT tag, max_allowed, extra, timeline FROM tag_permit ORDER BY tag DESC LIMIT :limit";

  /** The limits that follow a tag, by name. */
  List<TagPermit> listAfter(String tag, int limit) {
    return jdbc.sql(LIST_UP).param("after", tag).param("limit", limit).query(this::permitOf).list();
  }

  /** The limits before a tag, nearest first. */
  List<TagPermit> listBefore(String tag, int limit) {
    return jdbc.sql(LIST_DOWN)
        .param("before", tag)
        .param("limit", limit)
        .query(this::permitOf)
        .list();
  }

  /** The last limits by name, last first. */
  List<TagPermit> listEnd(int limit) {
    return jdbc.sql(LIST_END).param("limit", limit).query(this::permitOf).list();
  }

  private static final String DELETE =
      "DELETE FROM tag_permit WHERE tag = :tag RETURNING tag, max_allowed, extra, timeline";

  Optional<TagPermit> delete(String tag) {
    return jdbc.sql(DELETE).param("tag", tag).query(this::permitOf).optional();
  }

  private static final String LIMITS = "SELECT tag, max_allowed FROM tag_permit";

  /** All limits. */
  Map<String, Long> limits() {
    var limits = new HashMap<String, Long>();
    jdbc.sql(LIMITS)
        .query(row -> {
          limits.put(row.getString("tag"), row.getLong("max_allowed"));
        });
    return limits;
  }

  private TagPermit permitOf(ResultSet row, int number) throws SQLException {
    return new TagPermit(
        row.getString("tag"),
        row.getLong("max_allowed"),
        json.readValue(row.getString("timeline"), new TypeReference<List<TimelineEvent>>() {}),
        json.readValue(row.getString("extra"), new TypeReference<Map<String, Object>>() {}));
  }
}
