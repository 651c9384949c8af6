package org.maestro.model.instance;

/** Where a run stands. */
public enum RunStatus {
  /** Accepted, waits for its run strategy. */
  CREATED,
  IN_PROGRESS,
  PAUSED,
  SUCCEEDED,
  FAILED,
  STOPPED,
  TIMED_OUT;

  /** Whether the run has ended; it never leaves such a status. */
  public boolean isTerminal() {
    return switch (this) {
      case CREATED, IN_PROGRESS, PAUSED -> false;
      case SUCCEEDED, FAILED, STOPPED, TIMED_OUT -> true;
    };
  }
}
