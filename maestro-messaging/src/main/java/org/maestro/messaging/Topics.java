package org.maestro.messaging;

/**
 * The topics of one installation. The number of shards is chosen once: a key's shard is its hash
 * modulo that number, so it must never change afterwards.
 *
 * @param commands the topic whose partitions are the shards
 * @param shards how many partitions {@code commands} has, at least 1
 * @param events the topic on which the engine announces what happened
 */
public record Topics(String commands, int shards, String events) {

  /** How many partitions the topic of events has. */
  public static final int EVENT_PARTITIONS = 4;

  /** How many shards an installation has when nothing else is configured. */
  public static final int DEFAULT_SHARDS = 32;

  public Topics {
    if (shards < 1) {
      throw new IllegalArgumentException("expected at least 1 shard, found " + shards);
    }
    if (commands.equals(events)) {
      throw new IllegalArgumentException(
          "expected different topics for commands and events, found \"" + commands + "\" for both");
    }
  }

  /** The topics of the installation with this prefix. */
  public static Topics of(String prefix, int shards) {
    return new Topics(prefix + ".commands", shards, prefix + ".events");
  }
}
