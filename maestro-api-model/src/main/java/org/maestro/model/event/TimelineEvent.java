package org.maestro.model.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the owner should know happened.
 *
 * @param timestamp epoch milliseconds
 * @param type LOG, STATUS, ACTION, DETAILS or MILESTONE
 * @param level INFO, WARN or ERROR; LOG only
 * @param status the new status; STATUS only
 * @param action what was asked; ACTION only
 * @param author who asked; ACTION only
 * @param errors one line each; DETAILS only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEvent(
    long timestamp,
    String type,
    String message,
    @Nullable String level,
    @Nullable String status,
    @Nullable String action,
    @Nullable String author,
    @Nullable String reason,
    @Nullable List<String> errors) {

  public static TimelineEvent info(long at, String message) {
    return new TimelineEvent(at, "LOG", message, "INFO", null, null, null, null, null);
  }

  public static TimelineEvent warn(long at, String message) {
    return new TimelineEvent(at, "LOG", message, "WARN", null, null, null, null, null);
  }

  public static TimelineEvent error(long at, String message) {
    return new TimelineEvent(at, "LOG", message, "ERROR", null, null, null, null, null);
  }

  public static TimelineEvent action(
      long at, String action, @Nullable String author, String message) {
    return new TimelineEvent(at, "ACTION", message, null, null, action, author, null, null);
  }

  public static TimelineEvent details(long at, String message, List<String> errors) {
    return new TimelineEvent(at, "DETAILS", message, null, null, null, null, null, errors);
  }

  /** All that it says in one line. */
  public String words() {
    return errors == null || errors.isEmpty()
        ? message
        : message + ": " + String.join("; ", errors);
  }
}
