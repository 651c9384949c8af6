package org.maestro.engine.step.runtime.job;

import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.job.AttemptFolder.ExitStatus;
import org.maestro.model.instance.StepStatus;

/** What the end of a job means for its step. */
public enum JobEnd {
  /** Done: its output parameters are read, and what can't be understood of them is a failure. */
  SUCCEEDED("0", StepStatus.SUCCEEDED),
  /** Its own failure: tried again as long as error retries are left. */
  FAILED("1 to 255", StepStatus.USER_FAILED),
  /**
   * A failure of which its output says that no retry can help: by the artifact {@code
   * maestro_retry} with {@code retryable} false.
   */
  FAILED_FOR_GOOD("1 to 255, and said so", StepStatus.FATALLY_FAILED),
  /**
   * A failure of which its output says that it wasn't its own, as of a notebook whose kernel is
   * gone: by the artifact {@code maestro_retry} with {@code platform} true. Tried again as long as
   * platform retries are left.
   */
  FAILED_BY_PLATFORM("1 to 255, and said so", StepStatus.PLATFORM_FAILED),
  /** Somebody told it to end. */
  STOPPED("any, after it was told to end", StepStatus.STOPPED),
  /**
   * It is gone without an exit status, as when the machine was switched off: tried again as long as
   * platform retries are left.
   */
  VANISHED("none", StepStatus.PLATFORM_FAILED);

  private final String exit;
  private final StepStatus status;

  JobEnd(String exit, StepStatus status) {
    this.exit = exit;
    this.status = status;
  }

  /** The exit status, for people; of a job that signal n ended it is 128 + n. */
  public String exit() {
    return exit;
  }

  /** What the attempt becomes. */
  public StepStatus status() {
    return status;
  }

  /** How a job ended that has an exit status. */
  static JobEnd of(ExitStatus exit, boolean isStopping, OutputDocument said) {
    if (isStopping || exit.wasStopped()) {
      return STOPPED;
    }
    if (exit.code() == 0) {
      return SUCCEEDED;
    }
    if (said.forbidsRetry()) {
      return FAILED_FOR_GOOD;
    }
    return said.blamesPlatform() ? FAILED_BY_PLATFORM : FAILED;
  }

  /** Whose fault a failure was. */
  public Kind kind() {
    return switch (this) {
      case SUCCEEDED, FAILED, STOPPED -> Kind.USER;
      case FAILED_FOR_GOOD -> Kind.FATAL;
      case FAILED_BY_PLATFORM, VANISHED -> Kind.PLATFORM;
    };
  }
}
