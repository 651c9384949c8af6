package org.maestro.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What makes a call that is repeated the same call. */
final class RequestIdOption {
  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description =
          "what has the same one is done once, however often it is asked for (a new UUID)")
  @Nullable String requestId;
}
