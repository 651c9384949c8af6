package org.maestro.cli.failure;

import java.util.ArrayList;
import java.util.List;

/**
 * A command can't do what was asked. Carries everything the user needs to know; it is printed at
 * the edge, once.
 */
public class CommandFailure extends RuntimeException {
  private final ExitCode exitCode;
  private final List<String> hints;

  /**
   * A failure.
   *
   * @param message what was expected and what was found, in one sentence
   * @param hints what to do, one line each
   */
  public CommandFailure(ExitCode exitCode, String message, List<String> hints) {
    // It describes what was asked, not a place in the code.
    super(message, null, false, false);
    this.exitCode = exitCode;
    this.hints = List.copyOf(hints);
  }

  public CommandFailure(ExitCode exitCode, String message) {
    this(exitCode, message, List.of());
  }

  public static CommandFailure usage(String message, String... hints) {
    return new CommandFailure(ExitCode.USAGE, message, List.of(hints));
  }

  public static CommandFailure notFound(String message, String... hints) {
    return new CommandFailure(ExitCode.NOT_FOUND, message, List.of(hints));
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public List<String> hints() {
    return hints;
  }

  /** The message; never null here. */
  public String text() {
    var message = getMessage();
    return message == null ? exitCode.name() : message;
  }

  /** The same with one more line of advice. */
  public CommandFailure withHint(String hint) {
    var more = new ArrayList<>(hints);
    more.add(hint);
    return new CommandFailure(exitCode, text(), more);
  }
}
