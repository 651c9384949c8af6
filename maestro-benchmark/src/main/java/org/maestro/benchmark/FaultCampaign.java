package org.maestro.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.maestro.benchmark.CampaignStore.RunOf;
import org.maestro.benchmark.Patience.ImpatientException;
import org.maestro.zones.Zones;

/**
 * Puts a whole installation under load, kills and pauses its processes one after the other, and
 * checks at the end that every accepted start has exactly one instance which ended as it had to,
 * and that no step was ever at work twice at the same time.
 */
public final class FaultCampaign {
  /** Exit code: a promise was not kept. */
  static final int EXIT_VIOLATION = 1;

  /** Exit code: the arguments make no sense. */
  static final int EXIT_USAGE = 2;

  private static final Duration END_LIMIT = Duration.ofMinutes(4);
  private static final Duration OUTBOX_LIMIT = Duration.ofMinutes(1);
  private static final long AFTERMATH_MILLIS = 2_000;

  private final CampaignOptions options;
  private final PrintStream out;

  FaultCampaign(CampaignOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs a campaign; {@link CampaignOptions#USAGE} says what it can be asked. */
  public static void main(String[] arguments) {
    Zones.install();
    CampaignOptions options;
    try {
      options = CampaignOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + CampaignOptions.USAGE);
      System.exit(EXIT_USAGE);
      return;
    }
    var report = new FaultCampaign(options, System.out).run();
    System.exit(report.violations().isEmpty() ? 0 : EXIT_VIOLATION);
  }

  /**
   * What came of a campaign.
   *
   * @param violations each in one sentence; none if all promises were kept
   */
  record Report(List<Outcome> outcomes, List<String> violations) {
    Report {
      outcomes = List.copyOf(outcomes);
      violations = List.copyOf(violations);
    }
  }

  /** Runs the campaign and prints as it goes. */
  Report run() {
    var folder = folder();
    out.println("campaign  " + options.repeat());
    out.println("folder    " + folder);
    Report report;
    var records = records(folder);
    if (!records.equals(folder)) {
      out.println("records   " + records);
    }
    var hasCables = options.faults().stream().anyMatch(FaultKind::isPartition);
    var hasClocks = options.faults().stream().anyMatch(FaultKind::isOfClocks);
    try (var installation =
        Installation.start(
            new Installation.Ground(folder, records, hasCables, hasClocks), options.engines())) {
      report = run(folder, records, installation);
    }
    if (report.violations().isEmpty() && !records.equals(folder)) {
      delete(records);
    }
    if (report.violations().isEmpty() && options.folder() == null) {
      delete(folder);
    }
    return report;
  }

  /** What this process, the engines and the jobs write is needed when the disk is full, too. */
  private Path records(Path folder) {
    if (!options.faults().contains(FaultKind.DISK_FULL)) {
      return folder;
    }
    try {
      return Files.createTempDirectory("maestro-campaign-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder() {
    try {
      var wanted = options.folder();
      return wanted == null
          ? Files.createTempDirectory("maestro-campaign-")
          : Files.createDirectories(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Report run(Path folder, Path records, Installation installation) {
    var workload = Workload.in(records);
    var store = new CampaignStore(installation.postgres());
    var nemesis = new Nemesis(installation, store, options.release(), folder);
    var outcomes = new ArrayList<Outcome>();
    var violations = new ArrayList<String>();
    var engines = installation.engines().stream().map(ServiceProcess::base).toList();
    try (var acks = new AckLog(records.resolve("acknowledged.log"));
        var client = new StartClient(engines, acks, StartClient.GIVE_UP);
        var load = new Load(client, options.seed(), options.rate());
        var canary = new Canary(engines, store, records)) {
      workload.definitions().forEach(client::publish);
      load.begin();
      canary.begin();
      for (var fault : plan()) {
        load.awaitSent(fault.afterStart());
        Patience.rest(fault.delayMillis());
        var outcome = nemesis.inflict(fault);
        out.println(outcome.line());
        outcomes.add(outcome);
        violations.addAll(outcome.violations());
      }
      load.awaitSent(options.starts());
      var end = System.currentTimeMillis();
      violations.addAll(canary.end());
      settle(load, store, violations);
      violations.addAll(client.complaints());
      var verdict = verdict(load, acks, store, workload);
      violations.addAll(verdict.violations());
      summarize(verdict, client, installation, outcomes, store.runs());
      tell(canary, outcomes, end);
      conclude(violations);
    }
    return new Report(outcomes, violations);
  }

  private List<Fault> plan() {
    return Fault.plan(
        options.seed(),
        options.runs(),
        options.starts(),
        options.engines(),
        options.faults(),
        1_000L * options.down());
  }

  /** Faults are over: everything has to end now. */
  private static void settle(Load load, CampaignStore store, List<String> violations) {
    try {
      load.end();
      Patience.await("all runs end", END_LIMIT, () -> store.open(Long.MAX_VALUE) == 0);
      Patience.await("all messages arrive", OUTBOX_LIMIT, () -> store.outbox() == 0);
    } catch (ImpatientException e) {
      violations.add(String.valueOf(e.getMessage()));
    }
  }

  private Verdict verdict(Load load, AckLog acks, CampaignStore store, Workload workload) {
    var sent =
        IntStream.range(0, load.sent())
            .mapToObj(number -> Workload.start(options.seed(), number))
            .toList();
    try {
      return new Verdict(
          sent,
          acks.read(),
          store.runs(),
          store.jobAttempts(),
          new JobLog(Files.readAllLines(workload.jobLog())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void summarize(
      Verdict verdict,
      StartClient client,
      Installation installation,
      List<Outcome> outcomes,
      List<RunOf> runs) {
    out.println();
    out.printf("%s, %d requests repeated%n", verdict.extent(), client.repeats());
    verdict.tally().forEach((what, count) -> out.printf("  %6d  %s%n", count, what));
    out.println();
    out.println(
        "fault               count   back after s (median, max)   first end s (median, max)"
            + "   longest stall s");
    byWhat(outcomes)
        .forEach((what, own) ->
            out.printf(
                Locale.ROOT,
                "%-18s  %5d   %12.1f %13.1f   %12.2f %12.2f   %15.1f%n",
                what,
                own.size(),
                median(own.stream().map(Outcome::secondsUntilUp).toList()),
                own.stream().mapToDouble(Outcome::secondsUntilUp).max().orElse(0),
                median(own.stream().map(Outcome::secondsUntilProgress).toList()),
                own.stream().mapToDouble(Outcome::secondsUntilProgress).max().orElse(0),
                own.stream().mapToDouble(outcome -> stall(outcome, runs)).max().orElse(0)));
    out.println();
    for (var engine : installation.engines()) {
      var errors = engine.logged(0).lines().filter(line -> line.contains(" ERROR ")).toList();
      if (!errors.isEmpty()) {
        out.printf(
            "%s logged %d errors, first: %s%n", engine.name(), errors.size(), errors.getFirst());
      }
    }
  }

  private void conclude(List<String> violations) {
    violations.stream().limit(100).forEach(violation -> out.println("VIOLATION " + violation));
    out.printf(
        "%s: %d violations; repeat with %s%n",
        violations.isEmpty() ? "kept" : "BROKEN", violations.size(), options.repeat());
  }

  /** What the canary noticed of each kind of fault, until a moment after its end, and of none. */
  private void tell(Canary canary, List<Outcome> outcomes, long end) {
    byWhat(outcomes)
        .values()
        .forEach(own ->
            own.forEach(outcome ->
                out.printf(
                    "canary    %s: %s%n",
                    outcome.what(),
                    canary.between(outcome.at(), outcome.progressAt() + AFTERMATH_MILLIS))));
    out.printf("canary    all the time: %s%n", canary.between(0, end));
  }

  private static Map<String, List<Outcome>> byWhat(List<Outcome> outcomes) {
    var sorted = new LinkedHashMap<String, List<Outcome>>();
    for (var outcome : outcomes) {
      sorted.computeIfAbsent(outcome.fault().kind().word(), _ -> new ArrayList<>()).add(outcome);
    }
    return sorted;
  }

  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** The longest time after a fault, until shortly after its progress, in which no run ended. */
  private static double stall(Outcome outcome, List<RunOf> runs) {
    long last = 0;
    long longest = 0;
    for (var end : runs.stream().mapToLong(RunOf::endTime).filter(t -> t > 0).sorted().toArray()) {
      if (last > 0 && end > outcome.at() && last < outcome.progressAt()) {
        longest = Math.max(longest, end - last);
      }
      last = end;
    }
    return longest / 1000.0;
  }

  private static void delete(Path folder) {
    try (var walk = Files.walk(folder)) {
      for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
