package org.maestro.engine.wiring;

import org.maestro.engine.run.shard.Shards;
import org.springframework.beans.factory.ObjectProvider;

/** Someone who wants to know which shards come and go on this node. */
public interface ShardOwnership extends Shards.Owners {

  /** All of them, asked for when the first shard comes. */
  record Late(ObjectProvider<ShardOwnership> all) implements Shards.Owners {
    @Override
    public void gained(int shard) {
      all.orderedStream().forEach(one -> one.gained(shard));
    }

    @Override
    public void resumed(int shard, long epoch) {
      all.orderedStream().forEach(one -> one.resumed(shard, epoch));
    }

    @Override
    public void lost(int shard) {
      all.orderedStream().forEach(one -> one.lost(shard));
    }
  }
}
