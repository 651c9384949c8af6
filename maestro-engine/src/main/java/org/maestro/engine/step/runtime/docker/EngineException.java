package org.maestro.engine.step.runtime.docker;

/** The engine of containers hasn't done what it was asked for. */
sealed class EngineException extends RuntimeException {
  EngineException(String message) {
    super(message, null, false, false);
  }

  /** It didn't answer: nobody knows whether it did it, and it may be there again later. */
  static final class Unreachable extends EngineException {
    Unreachable(String message) {
      super(message);
    }
  }

  /** It answered that it won't, or can't. */
  static final class Refused extends EngineException {
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    boolean isNotFound() {
      return status == 404;
    }
  }
}
