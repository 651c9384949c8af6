package org.maestro.benchmark;

import java.util.List;
import org.maestro.benchmark.option.Arguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a {@link PageCampaign} is asked to do.
 *
 * @param rounds how often everything is measured, with pages and without
 * @param pages of the UI that are open
 * @param scrapers of metrics
 * @param starts of a burst
 * @param iterations of the loop: 1,000, 10,000 or 100,000
 * @param heap of the server, as {@code -Xmx} takes it
 */
record PageOptions(int rounds, int pages, int scrapers, int starts, int iterations, String heap) {

  static final String USAGE =
      """
      options of a campaign beside open pages:
        --rounds N      how often everything is measured, with pages and without (5)
        --pages N       pages of the UI that are open (200)
        --scrapers N    scrapers of metrics, every 15 s each (50)
        --starts N      starts of a burst (2000)
        --iterations N  iterations of the loop: 1000, 10000 or 100000 (100000)
        --heap SIZE     the server's heap (512m)\
      """;

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static PageOptions parse(List<String> arguments) {
    return Arguments.read(PageOptions.class, arguments);
  }

  @Command
  static PageOptions of(
      @Option(names = "--rounds", defaultValue = "5") int rounds,
      @Option(names = "--pages", defaultValue = "200") int pages,
      @Option(names = "--scrapers", defaultValue = "50") int scrapers,
      @Option(names = "--starts", defaultValue = "2000") int starts,
      @Option(names = "--iterations", defaultValue = "100000") int iterations,
      @Option(names = "--heap", defaultValue = "512m") String heap) {
    if (rounds < 1 || starts < 1) {
      throw new IllegalArgumentException("Expected --rounds and --starts to be 1 or more.");
    }
    if (!List.of(1_000, 10_000, 100_000).contains(iterations)) {
      throw new IllegalArgumentException(
          "Expected --iterations to be 1000, 10000 or 100000, found " + iterations + ".");
    }
    return new PageOptions(rounds, pages, scrapers, starts, iterations, heap);
  }
}
