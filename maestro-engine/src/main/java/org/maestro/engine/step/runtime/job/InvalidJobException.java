package org.maestro.engine.step.runtime.job;

/** The step asks for something that can't be run, whoever repeats it. */
public final class InvalidJobException extends RuntimeException {
  public InvalidJobException(String message) {
    super(message, null, false, false);
  }
}
