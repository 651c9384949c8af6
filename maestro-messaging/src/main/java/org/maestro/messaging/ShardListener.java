package org.maestro.messaging;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happens to this node's shards. All methods are called by the one thread of a {@link
 * ShardConsumer}, one at a time, so none of them may block for long.
 */
public interface ShardListener {

  /**
   * These shards belong to this node from now on. Called before any of their commands is delivered.
   * If it throws, it is called again within about a second, for as long as the shards are still
   * assigned.
   *
   * @return the next offset to read of each shard; for a shard without an entry reading starts at
   *     the oldest command still there
   */
  Map<Integer, Long> onAssigned(Set<Integer> shards);

  /** These shards go to another node once this method returns. */
  void onRevoked(Set<Integer> shards);

  /** These shards belong to another node already: whatever is known about them is stale. */
  void onLost(Set<Integer> shards);

  /**
   * Commands of one shard, in order, never empty. If it throws, the same commands are delivered
   * again a second later.
   */
  void onCommands(int shard, List<ReceivedMessage> commands);

  /** Whether it has so much to do that nothing should be delivered for now. */
  default boolean isFull() {
    return false;
  }

  /**
   * The offset to read was not in the shard's log: the topic was made anew, or commands were
   * deleted before they were read. Reading goes on at the oldest command there is; what stood
   * between is gone, and offsets stored before no longer mean anything.
   *
   * @param expected the offset that was asked for
   * @param continuesAt the offset of the next command to be delivered
   */
  void onOffsetReset(int shard, long expected, long continuesAt);
}
