package org.maestro.model.start;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.model.event.TimelineEvent;

/**
 * What became of a start or a restart.
 *
 * @param status CREATED; STOPPED if the run strategy didn't let it run; DUPLICATED if this request
 *     id had been accepted before
 * @param warnings what was given and will not be used as it may be meant; null if nothing
 */
public record Started(
    String workflowId,
    long workflowVersionId,
    long workflowInstanceId,
    long workflowRunId,
    String workflowUuid,
    String status,
    TimelineEvent timelineEvent,
    @Nullable List<String> warnings) {

  public Started {
    warnings = warnings == null || warnings.isEmpty() ? null : List.copyOf(warnings);
  }
}
