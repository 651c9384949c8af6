package org.maestro.engine.start;

import org.maestro.engine.run.RunKey;
import org.maestro.model.instance.RunStatus;

/**
 * A start that has been accepted, now or before.
 *
 * @param duplicate whether its request id had been accepted already
 * @param status the run's status: CREATED, or STOPPED or FAILED if it was born so
 */
public record Accepted(
    RunKey run, String uuid, long versionId, RunStatus status, boolean duplicate) {

  /** The word of the standard's API for it. */
  public String word() {
    if (duplicate) {
      return "DUPLICATED";
    }
    return switch (status) {
      case STOPPED -> "STOPPED";
      case CREATED, IN_PROGRESS, PAUSED, SUCCEEDED, FAILED, TIMED_OUT -> "CREATED";
    };
  }
}
