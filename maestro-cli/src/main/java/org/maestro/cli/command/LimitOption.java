package org.maestro.cli.command;

import picocli.CommandLine.Option;

/** How long a list may get. */
final class LimitOption {
  @Option(names = "--limit", paramLabel = "N", description = "at most so many (${DEFAULT-VALUE})")
  long limit = 50;
}
