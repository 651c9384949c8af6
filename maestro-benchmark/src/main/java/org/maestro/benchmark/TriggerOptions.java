package org.maestro.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.option.Arguments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a campaign of triggers is asked to do.
 *
 * @param work what is measured
 * @param count workflows with a cron, signals, or measurements
 * @param replicas of the service that the work is about
 * @param kills of crons 0 or 1, when half of the runs have been accepted; of signals any number
 * @param faults what else happens meanwhile, each once, in this order
 * @param down for how many seconds a fault lasts that is over by itself
 * @param seed decides what is random
 * @param heap of each service, as {@code -Xmx} takes it
 * @param folder where everything is kept; null for a temporary one, deleted after a clean campaign
 */
record TriggerOptions(
    Work work,
    int count,
    int replicas,
    int kills,
    List<TriggerFault> faults,
    int down,
    long seed,
    String heap,
    @Nullable Path folder) {

  private static final int DOWN = 5;

  /** What is measured. */
  enum Work {
    /** Workflows whose crons are due in the same second. */
    CRONS,
    /** Signals for two triggers that share names and keys. */
    SIGNALS,
    /** How soon a signal starts a step, and lets one go on that waits. */
    LATENCY
  }

  static final String USAGE =
      """
      options of a campaign of triggers:
        --work crons|signals|latency  what is measured (crons)
        --count N     workflows, signals or measurements (1000)
        --replicas N  of the scheduler or the signal service (1)
        --kills N     processes killed: a scheduler, or signal services and engines (0)
        --faults LIST instead of kills, of crons or signals: each once, in this order, of engine,
                      signal, scheduler (killed), signal_pause, scheduler_pause, broker_pause,
                      database_pause, clock_forward, clock_back (of a scheduler; they need
                      libfaketime) (none)
        --down N      for how many seconds a pause lasts, or a clock is wrong (5)
        --seed N      decides what is random (1)
        --heap SIZE   of each service (512m)
        --folder DIR  a new folder to keep everything in (a temporary one)\
      """;

  TriggerOptions {
    faults = List.copyOf(faults);
    if (count < 1 || replicas < 1 || kills < 0 || down < 1) {
      throw new IllegalArgumentException(
          "Expected --count, --replicas and --down to be 1 or more, --kills 0 or more.");
    }
    faults.stream()
        .filter(TriggerFault::isOfClocks)
        .findFirst()
        .ifPresent(fault -> WallClock.check(fault.word()));
    if (!faults.isEmpty() && (kills > 0 || work == Work.LATENCY)) {
      throw new IllegalArgumentException(
          "Expected --faults without --kills, and not of latency; kill with the faults engine, signal and scheduler.");
    }
    if (work == Work.LATENCY && count > SignalLatency.AT_ONCE - SignalLatency.WARM_UP) {
      throw new IllegalArgumentException(
          "Expected --count of latency to be %d at most, found %d."
              .formatted(SignalLatency.AT_ONCE - SignalLatency.WARM_UP, count));
    }
    if (work == Work.CRONS && kills >= replicas && kills > 0) {
      throw new IllegalArgumentException(
          "Expected more --replicas than --kills: killed schedulers stay away.");
    }
  }

  /** The same with kills at most. */
  TriggerOptions(
      Work work,
      int count,
      int replicas,
      int kills,
      long seed,
      String heap,
      @Nullable Path folder) {
    this(work, count, replicas, kills, List.of(), DOWN, seed, heap, folder);
  }

  /** How many processes of a kind there are besides the engine. */
  int processes(ServiceKind kind) {
    var isItsWork =
        switch (kind) {
          case ENGINE -> false;
          case SCHEDULER -> work == Work.CRONS;
          case SIGNAL -> work != Work.CRONS;
        };
    return isItsWork ? replicas : faults.stream().anyMatch(fault -> fault.isOf(kind)) ? 1 : 0;
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static TriggerOptions parse(List<String> arguments) {
    return Arguments.read(TriggerOptions.class, arguments);
  }

  @Command
  static TriggerOptions of(
      @Option(names = "--work", defaultValue = "crons") String work,
      @Option(names = "--count", defaultValue = "1000") int count,
      @Option(names = "--replicas", defaultValue = "1") int replicas,
      @Option(names = "--kills", defaultValue = "0") int kills,
      @Option(names = "--faults") @Nullable String faults,
      @Option(names = "--down", defaultValue = "" + DOWN) int down,
      @Option(names = "--seed", defaultValue = "1") long seed,
      @Option(names = "--heap", defaultValue = "512m") String heap,
      @Option(names = "--folder") @Nullable Path folder) {
    return new TriggerOptions(
        work(work),
        count,
        replicas,
        kills,
        faults == null ? List.of() : faults(faults),
        down,
        seed,
        heap,
        folder == null ? null : folder.toAbsolutePath().normalize());
  }

  private static Work work(String value) {
    for (var work : Work.values()) {
      if (work.name().toLowerCase(Locale.ROOT).equals(value)) {
        return work;
      }
    }
    throw new IllegalArgumentException(
        "Expected --work to be crons, signals or latency, found \"%s\".".formatted(value));
  }

  private static List<TriggerFault> faults(String value) {
    var faults = new ArrayList<TriggerFault>();
    for (var word : value.split(",", -1)) {
      try {
        faults.add(TriggerFault.valueOf(word.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException(
            "Expected --faults to list some of %s, found \"%s\"."
                .formatted(
                    Stream.of(TriggerFault.values()).map(TriggerFault::word).toList(), word));
      }
    }
    return faults;
  }

  /** The arguments that repeat this campaign. */
  String repeat() {
    return "--work %s --count %d --replicas %d --kills %d --seed %d --heap %s"
            .formatted(work.name().toLowerCase(Locale.ROOT), count, replicas, kills, seed, heap)
        + (faults.isEmpty()
            ? ""
            : " --faults %s --down %d"
                .formatted(
                    String.join(",", faults.stream().map(TriggerFault::word).toList()), down));
  }
}
