package org.maestro.engine.run;

/** The identity of a run. */
public record RunKey(String workflowId, long instanceId, long runId) {

  /** The shard that owns it; the same for all runs of an instance. */
  public int shard(int shards) {
    var hash = workflowId.hashCode() * 31 + Long.hashCode(instanceId) * 0x9E3779B9;
    hash ^= hash >>> 16;
    return Math.floorMod(hash * 0x85EBCA6B, shards);
  }

  @Override
  public String toString() {
    return workflowId + "#" + instanceId + "." + runId;
  }
}
