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
 * @param start first tick of an INTERVAL, ISO 8601 or epoch milliseconds
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
    @Nullable String timezone,
    @Nullable String fuzzyMaxDelay) {
  /** The kinds of time trigger. */
  public enum Type {
    CRON,
    PREDEFINED,
    INTERVAL
  }
}
