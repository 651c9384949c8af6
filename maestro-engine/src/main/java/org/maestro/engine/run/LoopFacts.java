package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.loop.RestartNode;
import org.maestro.model.param.Param;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.model.tag.Tag;

/**
 * What is known of a foreach or while step's pass when it begins, and never changes: everything
 * that its iterations have in common. An iteration's own row says only which one it is.
 *
 * @param rootWorkflowId the workflow in whose definition the step stands
 * @param internalId of that workflow
 * @param path the ids of the steps on the way down to it, itself included
 * @param parent the run that the step belongs to
 * @param total how many iterations there are; 0 for a while step
 * @param width how many may run at a time
 * @param strict whether running iterations stay close together
 * @param maxFailures how many may fail before no more begin; null if the step doesn't say
 * @param endsAtOnce whether what runs is ended as soon as more have failed than may; null for false
 * @param params evaluated params that every iteration starts with, besides its own
 * @param items the step's evaluated {@code loop_params}
 * @param initiator of the iterations
 * @param policy how iterations are run that have run before
 * @param previous the pass before this one; null if it is the first
 * @param since the pass from which what has succeeded counts in this one; null if that is itself or
 *     the engine that kept it only knew the pass before
 * @param only the one iteration that runs; null for all that have not succeeded
 * @param nodes from that iteration on, the way to what is to be restarted
 * @param createTime epoch milliseconds
 */
public record LoopFacts(
    String rootWorkflowId,
    long internalId,
    long versionId,
    List<String> path,
    RunKey parent,
    String stepId,
    long attemptId,
    long total,
    long width,
    boolean strict,
    @Nullable Long maxFailures,
    @Nullable Boolean endsAtOnce,
    Map<String, Param> params,
    Map<String, Param> items,
    Initiator initiator,
    String correlationId,
    List<Tag> runtimeTags,
    String owner,
    @Nullable Long stepConcurrency,
    @Nullable Long instanceStepConcurrency,
    long timeoutMillis,
    RestartPolicy policy,
    @Nullable Long previous,
    @Nullable Long since,
    @Nullable Long only,
    List<RestartNode> nodes,
    long createTime) {

  /** Whether iterations of earlier passes count in this one. */
  public boolean goesOn(LoopKey own) {
    return since(own) < own.loopRun();
  }

  /** The pass from which what has succeeded counts in this one. */
  public long since(LoopKey own) {
    if (since != null) {
      return since;
    }
    return previous == null || policy == RestartPolicy.RESTART_FROM_BEGINNING
        ? own.loopRun()
        : previous;
  }

  /** The arrays that a foreach step loops over, by loop param, in their order. */
  public Map<String, List<?>> arrays() {
    var arrays = new LinkedHashMap<String, List<?>>();
    var loop = items.get("loop_params");
    if (loop != null && loop.evaluatedResult() instanceof Map<?, ?> values) {
      values.forEach((name, array) -> {
        if (array instanceof List<?> list) {
          arrays.put((String) name, list);
        }
      });
    }
    return arrays;
  }
}
