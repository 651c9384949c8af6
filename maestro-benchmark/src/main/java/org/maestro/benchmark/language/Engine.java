package org.maestro.benchmark.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
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

  /** What an engine says to an action that it has kept and not finished. */
  private static final int UNDER_WAY = 408;

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Engine(URI base) {
    this.base = base;
  }

  /** A status and what came with it. */
  record Answer(int status, String text) {
    /** An action that takes longer than an answer may stays in force. */
    boolean accepted() {
      return status / 100 == 2 || status == UNDER_WAY;
    }

    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  Answer call(String method, String path, @Nullable Object body) {
    var request =
        HttpRequest.newBuilder(base.resolve("/api/v3/workflows" + path))
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
      var response = http.send(request, BodyHandlers.ofString());
      for (int i = 1; response.statusCode() == UNAVAILABLE && i < TRIES; i++) {
        response = http.send(request, BodyHandlers.ofString());
      }
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
