package org.maestro.benchmark.fuzz;

/** Nothing was thrown, but what came out is not what is promised. */
final class BrokenPromiseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenPromiseException(String message) {
    super(message);
  }
}
