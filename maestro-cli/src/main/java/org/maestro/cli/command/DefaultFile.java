package org.maestro.cli.command;

import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;

/** The file that commands mean when none is named: the one that {@code maestro init} writes. */
final class DefaultFile {
  static final String NAME = "workflow.yaml";

  private DefaultFile() {}

  /** The named files, or the one here. */
  static List<String> or(@Nullable List<String> named, Session session) {
    if (named != null && !named.isEmpty()) {
      return named;
    }
    if (Files.exists(session.around().here().resolve(NAME))) {
      return List.of(NAME);
    }
    throw CommandFailure.usage(
        "expected a file: none is named, and there is no %s here".formatted(NAME),
        "maestro init writes one");
  }
}
