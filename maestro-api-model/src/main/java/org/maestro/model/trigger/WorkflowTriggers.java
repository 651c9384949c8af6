package org.maestro.model.trigger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All time triggers of a workflow.
 *
 * @param versionId the active version, whose they are; null if there is none
 * @param paused whether somebody has paused them
 * @param pausedBy who
 */
public record WorkflowTriggers(
    String workflowId,
    @Nullable Long versionId,
    boolean paused,
    @Nullable String pausedBy,
    List<TriggerView> timeTriggers) {
  public WorkflowTriggers {
    timeTriggers = List.copyOf(timeTriggers);
  }
}
