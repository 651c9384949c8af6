package org.maestro.signal.deadletter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maestro.model.deadletter.DeadLetterKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Owns the table of dead letters. */
public final class DeadLetterStore {
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  public DeadLetterStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private static final String INSERT =
      """
      INSERT INTO signal_dead_letter
             (id, kind, topic, message_key, headers, body, reason, create_time)
      VALUES (:id, :kind, :topic, :key, :headers, :body, :reason, :time)
      ON CONFLICT (id) DO NOTHING
      """;

  /** Parks it; one with the same id is there already if its handling is tried again. */
  public void insert(DeadLetter letter) {
    jdbc.sql(INSERT)
        .param("id", letter.id())
        .param("kind", letter.kind().name())
        .param("topic", letter.topic())
        .param("key", letter.key().replace("\0", ""))
        .param("headers", json.writeValueAsString(letter.headers()))
        .param("body", letter.body())
        .param("reason", letter.reason().replace("\0", ""))
        .param("time", letter.createTime())
        .update();
  }

  private static final String AFTER =
      """
      SELECT id, kind, topic, message_key, headers, body, reason, create_time
        FROM signal_dead_letter
       WHERE (create_time, id) < (:time, :id)
       ORDER BY create_time DESC, id DESC
       LIMIT :limit
      """;
  private static final String BEFORE =
      """
      SELECT id, kind, topic, message_key, headers, body, reason, create_time
        FROM signal_dead_letter
       WHERE (create_time, id) > (:time, :id)
       ORDER BY create_time, id
       LIMIT :limit
      """;

  /** Those that are older than one, newest first. */
  List<DeadLetter> older(long time, String id, int limit) {
    return page(AFTER, time, id, limit);
  }

  /** Those that are newer than one, oldest first. */
  List<DeadLetter> newer(long time, String id, int limit) {
    return page(BEFORE, time, id, limit);
  }

  private List<DeadLetter> page(String statement, long time, String id, int limit) {
    return jdbc.sql(statement)
        .param("time", time)
        .param("id", id)
        .param("limit", limit)
        .query(this::letter)
        .list();
  }

  private static final String FIND =
      """
      SELECT id, kind, topic, message_key, headers, body, reason, create_time
        FROM signal_dead_letter
       WHERE id = :id
      """;

  Optional<DeadLetter> find(String id) {
    return jdbc.sql(FIND).param("id", id).query(this::letter).optional();
  }

  private static final String TAKE =
      """
      DELETE FROM signal_dead_letter
       WHERE id = :id
      RETURNING id, kind, topic, message_key, headers, body, reason, create_time
      """;

  /** Removes it; of two who try, one gets it. */
  Optional<DeadLetter> take(String id) {
    return jdbc.sql(TAKE).param("id", id).query(this::letter).optional();
  }

  private static final String DELETE_OLDER =
      "DELETE FROM signal_dead_letter WHERE create_time < :time";

  /** Forgets those from before a time. */
  public void deleteOlder(long time) {
    jdbc.sql(DELETE_OLDER).param("time", time).update();
  }

  private static final String COUNT =
      "SELECT count(*) FROM (SELECT 1 FROM signal_dead_letter LIMIT :most) AS letters";

  /** How many there are, as far as they are worth counting. */
  public long count(int most) {
    return jdbc.sql(COUNT).param("most", most).query(Long.class).single();
  }

  private DeadLetter letter(ResultSet row, int number) throws SQLException {
    return new DeadLetter(
        row.getString("id"),
        DeadLetterKind.valueOf(row.getString("kind")),
        row.getString("topic"),
        row.getString("message_key"),
        json.readValue(row.getString("headers"), HEADERS),
        row.getBytes("body"),
        row.getString("reason"),
        row.getLong("create_time"));
  }
}
