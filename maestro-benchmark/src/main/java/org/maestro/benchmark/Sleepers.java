package org.maestro.benchmark;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs that wait, with a time-out that is longer than they wait, while somebody tampers with time:
 * they have to wait as long as they were told, and none may be timed out.
 */
final class Sleepers {
  private static final String WORKFLOW = "beside-sleeper";
  private static final int EACH = 4;
  private static final int SLEEP_SECONDS = 8;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final List<ServiceProcess> engines;
  private final JsonMapper json = JsonMapper.builder().build();
  private final List<Sleeper> asleep = new ArrayList<>();

  /** One that was started, when, and by whom. */
  private record Sleeper(ServiceProcess engine, long instance, long since) {}

  Sleepers(List<ServiceProcess> engines) {
    this.engines = List.copyOf(engines);
  }

  /** Starts some by each engine. */
  void start() {
    send(engines.getFirst(), "/api/v3/workflows", definition());
    for (var engine : engines) {
      for (int i = 0; i < EACH; i++) {
        var since = System.nanoTime();
        var answer =
            send(
                engine,
                "/api/v3/workflows/" + WORKFLOW + "/versions/latest/actions/start",
                Map.of("initiator", Map.of("type", "manual")));
        asleep.add(new Sleeper(engine, answer.path("workflow_instance_id").asLong(), since));
      }
    }
  }

  private static Map<String, Object> definition() {
    var step =
        new LinkedHashMap<String, Object>(
            Map.of(
                "id",
                "s",
                "type",
                "Sleep",
                "timeout",
                "50 seconds",
                "params",
                Map.of("sleep_seconds", Map.of("type", "LONG", "value", SLEEP_SECONDS))));
    return Workload.workflow(WORKFLOW, List.of(Map.of("step", step)));
  }

  /** Waits for all; who did not wait as it should. */
  List<String> findings() {
    var found = new ArrayList<String>();
    for (var one : asleep) {
      var path = "/api/v3/workflows/" + WORKFLOW + "/instances/" + one.instance();
      try {
        Patience.await(
            WORKFLOW + "/" + one.instance() + " ends",
            LIMIT,
            () -> !send(one.engine(), path, null).path("end_time").isMissingNode());
      } catch (Patience.ImpatientException e) {
        found.add(String.valueOf(e.getMessage()));
        continue;
      }
      var run = send(one.engine(), path, null);
      var slept = run.path("end_time").asLong() - run.path("create_time").asLong();
      if (!run.path("status").asString().equals("SUCCEEDED") || slept < 1_000L * SLEEP_SECONDS) {
        found.add(
            "%s/%d: expected to sleep for %d s and to succeed, found %s after %d ms"
                .formatted(
                    WORKFLOW, one.instance(), SLEEP_SECONDS, run.path("status").asString(), slept));
      }
    }
    return found;
  }

  private JsonNode send(
      ServiceProcess engine, String path, @org.jspecify.annotations.Nullable Object body) {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(engine.base().resolve(path))
              .timeout(TIMEOUT)
              .header("user", "tester")
              .header("Content-Type", "application/json");
      if (body != null) {
        request.POST(BodyPublishers.ofString(json.writeValueAsString(body)));
      }
      var response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(response.statusCode() + " " + response.body());
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Patience.ImpatientException("interrupted");
    }
  }
}
