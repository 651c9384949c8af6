package org.maestro.engine.alert;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom a run tells of what, decided when it is accepted and kept with its facts.
 *
 * @param receivers by event, as {@link Receiver#text} writes them; events that nobody is told of
 *     are left out
 * @param lateAt when the run is late if it has not ended; epoch milliseconds, null for never
 * @param untold who is not told although the workflow asks for it, and why
 */
public record RunAlerts(
    Map<AlertEvent, List<String>> receivers, @Nullable Long lateAt, List<String> untold) {

  /**
   * Whether a run was complete when it was to be.
   *
   * @param end when it ended; epoch milliseconds, null if it has not
   */
  public boolean wasInTime(@Nullable Long end) {
    return lateAt == null || (end != null && end <= lateAt);
  }

  /** Who is told of an event. */
  public List<Receiver> of(AlertEvent event) {
    return receivers.getOrDefault(event, List.of()).stream().map(Receiver::of).toList();
  }
}
