package org.maestro.benchmark.language;

/** An expression names something that has no value: what it belongs to fails. */
final class NoValueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoValueException(String message) {
    super(message, null, false, false);
  }
}
