package org.maestro.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.maestro.benchmark.SpeedFigures.Figure;
import org.maestro.benchmark.SpeedFigures.Round;
import org.maestro.zones.Zones;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts server, database and broker on an empty folder, runs the workloads of which the speed is
 * promised, and prints what they cost next to what the bare database can do in the same run.
 */
public final class Benchmark {
  /** Exit code: the arguments make no sense. */
  private static final int EXIT_USAGE = 2;

  private static final Duration BURST_LIMIT = Duration.ofMinutes(3);

  private final BenchmarkOptions options;
  private final PrintStream out;

  Benchmark(BenchmarkOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs a benchmark; {@link BenchmarkOptions#USAGE} says what it can be asked. */
  public static void main(String[] arguments) {
    Zones.install();
    BenchmarkOptions options;
    try {
      options = BenchmarkOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + BenchmarkOptions.USAGE);
      System.exit(EXIT_USAGE);
      return;
    }
    var figures = new Benchmark(options, System.out).run();
    System.out.println();
    System.out.println(figures.markdown());
  }

  /** Measures, prints as it goes, and writes the files that were asked for. */
  SpeedFigures run() {
    var folder = folder();
    SpeedFigures figures;
    try (var installation = Installation.start(folder, 1, serverOptions())) {
      figures = measure(installation);
    }
    write(figures);
    delete(folder);
    return figures;
  }

  /** As the start script has them. */
  private List<String> serverOptions() {
    return List.of(
        "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xss512k", "-Xmx" + options.heap());
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("maestro-benchmark-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SpeedFigures measure(Installation installation) {
    var engine = installation.engines().getFirst();
    var store = new SpeedStore(installation.postgres());
    try (var client = new SpeedClient(engine.base());
        var processes = Processes.of(store.serverPid(), engine.pid())) {
      SpeedWorkload.definitions().forEach(client::publish);
      var meters = new Meters(client, store, processes, engine);
      var rounds = new ArrayList<Round>();
      for (int round = 1; round <= options.rounds(); round++) {
        var iterations = options.quick() ? 2_000 : 20_000;
        var floor100 = store.floor(iterations, 100) * 1_000;
        var floor500 = store.floor(iterations, 500) * 1_000;
        out.printf("round %d  floor %.4f ms, %.4f ms%n", round, floor100, floor500);
        var figures = new ArrayList<Figure>();
        for (var workload : SpeedWorkload.all(options.quick())) {
          var figure = measure(workload, meters);
          out.printf(
              "round %d  %-28s %9.3f ms per step%n", round, figure.name(), figure.millisPerStep());
          figures.add(figure);
        }
        rounds.add(new Round(floor100, floor500, figures));
      }
      return new SpeedFigures(rounds, store.largestRows());
    }
  }

  /** What measuring needs. */
  private record Meters(
      SpeedClient client, SpeedStore store, Processes processes, ServiceProcess engine) {}

  private static Figure measure(SpeedWorkload workload, Meters meters) {
    if (workload.warmUps() > 0) {
      if (workload.together()) {
        var _ = burst(workload, workload.warmUps(), meters);
      } else {
        for (int i = 0; i < workload.warmUps(); i++) {
          var _ = meters.client().run(workload.workflowId());
        }
      }
    }
    meters.processes().forgetPeak();
    var cpu = meters.processes().cpuSeconds();
    var wal = meters.store().walBytes();
    var took =
        workload.together() ? burst(workload, workload.runs(), meters) : oneByOne(workload, meters);
    var steps = (double) workload.steps() * workload.runs();
    return new Figure(
        workload.name(),
        took.millis() / steps,
        steps * 1_000 / Math.max(1, took.millis()),
        took.p50(),
        took.p99(),
        (meters.processes().cpuSeconds() - cpu) * 1_000 / steps,
        (meters.store().walBytes() - wal) / steps,
        meters.processes().peakHeap());
  }

  /** Times in milliseconds: of everything together, and of one. */
  private record Took(double millis, double p50, double p99) {}

  private static Took oneByOne(SpeedWorkload workload, Meters meters) {
    var millis = new ArrayList<Long>();
    for (int i = 0; i < workload.runs(); i++) {
      millis.add(meters.client().run(workload.workflowId()));
    }
    millis.sort(Comparator.naturalOrder());
    return new Took(
        millis.stream().mapToLong(Long::longValue).sum(),
        millis.get(millis.size() / 2),
        millis.get((int) (millis.size() * 0.99)));
  }

  private static Took burst(SpeedWorkload workload, int starts, Meters meters) {
    var before = meters.store().since(workload.workflowId(), 0).started();
    var answer = burstClient(workload, starts, meters).split(" ", -1);
    if (answer.length != 4 || !answer[1].equals("0")) {
      throw new IllegalStateException(
          "expected every start to be accepted, found " + String.join(" ", answer));
    }
    Patience.await(
        "all runs of the burst end",
        BURST_LIMIT,
        () -> meters.store().since(workload.workflowId(), before).ended() == starts);
    var standing = meters.store().since(workload.workflowId(), before);
    return new Took(
        standing.lastEnded() - standing.firstCreated(),
        Double.parseDouble(answer[2]),
        Double.parseDouble(answer[3]));
  }

  private static String burstClient(SpeedWorkload workload, int starts, Meters meters) {
    try {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  BurstClient.class.getName(),
                  meters.engine().base().toString(),
                  workload.workflowId(),
                  String.valueOf(starts))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(SpeedFigures figures) {
    try {
      var json = options.json();
      if (json != null) {
        Files.writeString(
            json,
            JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(figures));
      }
      var markdown = options.markdown();
      if (markdown != null) {
        Files.writeString(markdown, figures.markdown());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) {
    try (var walk = Files.walk(folder)) {
      for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
