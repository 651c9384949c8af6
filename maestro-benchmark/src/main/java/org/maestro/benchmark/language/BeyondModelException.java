package org.maestro.benchmark.language;

/** The model doesn't say what a program means from here on; such a program is left out. */
final class BeyondModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BeyondModelException(String message) {
    super(message, null, false, false);
  }
}
