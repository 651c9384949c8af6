package org.maestro.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.json.JsonMapper;

/**
 * Workflows whose starts or runs are as heavy as the engine allows. Whether one of them is
 * accepted, refused or fails is the engine's affair; that the others go on, and that all runs end,
 * is not.
 */
final class Burden {
  /** Its parameters compute for as long as they may. */
  static final String HEAVY = "beside-heavy";

  /** Every one of its steps shows a large parameter. */
  static final String LARGE = "beside-large";

  private static final int AT_ONCE = 10;
  private static final int PARAMS = 60;
  private static final int STEPS = 300;
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final List<URI> engines;
  private final JsonMapper json = JsonMapper.builder().build();

  Burden(List<URI> engines) {
    this.engines = List.copyOf(engines);
  }

  /** Starts some of them at once and returns when each is answered. */
  void start(String workflow) {
    try (var http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        var requests = Executors.newVirtualThreadPerTaskExecutor()) {
      post(http, 0, "/api/v3/workflows", workflow.equals(HEAVY) ? heavy() : large());
      var answers = new ArrayList<Future<?>>();
      for (int i = 0; i < AT_ONCE; i++) {
        int number = i;
        answers.add(
            requests.submit(() ->
                post(
                    http,
                    number,
                    "/api/v3/workflows/" + workflow + "/versions/latest/actions/start",
                    Map.of(
                        "initiator",
                        Map.of("type", "manual"),
                        "request_id",
                        UUID.randomUUID().toString()))));
      }
      answers.forEach(Burden::join);
    }
  }

  private static void join(Future<?> answer) {
    try {
      answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Patience.ImpatientException("interrupted");
    }
  }

  private void post(HttpClient http, int number, String path, Map<String, Object> body) {
    var request =
        HttpRequest.newBuilder(engines.get(number % engines.size()).resolve(path))
            .timeout(ANSWER_TIMEOUT)
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    try {
      http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      // No answer in time, or cut off: allowed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> heavy() {
    var params = new LinkedHashMap<String, Object>();
    for (int i = 0; i < PARAMS; i++) {
      params.put(
          "p" + i,
          sel(
              "LONG",
              "x = %d; for (i = 0; i < 90000; i += 1) { x = (x * 31 + i) %% 1000003; } return x + workflow_instance_id;"
                  .formatted(i)));
    }
    return definition(HEAVY, params, List.of(Workload.noOp("n")));
  }

  private static Map<String, Object> large() {
    var params = new LinkedHashMap<String, Object>();
    params.put(
        "big",
        sel("STRING", "s = '0123456789'; for (i = 0; i < 16; i += 1) { s += s; } return s;"));
    var steps = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < STEPS; i++) {
      steps.add(Workload.step("n" + i, "NoOp", Map.of("shown", sel("STRING", "return big;")), 0));
    }
    return definition(LARGE, params, steps);
  }

  private static Map<String, Object> sel(String type, String expression) {
    return Map.of("type", type, "expression", expression);
  }

  private static Map<String, Object> definition(
      String id, Map<String, Object> params, List<Map<String, Object>> steps) {
    return Map.of(
        "properties",
        Map.of(
            "owner",
            "tester",
            "run_strategy",
            Map.of("rule", "PARALLEL", "workflow_concurrency", 100)),
        "is_active",
        true,
        "workflow",
        Map.of("id", id, "params", params, "steps", steps));
  }
}
