package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Starts instances by the clock.
 *
 * @param type CRON, PREDEFINED or INTERVAL
 * @param cron Unix (5 fields) or Quartz (6 or 7 fields); CRON only
 * @param expression {@code @hourly} and so on; PREDEFINED only
 * @param interval a duration; INTERVAL only
 * @param start nothing fires before it, and an INTERVAL counts from it; ISO 8601 (read in the zone
 *     when it has none) or epoch milliseconds
 * @param end nothing fires at or after it; written like {@code start}
 * @param catchUp what becomes of ticks that were missed; null means ALL
 * @param timezone IANA zone, default UTC
 * @param fuzzyMaxDelay a duration; each workflow fires at a fixed offset within it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimeTrigger(
    Type type,
    @Nullable String cron,
    @Nullable String expression,
    @Nullable String interval,
    @Nullable String start,
    @Nullable String end,
    @Nullable CatchUp catchUp,
    @Nullable String timezone,
    @Nullable String fuzzyMaxDelay) {
  /** The kinds of time trigger. */
  public enum Type {
    CRON,
    PREDEFINED,
    INTERVAL
  }

  /** What becomes of the ticks that passed while nobody could fire them. */
  public enum CatchUp {
    /** Each of them fires, oldest first. */
    ALL,
    /** The newest of them fires. */
    LATEST,
    /** None of them fires. */
    NONE
  }
}
