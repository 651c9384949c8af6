package org.maestro.engine.step.runtime.http;

/** What a response means for its step. */
public enum HttpVerdict {
  /** The step has succeeded. */
  DONE,
  /** A failure of the job: tried again as long as error retries are left. */
  USER_ERROR,
  /** A failure of what runs jobs: tried again as long as platform retries are left. */
  PLATFORM_ERROR,
  /** A failure that no retry can help. */
  FATAL_ERROR,
  /** Not known yet: the same request is sent again later. */
  CONTINUE;

  /** What it means unless the step has a {@code state_expr}. */
  public static HttpVerdict of(int statusCode) {
    return switch (statusCode / 100) {
      case 2 -> DONE;
      case 4 -> FATAL_ERROR;
      default -> USER_ERROR;
    };
  }
}
