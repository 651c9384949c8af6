package org.maestro.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.maestro.zones.Zones;

/**
 * Has time and signals start workflows on an installation of its own, kills services meanwhile if
 * it is asked to, and compares what was started with what had to be.
 */
public final class TriggerCampaign {
  /** For the Kafka clients of this process. */
  private static final String QUIET = "org/maestro/benchmark/quiet-logback.xml";

  private final TriggerOptions options;
  private final PrintStream out;

  TriggerCampaign(TriggerOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs a campaign; {@link TriggerOptions#USAGE} says what it can be asked. */
  public static void main(String[] arguments) {
    Zones.install();
    TriggerOptions options;
    try {
      options = TriggerOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + TriggerOptions.USAGE);
      System.exit(FaultCampaign.EXIT_USAGE);
      return;
    }
    System.setProperty("logback.configurationFile", QUIET);
    var violations = new TriggerCampaign(options, System.out).run();
    System.exit(violations.isEmpty() ? 0 : FaultCampaign.EXIT_VIOLATION);
  }

  /** Runs it and prints as it goes; every promise that was not kept, each in one sentence. */
  List<String> run() {
    var folder = folder();
    out.println("triggers  " + options.repeat());
    out.println("folder    " + folder);
    List<String> violations;
    var ground =
        Installation.Ground.of(folder)
            .withClocks(options.faults().stream().anyMatch(TriggerFault::isOfClocks));
    try (var installation = Installation.start(ground, services(), javaOptions(), Map.of())) {
      violations = run(installation, folder);
    }
    violations.stream().limit(100).forEach(violation -> out.println("VIOLATION " + violation));
    out.printf(
        "%s: %d violations; repeat with %s%n",
        violations.isEmpty() ? "kept" : "BROKEN", violations.size(), options.repeat());
    if (violations.isEmpty() && options.folder() == null) {
      delete(folder);
    }
    return violations;
  }

  private List<String> run(Installation installation, Path folder) {
    return switch (options.work()) {
      case CRONS ->
          beside(
              installation,
              folder,
              nemesis -> new CronBurst(options, installation, nemesis, out).run());
      case SIGNALS ->
          beside(
              installation,
              folder,
              nemesis -> new SignalStorm(options, installation, nemesis, out).run());
      case LATENCY -> new SignalLatency(options, installation, out).run();
    };
  }

  /** A campaign, and what somebody notices of it who has nothing to do with it. */
  private List<String> beside(
      Installation installation, Path folder, Function<TriggerNemesis, List<String>> campaign) {
    var nemesis = new TriggerNemesis(installation, 1_000L * options.down(), options.seed(), out);
    var engines = installation.engines().stream().map(ServiceProcess::base).toList();
    try (var canary = new Canary(engines, new CampaignStore(installation.postgres()), folder)) {
      canary.begin();
      var violations = new ArrayList<>(campaign.apply(nemesis));
      var end = System.currentTimeMillis();
      violations.addAll(canary.end());
      for (var done : nemesis.done()) {
        out.printf("canary    %s: %s%n", done.what(), canary.during(List.of(done.span())));
      }
      out.printf("canary    all the time: %s%n", canary.between(0, end));
      return violations;
    }
  }

  private Map<ServiceKind, Integer> services() {
    return Map.of(
        ServiceKind.ENGINE,
        1,
        ServiceKind.SCHEDULER,
        options.processes(ServiceKind.SCHEDULER),
        ServiceKind.SIGNAL,
        options.processes(ServiceKind.SIGNAL));
  }

  private List<String> javaOptions() {
    var heap = "-Xmx" + options.heap();
    return options.work() == TriggerOptions.Work.SIGNALS
        ? List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", heap)
        : List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xss512k", heap);
  }

  private Path folder() {
    try {
      var wanted = options.folder();
      return wanted == null
          ? Files.createTempDirectory("maestro-triggers-")
          : Files.createDirectories(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var walk = Files.walk(folder)) {
      for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
