package org.maestro.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.option.Arguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
    return Arguments.read(LoopOptions.class, arguments);
  }

  @Command
  static LoopOptions of(
      @Option(names = "--shape", defaultValue = "flat") String shape,
      @Option(names = "--iterations", defaultValue = "100000") int iterations,
      @Option(names = "--job-every", defaultValue = "0") int jobEvery,
      @Option(names = "--warm-up", defaultValue = "0") int warmUp,
      @Option(names = "--engines", defaultValue = "1") int engines,
      @Option(names = "--kills", defaultValue = "0") int kills,
      @Option(names = "--broker-pause", defaultValue = "0") int brokerPause,
      @Option(names = "--seed", defaultValue = "1") long seed,
      @Option(names = "--heap", defaultValue = "512m") String heap,
      @Option(names = "--folder") @Nullable Path folder) {
    return new LoopOptions(
        shape(shape),
        iterations,
        jobEvery,
        warmUp,
        engines,
        kills,
        brokerPause,
        seed,
        heap,
        folder == null ? null : folder.toAbsolutePath().normalize());
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
