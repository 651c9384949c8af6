package org.maestro.service.database;

/**
 * A conditional statement changed no row, because somebody else moved first. {@link Transactions}
 * rolls back and tries again, so that the work reads what is there now.
 */
public final class LostRaceException extends RuntimeException {
  public LostRaceException(String what) {
    super("somebody else changed " + what + " first", null, false, false);
  }
}
