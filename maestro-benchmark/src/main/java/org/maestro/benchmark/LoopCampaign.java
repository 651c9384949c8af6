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
import java.util.Random;
import org.maestro.zones.Zones;

/**
 * Runs one large loop on an installation of its own, kills engines meanwhile if it is asked to,
 * counts at the end whether every iteration ran exactly once, and says what it cost.
 */
public final class LoopCampaign {
  private static final Duration END_LIMIT = Duration.ofMinutes(30);
  private static final Duration OUTBOX_LIMIT = Duration.ofMinutes(1);

  /** How long before the broker's return an engine is started again: it waits for it. */
  private static final long BEFORE_RETURN = 10_000;

  /** For how long the canary sings alone. */
  private static final long CALM_MILLIS = 10_000;

  private static final double MEGABYTE = 1024.0 * 1024;

  private static final Duration PROGRESS_LIMIT = Duration.ofMinutes(2);

  /** What the engine accepts. */
  private static final int LONGEST_LOOP = 100_000;

  /** The longest time between the first iteration that ends after a kill and the next kill. */
  private static final int LONGEST_REST = 900;

  /** Engines that are killed all the time start fast, those that are measured run fast. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  /** So long after an engine serves again, or the broker does, it may be noticed. */
  private static final long AFTERMATH_MILLIS = 2_000;

  private final LoopOptions options;
  private final PrintStream out;

  /** When something was wrong, by what it was. */
  private final Map<String, List<Canary.Span>> faults = new LinkedHashMap<>();

