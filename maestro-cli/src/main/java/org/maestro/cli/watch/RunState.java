package org.maestro.cli.watch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.name.Ref;

/**
 * How a run stood when the server was asked. Times are epoch milliseconds.
 *
 * @param ref with instance and run
 * @param steps in the order of the definition
 * @param seenAt when it was asked
 */
public record RunState(
    Ref ref,
    String status,
    @Nullable Long start,
    @Nullable Long end,
    List<Step> steps,
    long seenAt) {

  public RunState {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param loop null if it is no loop, or one that has not begun
   * @param retryAt when its next attempt begins; null if it doesn't wait for one
   */
  public record Step(
      String id,
      String kind,
      String status,
      @Nullable Long start,
      @Nullable Long end,
      @Nullable Loop loop,
      @Nullable Long retryAt) {}

  /**
   * A loop in numbers.
   *
   * @param total how many iterations there will be; null where that is not known beforehand
   * @param counts iterations by status
   * @param takenOver those that succeeded in a run before
   */
  public record Loop(@Nullable Long total, Map<String, Long> counts, long takenOver) {
    public Loop {
      counts = new LinkedHashMap<>(counts);
    }

    Loop(@Nullable Long total, Map<String, Long> counts) {
      this(total, counts, 0);
    }

    public long count(String status) {
      return counts.getOrDefault(status, 0L);
    }

    /** Iterations that have ended. */
    public long ended() {
      return counts.entrySet().stream()
          .filter(entry -> isEnd(entry.getKey()))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
  }

  /** Whether the run has ended for good. */
  public boolean hasEnded() {
    return isEnd(status);
  }

  public boolean hasSucceeded() {
    return status.equals("SUCCEEDED");
  }

  /** Whether a run of this status has ended. */
  public static boolean isEnd(String status) {
    return switch (status) {
      case "SUCCEEDED", "FAILED", "STOPPED", "TIMED_OUT" -> true;
      default -> false;
    };
  }

  /** Whether a step of this status is at work or waits for something of its own. */
  static boolean isAlive(String stepStatus) {
    return switch (stepStatus) {
      case "CREATED",
          "INITIALIZED",
          "PAUSED",
          "WAITING_FOR_SIGNALS",
          "EVALUATING_PARAMS",
          "WAITING_FOR_PERMITS",
          "STARTING",
          "RUNNING",
          "FINISHING",
          "USER_FAILED",
          "PLATFORM_FAILED",
          "TIMEOUT_FAILED" ->
          true;
      default -> false;
    };
  }

  /** Whether a step of this status has failed and waits for its next attempt. */
  static boolean awaitsRetry(String stepStatus) {
    return switch (stepStatus) {
      case "USER_FAILED", "PLATFORM_FAILED", "TIMEOUT_FAILED" -> true;
      default -> false;
    };
  }

  /** Whether a step of this status failed for good. */
  public static boolean isFailure(String stepStatus) {
    return switch (stepStatus) {
      case "FATALLY_FAILED", "INTERNALLY_FAILED", "TIMED_OUT", "STOPPED" -> true;
      default -> false;
    };
  }
}
