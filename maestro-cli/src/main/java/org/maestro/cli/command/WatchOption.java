package org.maestro.cli.command;

import picocli.CommandLine.Option;

/** Whether to stay until what was begun has ended. */
final class WatchOption {
  @Option(
      names = {"-w", "--watch"},
      description = "follow it until it ends; the exit code says how")
  boolean watch;
}
