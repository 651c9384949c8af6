package org.maestro.engine.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.step.runtime.AttemptRef;

/**
 * The identity of a run. The chunks of a foreach step, which take commands as runs do, have one
 * too: a negative instance of the inline workflow.
 */
public record RunKey(String workflowId, long instanceId, long runId) {

  public static RunKey ofChunk(LoopKey loop, long chunk) {
    return new RunKey(loop.workflowId(), -1 - chunk, loop.loopRun());
  }

  /** Whether it is the key of a chunk. Not part of the key as it is written. */
  @JsonIgnore
  public boolean isChunk() {
    return instanceId < 0;
  }

  /** The chunk that this is the key of, or that an iteration belongs to. */
  public long chunk() {
    return instanceId < 0 ? -1 - instanceId : InlineWorkflow.chunkOf(instanceId - 1);
  }

  /**
   * The shard that owns it; the same for all runs of an instance, for all iterations of a chunk,
   * and for a while step's iterations and the run that the step belongs to.
   */
  public int shard(int shards) {
    return Math.floorMod(placement() * 0x85EBCA6B, shards);
  }

  /** What the shard follows from. */
  public int placement() {
    var given = InlineWorkflow.placement(workflowId);
    if (given != null) {
      return given;
    }
    var number = InlineWorkflow.isForeach(workflowId) ? chunk() : instanceId;
    var hash = workflowId.hashCode() * 31 + Long.hashCode(number) * 0x9E3779B9;
    return hash ^ hash >>> 16;
  }

  /**
   * The identity of one of its attempts, which the attempt's job is known by.
   *
   * @param uuid of this run
   */
  public AttemptRef attempt(String uuid, String stepId, long attemptId) {
    var name = uuid + '/' + runId + '/' + stepId + '/' + attemptId;
    return new AttemptRef(
        workflowId,
        instanceId,
        runId,
        stepId,
        attemptId,
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }

  @Override
  public String toString() {
    return workflowId + "#" + instanceId + "." + runId;
  }
}
