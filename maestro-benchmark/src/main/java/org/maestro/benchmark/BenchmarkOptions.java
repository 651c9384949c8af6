package org.maestro.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.option.Arguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a benchmark is asked to do.
 *
 * @param quick small workloads, once: shows that everything works, not how fast
 * @param rounds how often everything is measured
 * @param json where the figures go; null for nowhere
 * @param markdown where the table goes; null for nowhere
 * @param heap of the server, as {@code -Xmx} takes it
 */
record BenchmarkOptions(
    boolean quick, int rounds, @Nullable Path json, @Nullable Path markdown, String heap) {

  static final String USAGE =
      """
      options of a benchmark:
        --quick          small workloads, one round: whether it works, not how fast it is
        --rounds N       how often everything is measured; medians are printed (3)
        --heap SIZE      the server's heap (512m)
        --json FILE      write the figures of every round
        --markdown FILE  write the table\
      """;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static BenchmarkOptions parse(List<String> arguments) {
    return Arguments.read(BenchmarkOptions.class, arguments);
  }

  @Command
  static BenchmarkOptions of(
      @Option(names = "--quick") boolean quick,
      @Option(names = "--rounds") @Nullable Integer rounds,
      @Option(names = "--json") @Nullable Path json,
      @Option(names = "--markdown") @Nullable Path markdown,
      @Option(names = "--heap", defaultValue = "512m") String heap) {
    if (rounds != null && rounds < 1) {
      throw new IllegalArgumentException(
          "Expected --rounds to be 1 or more, found " + rounds + ".");
    }
    return new BenchmarkOptions(
        quick, rounds != null ? rounds : quick ? 1 : 3, json, markdown, heap);
  }
}
