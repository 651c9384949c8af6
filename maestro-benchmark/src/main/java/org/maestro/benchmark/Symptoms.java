package org.maestro.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What an engine in trouble says to those who ask it. */
final class Symptoms implements AutoCloseable {
  /** A start was accepted. */
  static final String NONE = "accepted";

  private static final String WORKFLOW = "beside-patient";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final URI engine;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  /** To be made while it is well. */
  Symptoms(URI engine) {
    this.engine = engine;
    send("/api/v3/workflows", Workload.workflow(WORKFLOW, List.of(Workload.noOp("n"))));
  }

  /** How a start is answered: {@link #NONE}, or the status and the code of the refusal. */
  String ofStart() {
    return send(
        "/api/v3/workflows/" + WORKFLOW + "/versions/latest/actions/start",
        Map.of("initiator", Map.of("type", "manual"), "request_id", UUID.randomUUID().toString()));
  }

  /** The status and the text of the health check. */
  String ofHealth() {
    return send("/actuator/health", null);
  }

  private String send(String path, @Nullable Map<String, Object> body) {
    var request =
        HttpRequest.newBuilder(engine.resolve(path))
            .timeout(TIMEOUT)
            .header("user", "tester")
            .header("Content-Type", "application/json");
    if (body != null) {
      request.POST(BodyPublishers.ofString(json.writeValueAsString(body)));
    }
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      if (body == null) {
        return response.statusCode() + " " + response.body();
      }
      return response.statusCode() / 100 == 2
          ? NONE
          : response.statusCode() + " " + json.readTree(response.body()).path("code").asString();
    } catch (IOException e) {
      return "no answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Patience.ImpatientException("interrupted");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
