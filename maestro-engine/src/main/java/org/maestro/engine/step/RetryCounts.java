package org.maestro.engine.step;

import org.maestro.model.instance.StepStatus;

/** How many retries of a step there have been in this run, by cause. */
public record RetryCounts(long error, long platform, long timeout, long manual) {
  public static final RetryCounts NONE = new RetryCounts(0, 0, 0, 0);

  /** One more of the kind that an attempt's failure calls for. */
  RetryCounts afterFailure(StepStatus failed) {
    return switch (failed) {
      case USER_FAILED -> new RetryCounts(error + 1, platform, timeout, manual);
      case PLATFORM_FAILED -> new RetryCounts(error, platform + 1, timeout, manual);
      case TIMEOUT_FAILED -> new RetryCounts(error, platform, timeout + 1, manual);
      case NOT_CREATED,
          CREATED,
          INITIALIZED,
          PAUSED,
          WAITING_FOR_SIGNALS,
          EVALUATING_PARAMS,
          WAITING_FOR_PERMITS,
          STARTING,
          RUNNING,
          FINISHING,
          DISABLED,
          UNSATISFIED,
          SKIPPED,
          SUCCEEDED,
          COMPLETED_WITH_ERROR,
          FATALLY_FAILED,
          INTERNALLY_FAILED,
          STOPPED,
          TIMED_OUT ->
          throw new IllegalArgumentException("expected a failure to retry, found " + failed);
    };
  }

  public RetryCounts plusManual() {
    return new RetryCounts(error, platform, timeout, manual + 1);
  }
}
