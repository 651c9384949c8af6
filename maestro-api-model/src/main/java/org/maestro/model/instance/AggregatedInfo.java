package org.maestro.model.instance;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance over all its runs so far: each step as the last run that created it left it. */
public record AggregatedInfo(
    RunStatus workflowInstanceStatus, Map<String, StepAggregate> stepAggregatedViews) {

  /** One step, in the run that created it last. Times are epoch milliseconds. */
  public record StepAggregate(
      long workflowRunId, StepStatus status, @Nullable Long startTime, @Nullable Long endTime) {}
}
