package org.maestro.scheduler.bucket;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.maestro.service.database.ColumnStatements;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Owns the tables of buckets and schedulers. Leases are measured by the database's clock alone, so
 * that schedulers whose clocks differ agree.
 */
public final class BucketStore {
  private final JdbcClient jdbc;
  private final ColumnStatements columns;

  public BucketStore(JdbcClient jdbc, ColumnStatements columns) {
    this.jdbc = jdbc;
    this.columns = columns;
  }

  private static final String ADD_BUCKETS =
      """
      INSERT INTO scheduler_bucket (bucket, epoch, owner, leased_until, changes)
      SELECT u.bucket, 0, NULL, now(), 0 FROM unnest(?) AS u (bucket)
      ON CONFLICT (bucket) DO NOTHING
      """;

  /** Makes the rows of all buckets, once per installation. */
  void addBuckets() {
    var all = LongStream.range(0, Buckets.COUNT).boxed().toList();
    columns.update(
        ADD_BUCKETS, statement -> statement.setArray(1, ColumnStatements.longs(statement, all)));
  }

  private static final String STAY_ALIVE =
      """
      INSERT INTO scheduler_node AS n (node, alive_until)
      VALUES (:node, now() + CAST(:millis AS INT8) * CAST('1 millisecond' AS INTERVAL))
      ON CONFLICT (node) DO UPDATE SET alive_until = excluded.alive_until
      """;

  /** Says that this scheduler is there, for so long. */
  void stayAlive(String node, long millis) {
    jdbc.sql(STAY_ALIVE).param("node", node).param("millis", millis).update();
  }

  private static final String FORGET_THE_DEAD =
      "DELETE FROM scheduler_node WHERE node = :node OR alive_until < now() - CAST('1 hour' AS INTERVAL)";

  /** Says that this scheduler is gone. */
  void leave(String node) {
    jdbc.sql(FORGET_THE_DEAD).param("node", node).update();
  }

  private static final String COUNT_ALIVE =
      "SELECT count(*) FROM scheduler_node WHERE alive_until > now()";

  /** How many schedulers there are. */
  long alive() {
    return jdbc.sql(COUNT_ALIVE).query(Long.class).single();
  }

  private static final String RENEW =
      """
      UPDATE scheduler_bucket
         SET leased_until = now() + CAST(:millis AS INT8) * CAST('1 millisecond' AS INTERVAL)
       WHERE owner = :node
      RETURNING bucket, epoch, changes
      """;

  /** Keeps what nobody has taken. */
  List<Lease> renew(String node, long millis) {
    return jdbc.sql(RENEW)
        .param("node", node)
        .param("millis", millis)
        .query(BucketStore::lease)
        .list();
  }

  private static final String TAKE =
      """
      UPDATE scheduler_bucket
         SET owner = :node, epoch = epoch + 1,
             leased_until = now() + CAST(:millis AS INT8) * CAST('1 millisecond' AS INTERVAL)
       WHERE (owner IS NULL OR leased_until < now())
         AND bucket IN (SELECT bucket
                          FROM scheduler_bucket
                         WHERE owner IS NULL OR leased_until < now()
                         ORDER BY bucket
                         LIMIT :most)
      RETURNING bucket, epoch, changes
      """;

  /** Takes buckets that nobody has any more. */
  List<Lease> take(String node, long millis, long most) {
    return jdbc.sql(TAKE)
        .param("node", node)
        .param("millis", millis)
        .param("most", most)
        .query(BucketStore::lease)
        .list();
  }

  private static final String GIVE_BACK =
      """
      UPDATE scheduler_bucket
         SET owner = NULL, leased_until = now()
       WHERE owner = ? AND bucket = ANY(?)
      """;

  /** Gives buckets back, for others to take at once. */
  void giveBack(String node, Collection<Long> buckets) {
    columns.update(
        GIVE_BACK,
        statement -> {
          statement.setString(1, node);
          statement.setArray(2, ColumnStatements.longs(statement, buckets));
        });
  }

  private static final String CHANGED =
      "UPDATE scheduler_bucket SET changes = changes + 1 WHERE bucket = ANY(?)";

  /** Tells whoever has the buckets that there is something new in them. */
  public void changed(Collection<Long> buckets) {
    columns.update(
        CHANGED, statement -> statement.setArray(1, ColumnStatements.longs(statement, buckets)));
  }

  private static Lease lease(ResultSet row, int number) throws SQLException {
    return new Lease(row.getLong("bucket"), row.getLong("epoch"), row.getLong("changes"));
  }
}
