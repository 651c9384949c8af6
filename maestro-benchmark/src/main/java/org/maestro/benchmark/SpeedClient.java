package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishes, starts and awaits runs over REST. Anything but success ends the benchmark. */
final class SpeedClient implements AutoCloseable {
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "STOPPED", "TIMED_OUT");
  private static final int TRIES = 10;

  /** Milliseconds between two of them. */
  private static final long REST = 50;

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration RUN_TIMEOUT = Duration.ofMinutes(10);

  private final URI base;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  SpeedClient(URI base) {
    this.base = base;
  }

  void publish(Map<String, Object> definition) {
    send("POST", "/api/v3/workflows", json.writeValueAsString(definition));
  }

  /** Runs it once; the milliseconds from the request to the end as the server wrote it down. */
  long run(String workflowId) {
    var asked = System.currentTimeMillis();
    return endOf(workflowId, start(workflowId)) - asked;
  }

  /** Waits for the first run of an instance; when it ended as the server wrote it down. */
  long endOf(String workflowId, long instanceId) {
    var path = "/api/v3/workflows/%s/instances/%d/runs/1".formatted(workflowId, instanceId);
    var deadline = System.nanoTime() + RUN_TIMEOUT.toNanos();
    for (long wait = 5; ; wait = Math.min(100, wait * 3 / 2)) {
      var run = send("GET", path, null);
      var status = run.get("status").asString();
      if (ENDS.contains(status)) {
        if (!status.equals("SUCCEEDED")) {
          throw new IllegalStateException("expected " + path + " to succeed, found " + run);
        }
        return run.get("end_time").asLong();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("expected " + path + " to end, found " + run);
      }
      Patience.rest(wait);
    }
  }

  /** Starts it once; the id of the instance. */
  long start(String workflowId) {
    return send(
            "POST",
            "/api/v3/workflows/" + workflowId + "/versions/latest/actions/start",
            "{\"initiator\":{\"type\":\"manual\"},\"request_id\":\"%s\"}"
                .formatted(UUID.randomUUID()))
        .get("workflow_instance_id")
        .asLong();
  }

  /** What a resource is now. A server may close a connection at the moment of a request. */
  JsonNode get(String path) {
    for (int left = TRIES - 1; ; left--) {
      try {
        return send("GET", path, null);
      } catch (UncheckedIOException e) {
        if (left == 0) {
          throw e;
        }
        Patience.rest(REST);
      }
    }
  }

  /** How many pages are open as far as the server knows. */
  long openPages() {
    return text("GET", "/actuator/prometheus", null)
        .lines()
        .filter(line -> line.startsWith("maestro_pages "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring("maestro_pages ".length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("expected a metric maestro_pages"));
  }

  private JsonNode send(
      String method, String path, @org.jspecify.annotations.Nullable String body) {
    return json.readTree(text(method, path, body));
  }

  private String text(String method, String path, @org.jspecify.annotations.Nullable String body) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER_TIMEOUT)
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "expected %s %s to succeed, found %d: %s"
                .formatted(method, path, response.statusCode(), response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
