package org.maestro.benchmark;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.option.Arguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a campaign is asked to do.
 *
 * @param seed decides load and faults
 * @param runs how many faults
 * @param starts how many starts at least; the load goes on until the last fault is over
 * @param rate starts per second
 * @param engines how many engine processes
 * @param faults the kinds, equally often
 * @param down the longest time that the broker or the database stays away, or whatever else lasts,
 *     in seconds
 * @param release the folder of another release's jars, for the fault roll
 * @param folder where everything is kept; null for a temporary one, deleted after a clean campaign
 */
record CampaignOptions(
    long seed,
    int runs,
    int starts,
    int rate,
    int engines,
    Set<FaultKind> faults,
    int down,
    @Nullable Path release,
    @Nullable Path folder) {

  static final String USAGE =
      """
      options of a fault campaign:
        --seed N        decides load and faults; printed, so that a campaign can be repeated (1)
        --runs N        how many faults (20)
        --starts N      how many starts at least (30 for each fault)
        --rate N        starts per second (8)
        --engines 1|2   engine processes (1)
        --faults LIST   of engine, kafka, postgres, pause, broker_and_engine, blackout, roll,
                        broker_pause, database_pause, crowd, heavy, large, readers, unruly,
                        partition, partition_broker, partition_database, disk_full,
                        clock_forward, clock_back; pause and partitions need two engines,
                        disk_full a --folder on a small file system of its own, clocks
                        libfaketime (engine,kafka,postgres)
        --release DIR   the jars of another release, with those of its libraries: what roll
                        makes of an engine of this one, and back
        --down SECONDS  how long the broker or the database stays away, a cable is cut, clients
                        stay, a disk is full or a clock is wrong at most (2)
        --folder DIR    a new folder to keep everything in (a temporary one)\
      """;

  CampaignOptions {
    faults = Set.copyOf(faults);
    if (runs < 1 || starts < runs || rate < 1 || down < 1 || engines < 1 || faults.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected --runs, --rate, --engines, --down and --faults to ask for at least one each,"
              + " and --starts for no fewer than --runs.");
    }
    for (var kind : faults) {
      if (kind.needsTwoEngines() && engines < 2) {
        throw new IllegalArgumentException(
            "Expected --engines 2 for the fault %s: somebody has to take over."
                .formatted(kind.word()));
      }
      if (kind.isOfClocks()) {
        WallClock.check(kind.word());
      }
    }
    if (faults.contains(FaultKind.DISK_FULL)) {
      if (folder == null) {
        throw new IllegalArgumentException(
            "Expected --folder for the fault disk_full: on a small file system of its own, such as mount -t tmpfs -o size=2g tmpfs FOLDER makes.");
      }
      Ballast.check(folder);
    }
    if (faults.contains(FaultKind.ROLL) && release == null) {
      throw new IllegalArgumentException(
          "Expected --release for the fault roll: the jars that are rolled to.");
    }
  }

  /** The same, before anybody rolled anything. */
  CampaignOptions(
      long seed,
      int runs,
      int starts,
      int rate,
      int engines,
      Set<FaultKind> faults,
      int down,
      @Nullable Path folder) {
    this(seed, runs, starts, rate, engines, faults, down, null, folder);
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static CampaignOptions parse(List<String> arguments) {
    return Arguments.read(CampaignOptions.class, arguments);
  }

  @Command
  static CampaignOptions of(
      @Option(names = "--seed", defaultValue = "1") long seed,
      @Option(names = "--runs", defaultValue = "20") int runs,
      @Option(names = "--starts", defaultValue = "0") int starts,
      @Option(names = "--rate", defaultValue = "8") int rate,
      @Option(names = "--engines", defaultValue = "1") int engines,
      @Option(names = "--faults", defaultValue = "engine,kafka,postgres") String faults,
      @Option(names = "--down", defaultValue = "2") int down,
      @Option(names = "--release") @Nullable Path release,
      @Option(names = "--folder") @Nullable Path folder) {
    return new CampaignOptions(
        seed,
        runs,
        starts == 0 ? 30 * runs : starts,
        rate,
        engines,
        kinds(faults),
        down,
        absolute(release),
        absolute(folder));
  }

  private static @Nullable Path absolute(@Nullable Path folder) {
    return folder == null ? null : folder.toAbsolutePath().normalize();
  }

  private static Set<FaultKind> kinds(String value) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    for (var word : value.split(",", -1)) {
      try {
        kinds.add(FaultKind.valueOf(word.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException(
            "Expected --faults to list some of %s, found \"%s\"."
                .formatted(List.of(FaultKind.values()).toString().toLowerCase(Locale.ROOT), word));
      }
    }
    return kinds;
  }

  /** The arguments that repeat this campaign. */
  String repeat() {
    var kinds = new TreeSet<>(faults);
    return "--seed %d --runs %d --starts %d --rate %d --engines %d --down %d --faults %s"
            .formatted(
                seed,
                runs,
                starts,
                rate,
                engines,
                down,
                String.join(",", kinds.stream().map(FaultKind::word).toList()))
        + (release == null ? "" : " --release " + release);
  }
}
