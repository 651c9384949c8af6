package org.maestro.service.outbox;

/** A row of the outbox holds something that this version has no words for. */
public final class UnknownMessageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownMessageException(Throwable cause) {
    super(cause);
  }
}
