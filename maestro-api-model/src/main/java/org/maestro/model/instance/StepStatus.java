package org.maestro.model.instance;

/** Where one attempt of a step stands. */
public enum StepStatus {
  NOT_CREATED,
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
  USER_FAILED,
  PLATFORM_FAILED,
  TIMEOUT_FAILED,
  FATALLY_FAILED,
  INTERNALLY_FAILED,
  STOPPED,
  TIMED_OUT;

  /** Whether this attempt has ended; a retry is a new attempt. */
  public boolean isTerminal() {
    return compareTo(DISABLED) >= 0;
  }

  /** Ended such that what follows in the DAG may go on. */
  public boolean isComplete() {
    return switch (this) {
      case SUCCEEDED, SKIPPED, UNSATISFIED, COMPLETED_WITH_ERROR, DISABLED -> true;
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
          USER_FAILED,
          PLATFORM_FAILED,
          TIMEOUT_FAILED,
          FATALLY_FAILED,
          INTERNALLY_FAILED,
          STOPPED,
          TIMED_OUT ->
          false;
    };
  }

  /** Failed in a way that its retry policy may answer with another attempt. */
  public boolean isRetriable() {
    return this == USER_FAILED || this == PLATFORM_FAILED || this == TIMEOUT_FAILED;
  }

  /** Ended for good: neither live nor waiting for another attempt. */
  public boolean isFinal() {
    return isTerminal() && !isRetriable();
  }
}
