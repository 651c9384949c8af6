package org.maestro.service.database;

/**
 * The connection was lost, or the database could not tell, while a transaction committed: it may
 * have happened or not. Whoever catches this must look before doing it again.
 */
public final class UnknownOutcomeException extends RuntimeException {
  public UnknownOutcomeException(Throwable cause) {
    super("expected to learn whether the transaction committed, but the answer was lost", cause);
  }
}
