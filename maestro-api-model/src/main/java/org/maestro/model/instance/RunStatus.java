package org.maestro.model.instance;

/** Where a run stands. */
public enum RunStatus {
  /** Accepted, waits for its run strategy. */
  CREATED,
  /** Its steps run or wait. */
  IN_PROGRESS,
  /** Nothing of it goes on until it is resumed. */
  PAUSED,
  /** All of its steps are complete. */
  SUCCEEDED,
  /** A step failed that its failure mode does not ignore. */
  FAILED,
  /** Somebody or its run strategy stopped it. */
  STOPPED,
  /** Took longer than its time-out. */
  TIMED_OUT;

  /** Whether the run has ended; it never leaves such a status. */
  public boolean isTerminal() {
    return switch (this) {
      case CREATED, IN_PROGRESS, PAUSED -> false;
      case SUCCEEDED, FAILED, STOPPED, TIMED_OUT -> true;
    };
  }
}
