package org.maestro.benchmark.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.maestro.service.json.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An engine over its REST API. */
final class Engine implements AutoCloseable {
  static final JsonMapper JSON = StrictJson.mapper();

  /** What an engine says that couldn't even begin, because too many asked at once. */
  private static final int UNAVAILABLE = 503;

  private static final int TRIES = 20;

  /** What an engine says to an action on a step that it has kept and not finished. */
  private static final int UNDER_WAY = 408;

  private final AtomicLong calls = new AtomicLong();
  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Engine(URI base) {
    this.base = base;
  }

  /** A status and what came with it. */
  record Answer(int status, String text) {
    boolean accepted() {
      return status / 100 == 2;
    }

    /** An action on a step that takes longer than an answer may stays in force. */
    boolean kept() {
      return accepted() || (status == UNDER_WAY && says("action-under-way"));
    }

    private boolean says(String code) {
      return text.contains("\"" + code + "\"");
    }

    /** Whether the same may be asked again: nothing has happened. */
    private boolean changedNothing() {
      return status == UNAVAILABLE && (says("database-unavailable") || says("server-busy"));
    }

    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  /** Starts something; asked again, it is the same start. */
  Answer ask(String path, Map<String, Object> body) {
    var identified = new LinkedHashMap<>(body);
    identified.put("request_id", UUID.randomUUID().toString());
    var answer = call("POST", path, identified);
    for (int i = 1; answer.status() == UNAVAILABLE && i < TRIES; i++) {
      answer = call("POST", path, identified);
    }
    return answer;
  }

  Answer call(String method, String path, @Nullable Object body) {
    var request =
        HttpRequest.newBuilder(base.resolve("/api/v3" + path))
            .timeout(Duration.ofSeconds(60))
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    try {
      var answer = send(request);
      for (int i = 1; answer.changedNothing() && i < TRIES; i++) {
        answer = send(request);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    var response = http.send(request, BodyHandlers.ofString());
    calls.incrementAndGet();
    return new Answer(response.statusCode(), response.body());
  }

  /** How often anything has been asked. */
  long calls() {
    return calls.get();
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
