package org.maestro.benchmark;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

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
    int programs = 2_000;
    var seed = List.of(1L);
    int atOnce = 24;
    var shrink = true;
    int patience = 20;
    var heap = "512m";
    URI url = null;
    Path folder = null;
    for (int i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("Option " + name + " needs a value.");
      }
      var value = arguments.get(i + 1);
      switch (name) {
        case "--programs" -> programs = (int) number(name, value);
        case "--seed" ->
            seed = Arrays.stream(value.split(",")).map(one -> number(name, one)).toList();
        case "--at-once" -> atOnce = (int) number(name, value);
        case "--shrink" -> shrink = Boolean.parseBoolean(value);
        case "--patience" -> patience = (int) number(name, value);
        case "--heap" -> heap = value;
        case "--url" -> url = URI.create(value);
        case "--folder" -> folder = Path.of(value).toAbsolutePath().normalize();
        default -> throw new IllegalArgumentException("There is no option \"" + name + "\".");
      }
    }
    var seeds =
        seed.size() > 1
            ? seed
            : LongStream.range(seed.getFirst(), seed.getFirst() + programs).boxed().toList();
    return new LanguageOptions(seeds, atOnce, shrink, patience, heap, url, folder);
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "Expected %s to be a number, found \"%s\".".formatted(name, value));
    }
  }
}
