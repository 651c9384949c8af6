package org.maestro.benchmark;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.option.Arguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a campaign of random programs is asked to do.
 *
 * @param seeds of the programs
 * @param atOnce how many run beside each other
 * @param shrink whether what is different is made as small as it gets
 * @param patience how many seconds an engine may take to come to what the model says
 * @param heap of the engine, as {@code -Xmx} takes it
 * @param url of an engine that runs already; null to start one
 * @param folder where everything is kept; null for a temporary one
 */
record LanguageOptions(
    List<Long> seeds,
    int atOnce,
    boolean shrink,
    int patience,
    String heap,
    @Nullable URI url,
    @Nullable Path folder) {

  static final String USAGE =
      """
      options of a campaign of random programs:
        --programs N    how many (2000)
        --seed N        of the first (1); --seed N,N,... runs these and no others
        --at-once N     how many run beside each other (24)
        --shrink BOOL   make what is different as small as it gets (true)
        --patience N    seconds that an engine may take to come to what the model says (20)
        --heap SIZE     of the engine (512m)
        --url URL       an engine that runs in development mode and may call 127.0.0.1 (one of its own)
        --folder DIR    a new folder to keep everything in (a temporary one)\
      """;

  LanguageOptions {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty() || atOnce < 1 || patience < 1) {
      throw new IllegalArgumentException(
          "Expected --programs, --at-once and --patience to be 1 or more.");
    }
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static LanguageOptions parse(List<String> arguments) {
    return Arguments.read(LanguageOptions.class, arguments);
  }

  @Command
  static LanguageOptions of(
      @Option(names = "--programs", defaultValue = "2000") int programs,
      @Option(names = "--seed", defaultValue = "1", split = ",") List<Long> seed,
      @Option(names = "--at-once", defaultValue = "24") int atOnce,
      @Option(names = "--shrink", defaultValue = "true", arity = "1") boolean shrink,
      @Option(names = "--patience", defaultValue = "20") int patience,
      @Option(names = "--heap", defaultValue = "512m") String heap,
      @Option(names = "--url") @Nullable URI url,
      @Option(names = "--folder") @Nullable Path folder) {
    var seeds =
        seed.size() > 1
            ? seed
            : LongStream.range(seed.getFirst(), seed.getFirst() + programs).boxed().toList();
    return new LanguageOptions(
        seeds,
        atOnce,
        shrink,
        patience,
        heap,
        url,
        folder == null ? null : folder.toAbsolutePath().normalize());
  }
}
