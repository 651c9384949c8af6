package org.maestro.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign of one large loop is asked to do.
 *
 * @param shape of the loop
 * @param iterations of all its innermost iterations together
 * @param jobEvery which iterations have a Shell step besides their NoOp; 0 for none
 * @param warmUp iterations of another loop that run before anything is measured, per engine
 * @param engines how many engine processes
 * @param kills how often an engine is killed while the loop runs
 * @param brokerPause for how many seconds the broker stands still; with kills, the first engine is
 *     killed once while it does
 * @param seed decides when, and which
 * @param heap of each engine, as {@code -Xmx} takes it
 * @param folder where everything is kept; null for a temporary one, deleted after a clean campaign
 */
record LoopOptions(
    Shape shape,
    int iterations,
    int jobEvery,
    int warmUp,
    int engines,
    int kills,
    int brokerPause,
    long seed,
    String heap,
    @Nullable Path folder) {

  /** What the iterations are over. */
  enum Shape {
    /** One loop over numbers. */
    FLAT,
    /** A loop whose every iteration is a loop, both as long. */
    NESTED,
    /** One loop over days and the hours of each. */
    HOURLY
  }

  static final String USAGE =
      """
      options of a campaign of one large loop:
        --shape flat|nested|hourly  of numbers, of loops, or of days and hours (flat)
        --iterations N   innermost ones: a square if nested, a multiple of 24 if hourly (100000)
        --job-every N    which of them run a Shell step, too; 0 for none (0)
        --warm-up N      iterations of another loop before it, per engine (0)
        --engines N      engine processes (1)
        --kills N        how often an engine is killed with SIGKILL and started again (0)
        --broker-pause S for how many seconds the broker stands still meanwhile; with kills, the
                         first engine is killed while it does (0)
        --seed N         decides when and which (1)
        --heap SIZE      of each engine (512m)
        --folder DIR     a new folder to keep everything in (a temporary one)\
      """;

  LoopOptions {
    if (iterations < 1
        || jobEvery < 0
        || warmUp < 0
        || engines < 1
        || kills < 0
        || brokerPause < 0) {
      throw new IllegalArgumentException(
          "Expected --iterations and --engines to be 1 or more, --job-every,"
              + " --warm-up, --kills and --broker-pause 0 or more.");
    }
    if (shape == Shape.NESTED && side(iterations) * side(iterations) != iterations) {
      throw new IllegalArgumentException(
          "Expected --iterations of a nested loop to be a square, as 10000, found "
              + iterations
              + ".");
    }
    if (shape == Shape.HOURLY && iterations % 24 != 0) {
      throw new IllegalArgumentException(
          "Expected --iterations of an hourly loop to be a multiple of 24, found "
              + iterations
              + ".");
    }
  }

  /** How long each of two nested loops is. */
  int side() {
    return side(iterations);
  }

  private static int side(int iterations) {
    return (int) Math.round(Math.sqrt(iterations));
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static LoopOptions parse(List<String> arguments) {
    var shape = Shape.FLAT;
    int iterations = 100_000;
    int jobEvery = 0;
    int warmUp = 0;
    int engines = 1;
    int kills = 0;
    int brokerPause = 0;
    long seed = 1;
    var heap = "512m";
    Path folder = null;
    for (int i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("Option " + name + " needs a value.");
      }
      var value = arguments.get(i + 1);
      switch (name) {
        case "--shape" -> shape = shape(value);
        case "--iterations" -> iterations = number(name, value);
        case "--job-every" -> jobEvery = number(name, value);
        case "--warm-up" -> warmUp = number(name, value);
        case "--engines" -> engines = number(name, value);
        case "--kills" -> kills = number(name, value);
        case "--broker-pause" -> brokerPause = number(name, value);
        case "--seed" -> seed = number(name, value);
        case "--heap" -> heap = value;
        case "--folder" -> folder = Path.of(value).toAbsolutePath().normalize();
        default -> throw new IllegalArgumentException("There is no option \"" + name + "\".");
      }
    }
    return new LoopOptions(
        shape, iterations, jobEvery, warmUp, engines, kills, brokerPause, seed, heap, folder);
  }

  private static Shape shape(String value) {
    for (var shape : Shape.values()) {
      if (shape.name().toLowerCase(Locale.ROOT).equals(value)) {
        return shape;
      }
    }
    throw new IllegalArgumentException(
        "Expected --shape to be flat, nested or hourly, found \"%s\".".formatted(value));
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "Expected %s to be a number, found \"%s\".".formatted(name, value));
    }
  }

  /** The arguments that repeat this campaign. */
  String repeat() {
    return "--shape %s --iterations %d --job-every %d --warm-up %d --engines %d --kills %d --broker-pause %d --seed %d --heap %s"
        .formatted(
            shape.name().toLowerCase(Locale.ROOT),
            iterations,
            jobEvery,
            warmUp,
            engines,
            kills,
            brokerPause,
            seed,
            heap);
  }
}