  LoopCampaign(LoopOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs a campaign; {@link LoopOptions#USAGE} says what it can be asked. */
  public static void main(String[] arguments) {
    Zones.install();
    LoopOptions options;
    try {
      options = LoopOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + LoopOptions.USAGE);
      System.exit(FaultCampaign.EXIT_USAGE);
      return;
    }
    var violations = new LoopCampaign(options, System.out).run();
    System.exit(violations.isEmpty() ? 0 : FaultCampaign.EXIT_VIOLATION);
  }

  /** Runs it and prints as it goes; every promise that was not kept, each in one sentence. */
  List<String> run() {
    var folder = folder();
    out.println("loop      " + options.repeat());
    out.println("folder    " + folder);
    List<String> violations;
    try (var installation = Installation.start(folder, options.engines(), javaOptions())) {
      violations = run(installation, new LoopWorkload(options, Workload.in(folder)), folder);
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

  private List<String> javaOptions() {
    var wanted = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
    wanted.add("-Xss512k");
    wanted.add("-Xmx" + options.heap());
    if (options.kills() > 0) {
      wanted.add(QUICK_START);
    }
    return wanted;
  }

  private Path folder() {
    try {
      var wanted = options.folder();
      return wanted == null
          ? Files.createTempDirectory("maestro-loop-")
          : Files.createDirectories(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> run(Installation installation, LoopWorkload workload, Path folder) {
    var campaigns = new CampaignStore(installation.postgres());
    var store = new LoopStore(installation.postgres());
    var costs = new SpeedStore(installation.postgres());
    var hasFaults = options.kills() > 0 || options.brokerPause() > 0;
    var bases = installation.engines().stream().map(ServiceProcess::base).toList();
    try (var client = new SpeedClient(bases.getFirst());
        var canary = hasFaults ? new Canary(bases, campaigns, folder) : null) {
      client.publish(workload.definition());
      if (options.warmUp() > 0) {
        warmUp(client);
      }
      if (canary != null) {
        canary.begin();
        Patience.rest(CALM_MILLIS);
      }
      var began = System.currentTimeMillis();
      var before = Cost.now(installation, costs);
      var instance = client.start(LoopWorkload.WORKFLOW);
      var kills =
          options.brokerPause() > 0 ? pauseBroker(installation, store) : kill(installation, store);
      Patience.await("the loop ends", END_LIMIT, () -> store.root().endTime() > 0);
      var ended = System.currentTimeMillis();
      if (canary != null) {
        canary.stop();
      }
      var drained = drain(store);
      var sung = canary == null ? List.<String>of() : canary.end();
      var after = Cost.now(installation, costs);
      tell(store, before, after);
      if (kills == 0) {
        tellMemory(installation, costs);
      }
      tellSizes(store, costs);
      var violations = verdict(store, workload, client, instance);
      violations.addAll(drained);
      violations.addAll(sung);
      if (canary != null) {
        out.printf("canary    before the loop: %s%n", canary.between(0, began));
        faults.forEach(
            (what, spans) -> out.printf("canary    %s: %s%n", what, canary.during(spans)));
        out.printf("canary    beside the loop: %s%n", canary.between(began, ended));
      }
      if (kills < options.kills()) {
        violations.add(
            "the loop ended after %d of %d kills: more iterations are needed"
                .formatted(kills, options.kills()));
      }
      return violations;
    }
  }

  /** Halts the broker in the middle of the loop; how often an engine was killed meanwhile. */
  private int pauseBroker(Installation installation, LoopStore store) {
    var before = store.ended();
    Patience.await("iterations end", PROGRESS_LIMIT, () -> store.ended() > before);
    var millis = 1_000L * options.brokerPause();
    var engine = installation.engines().getFirst();
    var at = System.currentTimeMillis();
    installation.kafka().pause();
    try {
      Patience.rest(millis / 2);
      if (options.kills() > 0) {
        engine.kill();
        Patience.rest(millis / 2 - Math.min(millis / 4, BEFORE_RETURN));
        engine.launch();
        Patience.rest(Math.min(millis / 4, BEFORE_RETURN));
      } else {
        Patience.rest(millis / 2);
      }
    } finally {
      installation.kafka().resume();
    }
    engine.awaitServing();
    over("broker stands still", at);
    var waiting = store.outbox();
    out.printf(
        Locale.ROOT,
        "broker    stood still for %d s; %d rows with %.1f MB wait%n",
        options.brokerPause(),
        waiting.rows(),
        waiting.bytes() / MEGABYTE);
    return options.kills();
  }

  /** All messages have to leave soon after the last cause of a backlog is over. */
  private List<String> drain(LoopStore store) {
    var began = System.nanoTime();
    try {
      Patience.await("all messages have left", OUTBOX_LIMIT, () -> store.outbox().rows() == 0);
    } catch (Patience.ImpatientException e) {
      return List.of(e.getMessage() + ", found " + store.outbox());
    }
    out.printf(Locale.ROOT, "outbox    empty after %.1f s%n", (System.nanoTime() - began) / 1e9);
    return List.of();
  }

  /** In loops that are as long as one may be. */
  private void warmUp(SpeedClient client) {
    for (int left = options.warmUp() * options.engines(); left > 0; left -= LONGEST_LOOP) {
      client.publish(LoopWorkload.warmUp(Math.min(left, LONGEST_LOOP)));
      out.printf("warm-up   %d ms%n", client.run(LoopWorkload.WARM_UP));
    }
  }

  /**
   * What has been used so far.
   *
   * @param engines CPU seconds, as {@code database}
   * @param compilers how much of that the engines' compilers have used
   * @param wal bytes
   */
  private record Cost(double engines, double compilers, double database, long wal) {
    static Cost now(Installation installation, SpeedStore store) {
      return new Cost(
          installation.engines().stream()
              .mapToDouble(engine -> Processes.cpuSeconds(engine.pid()))
              .sum(),
          installation.engines().stream()
              .mapToDouble(engine -> Processes.compileSeconds(engine.pid()))
              .sum(),
          Processes.cpuSeconds(store.serverPid()),
          store.walBytes());
    }
  }

  /** Kills as often as wanted, or until the loop has ended; how often that was. */
  private int kill(Installation installation, LoopStore store) {
    var random = new Random(options.seed());
    var engines = installation.engines();
    var ended = 0L;
    for (int kill = 0; kill < options.kills(); kill++) {
      var before = ended;
      Patience.await("iterations end again", PROGRESS_LIMIT, () -> store.ended() > before);
      Patience.rest(random.nextInt(LONGEST_REST));
      if (store.root().endTime() > 0) {
        return kill;
      }
      var engine = engines.get(random.nextInt(engines.size()));
      ended = store.ended();
      var at = System.currentTimeMillis();
      engine.kill();
      var began = System.nanoTime();
      engine.launch();
      engine.awaitServing();
      over("kill -9 of an engine", at);
      out.printf(
          Locale.ROOT,
          "kill %3d  %s with %d runs ended, serves again after %.1f s%n",
          kill + 1,
          engine.name(),
          ended,
          (System.nanoTime() - began) / 1e9);
    }
    return options.kills();
  }

  private void over(String what, long began) {
    faults
        .computeIfAbsent(what, _ -> new ArrayList<>())
        .add(new Canary.Span(began, System.currentTimeMillis() + AFTERMATH_MILLIS));
  }

  private void tell(LoopStore store, Cost before, Cost after) {
    var root = store.root();
    var seconds = (root.endTime() - root.createTime()) / 1000.0;
    out.printf(
        Locale.ROOT,
        "took      %.1f s, %.0f iterations per second%n",
        seconds,
        options.iterations() / seconds);
    out.printf(
        Locale.ROOT,
        "log       %.0f bytes per iteration%n",
        each((double) (after.wal() - before.wal())));
    if (options.kills() == 0) {
      out.printf(
          Locale.ROOT,
          "CPU       %.3f ms per iteration: engines %.3f (%.3f of it compiling), database %.3f%n",
          each(1_000 * (after.engines() - before.engines() + after.database() - before.database())),
          each(1_000 * (after.engines() - before.engines())),
          each(1_000 * (after.compilers() - before.compilers())),
          each(1_000 * (after.database() - before.database())));
    }
  }

  private double each(double amount) {
    return amount / options.iterations();
  }

  private void tellMemory(Installation installation, SpeedStore costs) {
    for (var engine : installation.engines()) {
      try (var processes = Processes.of(costs.serverPid(), engine.pid())) {
        out.printf(
            Locale.ROOT,
            "memory    %s: heap at most %.0f MB, process at most %.0f MB%n",
            engine.name(),
            processes.peakHeap() / MEGABYTE,
            Processes.peakMemory(engine.pid()) / MEGABYTE);
      }
    }
  }

  private void tellSizes(LoopStore store, SpeedStore costs) {
    var largest = costs.largestRows();
    for (var size : store.sizes()) {
      out.printf(
          Locale.ROOT,
          "table     %-20s %9d rows %8.1f MB, largest row %d bytes%n",
          size.table(),
          size.rows(),
          size.bytes() / MEGABYTE,
          largest.getOrDefault(size.table(), 0L));
    }
  }

  private List<String> verdict(
      LoopStore store, LoopWorkload workload, SpeedClient client, long instance) {
    var violations = new ArrayList<String>();
    var root = store.root();
    if (!root.status().equals("SUCCEEDED")) {
      violations.add("expected the loop to have SUCCEEDED, found " + root.status());
    }
    var jobs = workload.jobs();
    once("iterations", workload.iterations(), store.iterations(root.createTime()), violations);
    once("attempts", options.iterations(), store.attempts(LoopWorkload.TICK), violations);
    once("attempts of jobs", jobs, store.attempts(Workload.JOB_STEP + "some"), violations);
    if (store.liveChunks() > 0) {
      violations.add(store.liveChunks() + " parts of loops are still at work");
    }
    counters(client, instance, violations);
    try {
      var log = new JobLog(Files.readAllLines(workload.jobLog()));
      if (log.attempts() != jobs) {
        violations.add("expected %d jobs to have begun, found %d".formatted(jobs, log.attempts()));
      }
      violations.addAll(log.violations());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return violations;
  }

  private void once(String what, long expected, LoopStore.Tries found, List<String> violations) {
    out.printf("rows      %s: %s%n", what, found);
    if (found.rows() != expected
        || found.distinct() != expected
        || found.succeeded() != expected
        || found.lastTry() > 1) {
      violations.add("expected %d %s, once each, found %s".formatted(expected, what, found));
    }
  }

  /** The outermost loop's own numbers. */
  private void counters(SpeedClient client, long instance, List<String> violations) {
    var summary =
        client.get(
            "/api/v3/workflows/%s/instances/%d/runs/1/steps/%s/iterations/summary"
                .formatted(LoopWorkload.WORKFLOW, instance, LoopWorkload.LOOP));
    var expected =
        options.shape() == LoopOptions.Shape.NESTED ? options.side() : options.iterations();
    var found = summary.path("counts").path("SUCCEEDED").asLong(-1);
    if (found != expected) {
      violations.add(
          "expected the loop to count %d succeeded iterations, found %s"
              .formatted(expected, summary));
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
