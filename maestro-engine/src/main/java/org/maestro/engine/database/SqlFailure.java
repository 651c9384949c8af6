package org.maestro.engine.database;

import java.sql.SQLException;
import java.util.Optional;

/** What a failed transaction's exception says about the transaction. */
enum SqlFailure {
  /** It was rolled back because of others; doing it again is right. */
  CONFLICT,
  /** The connection broke or the database is stopping. */
  CONNECTION_LOST,
  /** The database itself does not know whether the statement took effect. */
  OUTCOME_UNKNOWN,
  /** Anything else: a violated constraint, a wrong statement, our bug. */
  OTHER;

  static SqlFailure of(Throwable thrown) {
    if (thrown instanceof LostRaceException) {
      return CONFLICT;
    }
    return sqlState(thrown).map(SqlFailure::ofState).orElse(OTHER);
  }

  private static SqlFailure ofState(String state) {
    if (state.equals("40001") || state.equals("40P01")) {
      return CONFLICT;
    }
    if (state.equals("40003") || state.equals("08007")) {
      return OUTCOME_UNKNOWN;
    }
    return state.startsWith("08") || state.startsWith("57P0") ? CONNECTION_LOST : OTHER;
  }

  /** The state of the innermost SQL exception that has one. */
  static Optional<String> sqlState(Throwable thrown) {
    String found = null;
    var cause = thrown;
    for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        found = sql.getSQLState();
      }
    }
    return Optional.ofNullable(found);
  }
}
