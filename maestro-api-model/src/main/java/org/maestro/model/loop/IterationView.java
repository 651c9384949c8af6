package org.maestro.model.loop;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An iteration of a loop. Times are epoch milliseconds. What its instance says is null if it has
 * not begun in this pass.
 *
 * @param index its number, from 0
 * @param items the values that it runs with, by loop param
 * @param failure what went wrong, as the failure groups name it; null if nothing did
 * @param workflowId the id of the workflow that the iterations are instances of
 * @param ancestors the steps that it stands in, innermost first; null in lists
 */
public record IterationView(
    long index,
    IterationStatus status,
    Map<String, Object> items,
    @Nullable String failure,
    @Nullable String workflowId,
    @Nullable Long workflowInstanceId,
    @Nullable Long workflowRunId,
    @Nullable Long startTime,
    @Nullable Long endTime,
    @Nullable List<Ancestor> ancestors) {

  /** The same with the steps that it stands in. */
  public IterationView within(List<Ancestor> steps) {
    return new IterationView(
        index,
        status,
        items,
        failure,
        workflowId,
        workflowInstanceId,
        workflowRunId,
        startTime,
        endTime,
        List.copyOf(steps));
  }

  /**
   * A step that an iteration stands in.
   *
   * @param index of the iteration that is the way to it, from 0; null if it is no loop
   * @param items the values of that iteration, by loop param; null as before
   */
  public record Ancestor(
      String workflowId,
      long workflowInstanceId,
      long workflowRunId,
      String stepId,
      @Nullable Long index,
      @Nullable Map<String, Object> items) {}
}
