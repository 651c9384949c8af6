package org.maestro.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.maestro.zones.Zones;

/**
 * What it costs that many look: a burst of starts and a large loop with pages open and metrics
 * scraped, and without, by turns on one server.
 */
public final class PageCampaign {
  /** Exit code: the arguments make no sense. */
  private static final int EXIT_USAGE = 2;

  private static final String BURST = "speed-noop";
  private static final Duration FORGOTTEN = Duration.ofMinutes(2);
  private static final Duration BURST_LIMIT = Duration.ofMinutes(5);

  /** After so long everybody has opened his page. */
  private static final long OPENING_MILLIS = 8_000;

  private static final int WARM_UPS = 2;

  private final PageOptions options;
  private final PrintStream out;
  private final String loop;

  /** The loop's latest instance; 0 for none. */
  private final AtomicLong instance = new AtomicLong();

  private final LongAdder answers = new LongAdder();
  private final LongAdder refused = new LongAdder();

  PageCampaign(PageOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.loop = "speed-foreach-" + options.iterations();
  }

  /** Runs a campaign; {@link PageOptions#USAGE} says what it can be asked. */
  public static void main(String[] arguments) {
    Zones.install();
    PageOptions options;
    try {
      options = PageOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + PageOptions.USAGE);
      System.exit(EXIT_USAGE);
      return;
    }
    var _ = new PageCampaign(options, System.out).run();
  }

  /**
   * What one pass took, in milliseconds.
   *
   * @param accepted 99 of 100 starts were answered within
   * @param started 99 of 100 runs of the burst began within, from when the server had the request
   * @param burst from the first start to the last end
   * @param looped from the request to the end of the loop's run
   * @param server CPU of the server, which tells more than times where others use the machine
   * @param database CPU of the database
   * @param pages CPU of this program, which is the pages and scrapers
   */
  record Pass(
      double accepted,
      double started,
      double burst,
      double looped,
      double server,
      double database,
      double pages) {}

  /**
   * What came of it.
   *
   * @param alone the medians without pages
   * @param beside the medians with them
   * @param answers that pages and scrapers had
   * @param refused requests of theirs that were answered otherwise or not at all
   */
  record Figures(Pass alone, Pass beside, long answers, long refused) {}

  /** Measures, and prints as it goes. */
  Figures run() {
    var folder = folder();
    Figures figures;
    try (var installation = Installation.start(folder, 1, serverOptions())) {
      figures = measure(installation);
    }
    Benchmark.delete(folder);
    say("alone, median", figures.alone());
    say("beside pages, median", figures.beside());
    return figures;
  }

  private Figures measure(Installation installation) {
    var engine = installation.engines().getFirst();
    var store = new SpeedStore(installation.postgres());
    try (var client = new SpeedClient(engine.base())) {
      SpeedWorkload.definitions().forEach(client::publish);
      for (int i = 0; i < WARM_UPS; i++) {
        say("warming up", pass(client, store, engine));
      }
      var alone = new ArrayList<Pass>();
      var beside = new ArrayList<Pass>();
      for (int round = 1; round <= options.rounds(); round++) {
        // By turns, each first as often as the other.
        if (round % 2 == 0) {
          alone.add(alone(client, store, engine));
          beside.add(beside(client, store, engine));
        } else {
          beside.add(beside(client, store, engine));
          alone.add(alone(client, store, engine));
        }
      }
      return new Figures(median(alone), median(beside), answers.sum(), refused.sum());
    }
  }

  private Pass alone(SpeedClient client, SpeedStore store, ServiceProcess engine) {
    var pass = pass(client, store, engine);
    say("alone", pass);
    return pass;
  }

  private Pass beside(SpeedClient client, SpeedStore store, ServiceProcess engine) {
    // Those of the pass before are noticed to be gone when they are next told something.
    Patience.await("nobody looks any more", FORGOTTEN, () -> client.openPages() == 0);
    try (var pages =
        new OpenPages(
            engine.base(), options.pages(), options.scrapers(), BURST, loop, instance::get)) {
      Patience.rest(OPENING_MILLIS);
      var pass = pass(client, store, engine);
      say("beside pages", pass);
      out.println("              " + pages.said());
      answers.add(pages.answered());
      refused.add(pages.refused());
      return pass;
    }
  }

  private Pass pass(SpeedClient client, SpeedStore store, ServiceProcess engine) {
    var server = Processes.cpuSeconds(engine.pid());
    var database = Processes.cpuSeconds(store.serverPid());
    var pages = ownCpuMillis();
    var before = store.since(BURST, 0).started();
    var answer = burst(engine).split(" ", -1);
    if (answer.length != 4 || !answer[1].equals("0")) {
      throw new IllegalStateException(
          "expected every start to be accepted, found " + String.join(" ", answer));
    }
    Patience.await(
        "all runs of the burst end",
        BURST_LIMIT,
        () -> store.since(BURST, before).ended() == options.starts());
    var standing = store.since(BURST, before);
    var asked = System.currentTimeMillis();
    instance.set(client.start(loop));
    var looped = client.endOf(loop, instance.get()) - asked;
    return new Pass(
        Double.parseDouble(answer[3]),
        store.startDelay(BURST, before),
        standing.lastEnded() - standing.firstCreated(),
        looped,
        (Processes.cpuSeconds(engine.pid()) - server) * 1_000,
        (Processes.cpuSeconds(store.serverPid()) - database) * 1_000,
        ownCpuMillis() - pages);
  }

  private static double ownCpuMillis() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e6;
  }

  private String burst(ServiceProcess engine) {
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
                  engine.base().toString(),
                  BURST,
                  String.valueOf(options.starts()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pass median(List<Pass> passes) {
    return new Pass(
        median(passes.stream().mapToDouble(Pass::accepted).sorted().toArray()),
        median(passes.stream().mapToDouble(Pass::started).sorted().toArray()),
        median(passes.stream().mapToDouble(Pass::burst).sorted().toArray()),
        median(passes.stream().mapToDouble(Pass::looped).sorted().toArray()),
        median(passes.stream().mapToDouble(Pass::server).sorted().toArray()),
        median(passes.stream().mapToDouble(Pass::database).sorted().toArray()),
        median(passes.stream().mapToDouble(Pass::pages).sorted().toArray()));
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private void say(String what, Pass pass) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-22s p99 of answers %7.0f ms, of starts %7.0f ms; burst %7.0f ms, loop %7.0f ms; CPU"
                + " of the server %7.0f ms, of the database %7.0f ms, of the pages %7.0f ms",
            what,
            pass.accepted(),
            pass.started(),
            pass.burst(),
            pass.looped(),
            pass.server(),
            pass.database(),
            pass.pages()));
  }

  /** As the start script has them. */
  private List<String> serverOptions() {
    return List.of(
        "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xss512k", "-Xmx" + options.heap());
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("maestro-pages-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
