package org.maestro.model.definition;

import java.util.List;
import org.maestro.model.event.TimelineEvent;

/** What happened to a definition. */
public record WorkflowTimeline(String workflowId, List<TimelineEvent> timelineEvents) {
  public WorkflowTimeline {
    timelineEvents = List.copyOf(timelineEvents);
  }
}
