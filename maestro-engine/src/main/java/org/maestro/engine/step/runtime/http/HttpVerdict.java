package org.maestro.engine.step.runtime.http;

/** What a response means for its step. */
enum HttpVerdict {
  DONE,
  USER_ERROR,
  PLATFORM_ERROR,
  FATAL_ERROR,
  /** Ask again later. */
  CONTINUE;

  /** What it means unless the step has a {@code state_expr}. */
  static HttpVerdict of(int statusCode) {
    return switch (statusCode / 100) {
      case 2 -> DONE;
      case 4 -> FATAL_ERROR;
      default -> USER_ERROR;
    };
  }
}
