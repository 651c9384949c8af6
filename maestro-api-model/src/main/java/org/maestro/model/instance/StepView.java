package org.maestro.model.instance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.tag.Tag;

/**
 * An attempt of a step, field by field as the standard shows it. Times are epoch milliseconds.
 *
 * @param stepInstanceId number of the step in its instance, from 1
 * @param definition the step as written, in its wrapper
 * @param signalDependencies null if the step waits for none
 */
public record StepView(
    String workflowId,
    long workflowInstanceId,
    long workflowRunId,
    String stepId,
    long stepAttemptId,
    String workflowUuid,
    String stepUuid,
    String correlationId,
    long stepInstanceId,
    long workflowVersionId,
    long groupInfo,
    String owner,
    @ShownAs(schema = "DefinitionStep") Map<String, Object> definition,
    List<Tag> tags,
    @ShownAs(schema = "Params") @Nullable Map<String, Object> stepRunParams,
    @ShownAs(schema = "Params") Map<String, Object> params,
    Edges transition,
    Retries stepRetry,
    State runtimeState,
    @Nullable Map<String, Object> signalDependencies,
    Map<String, Object> signalOutputs,
    Map<String, Object> artifacts,
    List<TimelineEvent> timeline) {

  /**
   * The edges of a step.
   *
   * @param successors BOOLEAN parameters by step; each with its result once the step has completed
   */
  public record Edges(
      List<String> predecessors, @ShownAs(schema = "Params") Map<String, Object> successors) {}

  /** How many retries there have been in this run, by cause. */
  public record Retries(
      long errorRetries, long platformRetries, long timeoutRetries, long manualRetries) {}

  /**
   * Where the attempt stands, and when it reached each state; null if it never did.
   *
   * @param modifyTime the last of the times
   */
  public record State(
      StepStatus status,
      long createTime,
      @Nullable Long initializeTime,
      @Nullable Long pauseTime,
      @Nullable Long waitSignalTime,
      @Nullable Long evaluateParamTime,
      @Nullable Long waitPermitTime,
      @Nullable Long startTime,
      @Nullable Long executeTime,
      @Nullable Long finishTime,
      @Nullable Long endTime,
      long modifyTime) {}
}
