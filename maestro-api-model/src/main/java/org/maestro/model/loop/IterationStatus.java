package org.maestro.model.loop;

import org.maestro.model.instance.RunStatus;

/** How an iteration of a foreach step stands. */
public enum IterationStatus {
  /** Not begun, or to be run again, while the loop goes on. */
  QUEUED,
  /** Not begun, or not run again, when the loop ended. */
  NOT_STARTED,
  /** Begun. */
  RUNNING,
  /** Begun, and set aside because the engine can't go on with it; it stands still until ended. */
  QUARANTINED,
  /** All of its steps are complete. */
  SUCCEEDED,
  /** One of its steps failed. */
  FAILED,
  /** Somebody stopped it, or its loop ended. */
  STOPPED,
  /** Took longer than its time-out. */
  TIMED_OUT;

  public boolean isEnded() {
    return switch (this) {
      case QUEUED, NOT_STARTED, RUNNING, QUARANTINED -> false;
      case SUCCEEDED, FAILED, STOPPED, TIMED_OUT -> true;
    };
  }

  public static IterationStatus of(RunStatus status) {
    return switch (status) {
      case CREATED, IN_PROGRESS, PAUSED -> RUNNING;
      case SUCCEEDED -> SUCCEEDED;
      case FAILED -> FAILED;
      case STOPPED -> STOPPED;
      case TIMED_OUT -> TIMED_OUT;
    };
  }
}
