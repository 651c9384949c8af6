package org.maestro.engine.step.runtime.kubernetes;

/** A cluster didn't do what it was asked. */
abstract sealed class ClusterException extends RuntimeException {
  private ClusterException(String message, Throwable cause) {
    super(message, cause);
  }

  /** It doesn't answer, or not now: what was asked may have happened. */
  static final class Unreachable extends ClusterException {
    Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** It answered that it won't. */
  static final class Refused extends ClusterException {
    Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
