package org.maestro.signal.shard;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Owns the table of partitions that are read here. The epoch is the guard: whoever got a partition
 * last has raised it, and nobody else's transaction about the partition can commit.
 */
public final class ShardStore {
  /** How much has been consumed of a partition of which nothing has. */
  private static final long NOTHING = -1;

  private final JdbcClient jdbc;

  public ShardStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A partition that was taken over: the epoch to write in, and the next offset to read. */
  record Claim(long epoch, long next) {
    boolean isNew() {
      return next == NOTHING;
    }
  }

  private static final String CLAIM =
      """
      INSERT INTO signal_shard AS s (topic, shard, epoch, owner, consumed_offset)
      VALUES (:topic, :shard, 1, :owner, -1)
      ON CONFLICT (topic, shard) DO UPDATE SET epoch = s.epoch + 1, owner = excluded.owner
      RETURNING epoch, consumed_offset
      """;

  Map<Integer, Claim> claim(String topic, Set<Integer> shards, String owner) {
    var claims = new HashMap<Integer, Claim>();
    for (var shard : new TreeSet<>(shards)) {
      claims.put(
          shard,
          jdbc.sql(CLAIM)
              .param("topic", topic)
              .param("shard", shard)
              .param("owner", owner)
              .query((row, _) -> new Claim(row.getLong(1), row.getLong(2)))
              .single());
    }
    return claims;
  }

  private static final String FENCE =
      """
      SELECT consumed_offset
        FROM signal_shard
       WHERE topic = :topic AND shard = :shard AND epoch = :epoch
         FOR UPDATE
      """;

  /** The next offset to read; empty if the partition has another owner. */
  OptionalLong fence(String topic, int shard, long epoch) {
    return jdbc.sql(FENCE)
        .param("topic", topic)
        .param("shard", shard)
        .param("epoch", epoch)
        .query(Long.class)
        .optional()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static final String CONSUMED =
      """
      UPDATE signal_shard SET consumed_offset = :next
       WHERE topic = :topic AND shard = :shard AND epoch = :epoch
      """;

  boolean consumed(String topic, int shard, long epoch, long next) {
    return jdbc.sql(CONSUMED)
            .param("topic", topic)
            .param("shard", shard)
            .param("epoch", epoch)
            .param("next", next)
            .update()
        > 0;
  }
}
