package org.maestro.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  static BenchmarkOptions parse(List<String> arguments) {
    var quick = arguments.contains("--quick");
    var rounds = quick ? 1 : 3;
    Path json = null;
    Path markdown = null;
    var heap = "512m";
    for (int i = 0; i < arguments.size(); i++) {
      var name = arguments.get(i);
      if (name.equals("--quick")) {
        continue;
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("Expected a value after " + name + ".");
      }
      var value = arguments.get(++i);
      switch (name) {
        case "--rounds" -> rounds = count(value);
        case "--heap" -> heap = value;
        case "--json" -> json = Path.of(value);
        case "--markdown" -> markdown = Path.of(value);
        default -> throw new IllegalArgumentException("Unknown option " + name + ".");
      }
    }
    return new BenchmarkOptions(quick, rounds, json, markdown, heap);
  }

  private static int count(String text) {
    try {
      var number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, as every other text that is no count.
    }
    throw new IllegalArgumentException("Expected --rounds to be 1 or more, found " + text + ".");
  }
}
