package org.maestro.benchmark.fuzz;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.option.Arguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a run is asked to do.
 *
 * @param seed the first case; each case is decided by its own number alone
 * @param cases how many at most
 * @param time how long at most
 * @param targets in turn
 * @param checkout where the project's tests and examples are
 */
record FuzzOptions(long seed, long cases, Duration time, List<FuzzTarget> targets, Path checkout) {

  static final String USAGE =
      """
      options of a run:
        --seed N        the first case (1)
        --cases N       how many cases at most (no limit)
        --minutes M     how long at most, also with a fraction (1)
        --targets LIST  of expression, yaml, json; in turn (all)
        --checkout DIR  a checkout of the project (.)\
      """;

  FuzzOptions {
    targets = List.copyOf(targets);
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static FuzzOptions parse(List<String> arguments) {
    return Arguments.read(FuzzOptions.class, arguments);
  }

  @Command
  static FuzzOptions of(
      @Option(names = "--seed", defaultValue = "1") BigDecimal seed,
      @Option(names = "--cases") @Nullable BigDecimal cases,
      @Option(names = "--minutes", defaultValue = "1") BigDecimal minutes,
      @Option(names = "--targets") @Nullable String targets,
      @Option(names = "--checkout", defaultValue = ".") Path checkout) {
    return new FuzzOptions(
        seed.longValue(),
        cases == null ? Long.MAX_VALUE : cases.longValue(),
        Duration.ofMillis(minutes.multiply(BigDecimal.valueOf(60_000)).longValue()),
        targets == null ? List.of(FuzzTarget.values()) : targets(targets),
        checkout.toAbsolutePath().normalize());
  }

  private static List<FuzzTarget> targets(String value) {
    try {
      return Arrays.stream(value.split(",", -1))
          .map(word -> FuzzTarget.valueOf(word.strip().toUpperCase(Locale.ROOT)))
          .toList();
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "Expected --targets to list some of expression, yaml and json, found \"%s\"."
              .formatted(value));
    }
  }
}
