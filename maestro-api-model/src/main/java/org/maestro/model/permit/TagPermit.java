package org.maestro.model.permit;

import java.util.List;
import java.util.Map;
import org.maestro.model.event.TimelineEvent;

/**
 * How many step attempts with a tag may run at the same time.
 *
 * @param maxAllowed 0 pauses everything with the tag
 * @param timeline who changed it and when, oldest first; the last 50 changes
 * @param extraInfo whatever else was said of it
 */
public record TagPermit(
    String tag, long maxAllowed, List<TimelineEvent> timeline, Map<String, Object> extraInfo) {
  public TagPermit {
    timeline = List.copyOf(timeline);
  }
}
