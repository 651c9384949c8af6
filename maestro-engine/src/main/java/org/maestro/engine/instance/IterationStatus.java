package org.maestro.engine.instance;

import org.maestro.model.instance.RunStatus;

/** How an iteration of a foreach step stands. */
public enum IterationStatus {
  /** Not begun, or to be run again. */
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  STOPPED,
  TIMED_OUT;

  static IterationStatus of(RunStatus status) {
    return switch (status) {
      case CREATED, IN_PROGRESS, PAUSED -> RUNNING;
      case SUCCEEDED -> SUCCEEDED;
      case FAILED -> FAILED;
      case STOPPED -> STOPPED;
      case TIMED_OUT -> TIMED_OUT;
    };
  }
}
