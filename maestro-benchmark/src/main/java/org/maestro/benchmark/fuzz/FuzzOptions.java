package org.maestro.benchmark.fuzz;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    var seed = 1L;
    var cases = Long.MAX_VALUE;
    var time = Duration.ofMinutes(1);
    var targets = List.of(FuzzTarget.values());
    var checkout = Path.of("");
    for (var i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("Option " + name + " needs a value.");
      }
      var value = arguments.get(i + 1);
      switch (name) {
        case "--seed" -> seed = number(name, value).longValue();
        case "--cases" -> cases = number(name, value).longValue();
        case "--minutes" ->
            time =
                Duration.ofMillis(
                    number(name, value).multiply(BigDecimal.valueOf(60_000)).longValue());
        case "--targets" -> targets = targets(value);
        case "--checkout" -> checkout = Path.of(value);
        default -> throw new IllegalArgumentException("There is no option \"" + name + "\".");
      }
    }
    return new FuzzOptions(seed, cases, time, targets, checkout.toAbsolutePath().normalize());
  }

  private static BigDecimal number(String name, String value) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "Expected %s to be a number, found \"%s\".".formatted(name, value));
    }
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
