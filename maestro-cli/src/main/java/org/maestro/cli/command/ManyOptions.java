package org.maestro.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which of many are meant: iterations of a loop, or instances of a workflow. */
final class ManyOptions {
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "with hello: its instances of this status; with a loop: its iterations")
  @Nullable String status;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "with hello: its instances made since then, such as 2h")
  @Nullable String since;

  @Mixin final IterationOptions iterations = new IterationOptions();

  @Option(names = "--dry-run", description = "only say how many they are, and name them")
  boolean dryRun;

  /** Whether more than what is named is meant. */
  boolean isGiven() {
    return status != null || since != null || iterations.isGiven();
  }
}
