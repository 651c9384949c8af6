package org.maestro.embedded;

/** A part could not be started; the message is one sentence for a person. */
public final class EmbeddedStartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public EmbeddedStartException(String message) {
    super(message);
  }

  public EmbeddedStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
