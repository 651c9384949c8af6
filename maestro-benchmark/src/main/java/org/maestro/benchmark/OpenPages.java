package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Pages of the UI that are open, each in a browser of its own, and scrapers of metrics: what they
 * ask for and when, without the browsers. A page has one stream; what it shows is asked for again
 * when the stream says so, at most every two seconds, and by itself at the pace of {@code
 * maestro-ui/src/api/pace.ts}, rarer if the server says so. As a browser does, it says which answer
 * it has already.
 */
final class OpenPages implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration LISTS = Duration.ofSeconds(2);
  private static final Pattern LEAST = Pattern.compile("data:\\{\"least\":([0-9]+)}");
  private static final Duration CALM = Duration.ofSeconds(10);
  private static final Duration SCRAPES = Duration.ofSeconds(15);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /** Whose pages they are: one person has few of them. */
  private static final int PAGES_OF_ONE = 4;

  /**
   * What a page asks for.
   *
   * @param told asked again once the stream tells of a change, and every ten seconds
   * @param untold asked every two seconds, as of loops, of which much changes all the time
   * @param calm asked every ten seconds
   */
  private record View(List<String> told, List<String> untold, List<String> calm) {}

  private final URI base;
  private final LongSupplier loopInstance;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final LongAdder answers = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<Integer, LongAdder> refused = new ConcurrentHashMap<>();

  /**
   * Opens them.
   *
   * @param loopInstance the latest instance of the loop's workflow
   */
  OpenPages(
      URI base, int pages, int scrapers, String burst, String loop, LongSupplier loopInstance) {
    this.base = base;
    this.loopInstance = loopInstance;
    for (int i = 0; i < pages; i++) {
      int page = i;
      live(() -> page(page, burst, loop));
    }
    for (int i = 0; i < scrapers; i++) {
      int scraper = i;
      live(() -> scrape("scraper-" + scraper));
    }
  }

  /** Until all are closed, which interrupts whoever rests. */
  private void live(Runnable life) {
    threads.execute(() -> {
      try {
        life.run();
      } catch (Patience.ImpatientException e) {
        if (open.get()) {
          throw e;
        }
      }
    });
  }

  /** A fifth each: home, all runs, a workflow, the loop's run, the loop. */
  private View view(int page, String burst, String loop) {
    var run =
        "/api/v3/workflows/%s/instances/%d/runs/latest"
            .formatted(loop, Math.max(1, loopInstance.getAsLong()));
    var workflow = "/api/v3/workflows/" + (page % 2 == 0 ? burst : loop);
    return switch (page % 5) {
      case 0 ->
          new View(
              List.of(
                  "/api/v3/instances?first=12",
                  "/api/v3/instances?first=8&status=PAUSED",
                  "/api/v3/instances?first=8&status=IN_PROGRESS",
                  "/api/v3/instances?first=8&status=CREATED",
                  "/api/v3/failures"),
              List.of(),
              List.of());
      case 1 -> new View(List.of("/api/v3/instances?first=50"), List.of(), List.of());
      case 2 ->
          new View(
              List.of(
                  workflow + "/overview",
                  "/api/v3/instances?first=40&workflow=" + (page % 2 == 0 ? burst : loop)),
              List.of(),
              List.of(
                  workflow + "/versions/pagination?first=10",
                  workflow + "/backfills?first=10",
                  "/api/v3/instances?first=200&workflow=" + (page % 2 == 0 ? burst : loop)));
      case 3 ->
          new View(
              List.of(run + "?enriched=true", run + "/steps", run + "/why"), List.of(), List.of());
      default -> {
        var iterations = run + "/steps/loop/iterations";
        yield new View(
            List.of(run + "?enriched=true"),
            List.of(
                iterations + "/summary",
                iterations + "/strip?buckets=512",
                iterations + "?first=50"),
            List.of());
      }
    };
  }

  private void page(int page, String burst, String loop) {
    var user = "page-" + page / PAGES_OF_ONE;
    var heard = new Heard();
    live(() -> follow(user, heard));
    // Nobody opens all of them at once.
    rest(Duration.ofMillis(ThreadLocalRandom.current().nextLong(2_000)));
    var asked = new HashMap<String, Long>();
    var tags = new HashMap<String, String>();
    long known = -1;
    while (open.get()) {
      var view = view(page, burst, loop);
      var now = System.nanoTime();
      var news = heard.told.get() != known;
      var lists = Duration.ofMillis(Math.max(LISTS.toMillis(), heard.least.get()));
      var due = new ArrayList<String>();
      for (var path : view.told()) {
        if (isDue(asked, path, now, news ? lists : CALM)) {
          due.add(path);
        }
      }
      if (news && !due.isEmpty()) {
        known = heard.told.get();
      }
      view.untold().stream().filter(path -> isDue(asked, path, now, lists)).forEach(due::add);
      view.calm().stream().filter(path -> isDue(asked, path, now, CALM)).forEach(due::add);
      for (var path : due) {
        get(user, path, tags);
        asked.put(path, System.nanoTime());
      }
      rest(LOOK);
    }
  }

  private static boolean isDue(Map<String, Long> asked, String path, long now, Duration pace) {
    var last = asked.get(path);
    var jitter = 0.75 + ThreadLocalRandom.current().nextDouble() / 2;
    return last == null || now - last > pace.toNanos() * jitter;
  }

  /** What a page has heard. */
  private static final class Heard {
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong least = new AtomicLong();

    private void line(String line) {
      var pace = LEAST.matcher(line);
      if (pace.matches()) {
        least.set(Long.parseLong(pace.group(1)));
      } else if (line.startsWith("data:")) {
        told.incrementAndGet();
      }
    }
  }

  private void follow(String user, Heard heard) {
    while (open.get()) {
      try {
        var response = http.send(request(user, "/api/v3/stream").build(), BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
          refuse(response.statusCode());
        }
        try (var lines = response.body()) {
          lines.takeWhile(_ -> open.get()).forEach(heard::line);
        }
      } catch (IOException | UncheckedIOException e) {
        // Tried again, as a page does.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      rest(LISTS);
    }
  }

  private void scrape(String user) {
    rest(Duration.ofMillis(ThreadLocalRandom.current().nextLong(SCRAPES.toMillis())));
    while (open.get()) {
      get(user, "/actuator/prometheus", new HashMap<>());
      rest(SCRAPES);
    }
  }

  private HttpRequest.Builder request(String user, String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("user", URLEncoder.encode(user, StandardCharsets.US_ASCII))
        .header("Accept-Encoding", "gzip");
  }

  private void get(String user, String path, Map<String, String> tags) {
    var request = request(user, path).timeout(ANSWER_TIMEOUT);
    var tag = tags.get(path);
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() == 200 || response.statusCode() == 304) {
        answers.increment();
        bytes.add(response.body().length);
        response.headers().firstValue("ETag").ifPresent(now -> tags.put(path, now));
      } else {
        refuse(response.statusCode());
      }
    } catch (IOException e) {
      if (open.get()) {
        refuse(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuse(int status) {
    refused.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  private static void rest(Duration time) {
    Patience.rest(time.toMillis());
  }

  /** How many requests have been answered. */
  long answered() {
    return answers.sum();
  }

  /** How many have been answered otherwise than they should, or not at all. */
  long refused() {
    return refused.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** What they have got so far. */
  String said() {
    return String.format(
        Locale.ROOT, "%d answers, %.1f MB, refused %s", answers.sum(), bytes.sum() / 1e6, refused);
  }

  @Override
  public void close() {
    open.set(false);
    http.shutdownNow();
    threads.shutdownNow();
    http.close();
    threads.close();
  }
}
