package org.maestro.model.instance;

/** Where one attempt of a step stands. */
public enum StepStatus {
  /** Its turn has not come. */
  NOT_CREATED,
  /** Its turn has come. */
  CREATED,
  /** Is being prepared. */
  INITIALIZED,
  /** Held by a breakpoint. */
  PAUSED,
  /** Signals that it waits for are missing. */
  WAITING_FOR_SIGNALS,
  /** Its parameters are computed. */
  EVALUATING_PARAMS,
  /** As many steps run as may: {@code explain} says which limit it is. */
  WAITING_FOR_PERMITS,
  /** Its job is being launched. */
  STARTING,
  /** Its job runs. */
  RUNNING,
  /** Its job has ended, what it put out is being read. */
  FINISHING,
  /** Left out, because the restart was of other steps. */
  DISABLED,
  /** No edge led here: all conditions were false. */
  UNSATISFIED,
  /** Somebody skipped it; what follows goes on. */
  SKIPPED,
  /** Did what it should. */
  SUCCEEDED,
  /** Failed, which its failure mode ignores. */
  COMPLETED_WITH_ERROR,
  /** The job failed by itself; tried again as long as error retries are left. */
  USER_FAILED,
  /** What runs jobs failed; tried again as long as platform retries are left. */
  PLATFORM_FAILED,
  /** Took longer than its time-out; tried again as long as time-out retries are left. */
  TIMEOUT_FAILED,
  /** Failed, and no retry is left or could help. */
  FATALLY_FAILED,
  /** The engine itself could not go on with it. */
  INTERNALLY_FAILED,
  /** Somebody stopped it, or its run ended. */
  STOPPED,
  /** Took longer than its time-out, and no retry is left. */
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
