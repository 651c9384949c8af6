package org.maestro.cli.command;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;

/**
 * Does the same to each of several names. What fails for one is told and keeps no other from it.
 */
final class Each {
  private Each() {}

  /** The exit code: that of the first failure, if there was one. */
  static int of(Session session, List<String> names, Consumer<String> action) {
    if (names.size() == 1) {
      action.accept(names.getFirst());
      return ExitCode.OK.number();
    }
    var failures = new Failures(session, Set.of());
    @Nullable CommandFailure first = null;
    for (var name : names) {
      try {
        action.accept(name);
      } catch (CommandFailure e) {
        if (e.exitCode() == ExitCode.INTERRUPTED) {
          throw e;
        }
        failures.tell(e);
        first = first == null ? e : first;
      }
    }
    return (first == null ? ExitCode.OK : first.exitCode()).number();
  }
}
