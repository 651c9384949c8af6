package org.maestro.model.instance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.start.Initiator;
import org.maestro.model.tag.Tag;

/**
 * A run of an instance, field by field as the standard shows it. Times are epoch milliseconds.
 *
 * @param groupInfo the shard that owns it
 * @param executionId the identity of the run's state machine
 * @param runtimeWorkflow what it executes; only if asked for
 * @param runtimeDag the edges of its definition by step; only if asked for
 * @param runtimeOverview with the steps only if asked for
 * @param aggregatedInfo over all runs up to this one; only if asked for
 * @param handlers the runs of what its definition wants done after it; only if asked for, null if
 *     it wants nothing done or the run has not ended
 */
public record InstanceView(
    String workflowId,
    long workflowInstanceId,
    long workflowRunId,
    String workflowUuid,
    String correlationId,
    long workflowVersionId,
    long groupInfo,
    long internalId,
    String executionId,
    Config runConfig,
    @ShownAs(schema = "Params") Map<String, Object> runParams,
    @ShownAs(schema = "StepParams") @Nullable Map<String, Object> stepRunParams,
    Properties runProperties,
    @ShownAs(schema = "DefinitionWorkflow") @Nullable Map<String, Object> runtimeWorkflow,
    @Nullable Map<String, DagEdges> runtimeDag,
    long timeoutInMillis,
    @ShownAs(schema = "Params") Map<String, Object> params,
    Initiator initiator,
    RunStatus status,
    long requestTime,
    long createTime,
    @Nullable Long startTime,
    @Nullable Long endTime,
    long modifyTime,
    @Nullable RunOverview runtimeOverview,
    @Nullable Map<String, Object> artifacts,
    List<TimelineEvent> timeline,
    @Nullable AggregatedInfo aggregatedInfo,
    @Nullable List<HandlerRun> handlers) {

  /**
   * A run of a handler. It is a run as any other, and the outcome of the run it came after doesn't
   * depend on it.
   *
   * @param on the field of the definition that its steps are in, such as {@code on_failure}
   */
  public record HandlerRun(
      String on,
      String workflowId,
      long workflowInstanceId,
      long workflowRunId,
      RunStatus status) {}

  /**
   * How it was started.
   *
   * @param policy START_FRESH_NEW_RUN, or what a restart ran
   * @param runtimeTags tags of this run, besides those of the workflow
   * @param restartConfig how it was restarted; null if it wasn't
   */
  public record Config(
      String policy,
      String correlationId,
      List<Tag> runtimeTags,
      @Nullable Restart restartConfig) {}

  /**
   * How it was restarted.
   *
   * @param restartPolicy what is run again
   * @param restartPath the steps that lead to the one that was asked for, innermost first
   * @param stepId the step of this run that is on the way to it, or the step itself; null for a run
   *     as a whole
   * @param skipSteps ids of steps that count as done
   * @param startSteps ids of the steps to begin with; null if nobody said so
   * @param endSteps ids of the steps to end with; null if nobody said so
   */
  public record Restart(
      String restartPolicy,
      List<PathNode> restartPath,
      @Nullable String stepId,
      List<String> skipSteps,
      @Nullable List<String> startSteps,
      @Nullable List<String> endSteps) {}

  /** A step on the way of a restart. */
  public record PathNode(String workflowId, long instanceId, String stepId) {}

  /**
   * The properties that hold for this run.
   *
   * @param stepConcurrency how many of its steps may run at a time; null for the default
   */
  public record Properties(long createTime, String owner, @Nullable Long stepConcurrency) {}

  /**
   * The edges of a step.
   *
   * @param successors step id to condition, as written
   */
  public record DagEdges(List<String> predecessors, Map<String, String> successors) {}
}
