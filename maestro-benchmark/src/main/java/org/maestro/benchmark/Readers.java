package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients who do nothing wrong and are many: some read the largest lists there are, one after the
 * other, others follow what a job prints. How many of them are sent away is the engine's affair.
 */
final class Readers {
  /** What prints. */
  static final String WATCHED = "beside-watched";

  /** At each engine, as {@link #FOLLOWERS}. */
  private static final int READERS = 300;

  private static final int FOLLOWERS = 200;

  /** Their names: nobody may have everything for himself. */
  private static final int CALLERS = 10;

  private static final String STEP = "print";
  private static final long LINES_PER_SECOND = 10;
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(60);

  private static final List<String> LISTS =
      List.of(
          "/api/v3/workflows?first=200",
          "/api/v3/workflows/%s/instances?first=200".formatted(Canary.WORKFLOW),
          "/api/v3/workflows/campaign-chain/instances?first=200&aggregated=true",
          "/api/v3/workflows/campaign-fan/instances/1/runs/1/steps",
          "/api/v3/workflows/%s/overview".formatted(Canary.WORKFLOW));

  private final List<URI> engines;
  private final JsonMapper json = JsonMapper.builder().build();
  private final AtomicInteger read = new AtomicInteger();
  private final AtomicInteger followed = new AtomicInteger();
  private final AtomicInteger sentAway = new AtomicInteger();

  Readers(List<URI> engines) {
    this.engines = List.copyOf(engines);
  }

  /** All of them read for so long; what came of it, in words. */
  String read(long millis) {
    read.set(0);
    followed.set(0);
    sentAway.set(0);
    long until = System.nanoTime() + millis * 1_000_000;
    try (var http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var log = print(http, millis);
      for (var engine : engines) {
        for (int i = 0; i < READERS; i++) {
          int reader = i;
          clients.execute(() -> leaf(http, engine, reader, until));
        }
        for (int i = 0; i < FOLLOWERS; i++) {
          int follower = i;
          clients.execute(() -> follow(http, engine, follower, log));
        }
      }
    }
    return "%d lists read, %d logs followed to their ends, %d sent away"
        .formatted(read.get(), followed.get(), sentAway.get());
  }

  private void leaf(HttpClient http, URI engine, int reader, long until) {
    for (int page = reader; System.nanoTime() < until; page++) {
      get(http, engine.resolve(LISTS.get(page % LISTS.size())), reader, read);
    }
  }

  private void follow(HttpClient http, URI engine, int follower, String log) {
    get(http, engine.resolve(log + "/stream"), follower, followed);
  }

  private int get(HttpClient http, URI uri, int reader, AtomicInteger done) {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_TIMEOUT)
            .header("user", "reader-" + reader % CALLERS)
            .build();
    int status = 0;
    try {
      status = http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      // As good as sent away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    (status == 200 ? done : sentAway).incrementAndGet();
    return status;
  }

  /** Has something printed for so long; where that can be read. */
  private String print(HttpClient http, long millis) {
    var lines = Math.max(1, millis * LINES_PER_SECOND / 1_000);
    // Without a dollar sign, which would be a parameter's.
    var command =
        List.of(
            "/bin/sh",
            "-c",
            "seq 1 %d | while read -r _; do echo a line; sleep 0.1; done".formatted(lines));
    post(
        http,
        "/api/v3/workflows",
        Workload.workflow(
            WATCHED,
            List.of(
                Workload.step(
                    STEP,
                    "Shell",
                    Map.of("command", Map.of("type", "STRING_ARRAY", "value", command)),
                    0))));
    var started =
        post(
            http,
            "/api/v3/workflows/" + WATCHED + "/versions/latest/actions/start",
            Map.of(
                "initiator", Map.of("type", "manual"), "request_id", UUID.randomUUID().toString()));
    var log =
        "/api/v3/workflows/%s/instances/%d/runs/1/steps/%s/attempts/latest/logs"
            .formatted(WATCHED, json.readTree(started).path("workflow_instance_id").asLong(), STEP);
    var asked = new AtomicInteger();
    Patience.await(
        "something is printed",
        BEGIN_LIMIT,
        () -> get(http, engines.getFirst().resolve(log), 0, asked) == 200);
    sentAway.set(0);
    return log;
  }

  private String post(HttpClient http, String path, Map<String, Object> body) {
    var request =
        HttpRequest.newBuilder(engines.getFirst().resolve(path))
            .timeout(ANSWER_TIMEOUT)
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "expected POST %s to succeed, found %d: %s"
                .formatted(path, response.statusCode(), response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Patience.ImpatientException("interrupted");
    }
  }
}
