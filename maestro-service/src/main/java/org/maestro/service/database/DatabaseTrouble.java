package org.maestro.service.database;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the database didn't do what it was asked, although nothing is wrong with what it was asked:
 * the same again may succeed once the trouble is over.
 */
public enum DatabaseTrouble {
  STORAGE_FULL(
      "storage-full",
      "the database has no room left on its disk; try again when there is",
      30,
      true),
  OUT_OF_MEMORY(
      "database-out-of-memory", "the database has no memory left; try again later", 10, true),
  TOO_MANY_CONNECTIONS(
      "database-connections-used-up",
      "the database takes no more connections; try again later",
      10,
      true),
  LIMIT_REACHED(
      "database-limit-reached", "a limit of the database is reached; try again later", 10, true),
  READ_ONLY(
      "database-read-only",
      "the database takes no changes, as a standby does; try again later",
      10,
      true),
  BUSY(
      "database-busy",
      "the database took longer than a statement may take, or wait for a lock; try again",
      5,
      false),
  UNREACHABLE("database-unavailable", "the database cannot be reached now; try again", 5, false);

  private final String code;
  private final String detail;
  private final int retryAfterSeconds;
  private final boolean untilAWriteWorks;

  DatabaseTrouble(String code, String detail, int retryAfterSeconds, boolean untilAWriteWorks) {
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.untilAWriteWorks = untilAWriteWorks;
  }

  /** What programs know it by. */
  public String code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** Whether it is over only when the database has taken a change again. */
  boolean lastsUntilAWriteWorks() {
    return untilAWriteWorks;
  }

  /** The trouble that a failure tells of, if the database or the way to it is to blame. */
  public static Optional<DatabaseTrouble> of(Throwable thrown) {
    return SqlFailure.sqlState(thrown).map(DatabaseTrouble::ofState);
  }

  private static @Nullable DatabaseTrouble ofState(String state) {
    return switch (state) {
      case "53100" -> STORAGE_FULL;
      case "53200" -> OUT_OF_MEMORY;
      case "53300" -> TOO_MANY_CONNECTIONS;
      case "25006" -> READ_ONLY;
      case "57014", "55P03" -> BUSY;
      case "25P03" -> UNREACHABLE;
      default ->
          state.startsWith("53")
              ? LIMIT_REACHED
              : state.startsWith("08") || state.startsWith("57P0") ? UNREACHABLE : null;
    };
  }
}
