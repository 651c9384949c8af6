package org.maestro.model.instance;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to "why is this not running?".
 *
 * @param running whether something is at work for it right now
 * @param reasons what it waits for, or why it waits for nothing; never empty
 */
public record Why(boolean running, List<Reason> reasons) {
  public Why {
    reasons = List.copyOf(reasons);
  }

  /** What a reason is; the names are part of the API. */
  public enum Code {
    QUEUED_BY_RUN_STRATEGY,
    WORKFLOW_PAUSED,
    BLOCKED_BY_FAILED_INSTANCE,
    ABOUT_TO_START,
    ADVANCING,
    ENDING,
    ENDED,
    FAILED_FIRST,
    HANDLER_RUN,
    HANDLER_FAILED,
    NOTIFIED,
    NOTIFYING,
    NOT_NOTIFIED,
    QUARANTINED,
    SET_ASIDE,
    RUN_NOT_STARTED,
    NOT_REACHED_YET,
    NEVER_REACHED,
    COMPLETED_IN_AN_EARLIER_RUN,
    CONDITIONS_FALSE,
    AT_BREAKPOINT,
    WAITING_FOR_SIGNALS,
    WAITING_FOR_PERMITS,
    WAITING_FOR_RETRY,
    WAITING_FOR_CHILD_RUN,
    WAITING_FOR_ITERATIONS,
    SLEEPING,
    JOB_STARTING,
    JOB_RUNNING
  }

  /**
   * One reason.
   *
   * @param message for people
   * @param details for programs; they stand beside the code and the message
   */
  public record Reason(Code code, String message, @JsonAnyGetter Map<String, Object> details) {
    public Reason {
      details = new LinkedHashMap<>(details);
    }

    /** The same with one more detail. */
    public Reason with(String name, Object value) {
      var more = new LinkedHashMap<>(details);
      more.put(name, value);
      return new Reason(code, message, more);
    }

    /** One without details. */
    public static Reason of(Code code, String message) {
      return new Reason(code, message, Map.of());
    }
  }

  /** Something is at work. */
  public static Why running(Reason reason) {
    return new Why(true, List.of(reason));
  }

  /** Nothing is at work. */
  public static Why idle(Reason reason) {
    return new Why(false, List.of(reason));
  }
}
