package org.maestro.cli.failure;

import java.util.Set;

/** What the process ends with; part of the interface that scripts rest on. */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** A watched run did not succeed, or {@code diff} found a difference. */
  NEGATIVE(1),
  /** The command line makes no sense. */
  USAGE(2),
  /** A definition or a value in a request is not valid. */
  INVALID(3),
  /** Nobody is signed in, or the caller may not do this. */
  NOT_ALLOWED(4),
  /** What was named does not exist. */
  NOT_FOUND(5),
  /** The request does not fit the current state. */
  CONFLICT(6),
  /** The server failed or could not be reached; the same command may succeed later. */
  UNAVAILABLE(7),
  /** It took longer than was allowed. */
  TIMEOUT(8),
  /** A mistake in this program. */
  BUG(70),
  /** Ctrl-C. */
  INTERRUPTED(130),
  /** Whoever read the output has left. */
  BROKEN_PIPE(141);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** What the server calls a bad request, and is one only as things stand. */
  private static final Set<String> OF_STATE =
      Set.of(
          "not-yet",
          "nothing-to-run",
          "version-below-another-run",
          "version-does-not-fit",
          "version-of-an-iteration");

  /**
   * The code for an answer that is no success.
   *
   * @param problem the code of the problem that it tells
   */
  public static ExitCode of(int status, String problem) {
    return OF_STATE.contains(problem) ? CONFLICT : ofHttp(status);
  }

  /** The code for an HTTP status that is no success. */
  public static ExitCode ofHttp(int status) {
    return switch (status) {
      case 400, 413, 415, 422 -> INVALID;
      case 401, 403 -> NOT_ALLOWED;
      case 404, 410 -> NOT_FOUND;
      case 409, 412 -> CONFLICT;
      case 408, 504 -> TIMEOUT;
      default -> UNAVAILABLE;
    };
  }
}
