package org.maestro.service.database;

import java.sql.SQLException;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What a failed transaction's exception says about the transaction. */
enum SqlFailure {
  /** It was rolled back because of others; doing it again is right. */
  CONFLICT,
  /** The connection broke, was idle in a transaction for too long, or the database is stopping. */
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
    return state.startsWith("08") || state.startsWith("57P0") || state.equals("25P03")
        ? CONNECTION_LOST
        : OTHER;
  }

  /** Whether the values that were written are to blame: data exceptions, constraints, limits. */
  static boolean isOfTheWork(Throwable thrown) {
    if (of(thrown) != OTHER) {
      return false;
    }
    return sqlState(thrown)
        .map(state -> state.startsWith("22") || state.startsWith("23") || state.startsWith("54"))
        .orElseGet(() ->
            !(thrown instanceof DataAccessException
                || thrown instanceof TransactionException
                || thrown instanceof UnknownOutcomeException));
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
