package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.typed;
import static org.maestro.engine.Workflows.workflow;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineApplication;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the engine accepts it can run, show, and take over again with 512 MB of memory. The engine
 * is a process of its own that ends when it has no more; it must not.
 */
@Timeout(400)
class SizesTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = StrictJson.mapper();

  @TempDir Path dir;

  private final TestDatabase database = TestDatabase.create();
  private Process engine;
  private int port;
  private int starts;

  @BeforeEach
  void start() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    engine =
        TestEngine.startProcess(
            EngineApplication.class,
            "512m",
            database,
            dir.resolve("engine-" + ++starts + ".log"),
            "server.port=" + port,
            "maestro.step.http.allow-list=127.0.0.1,localhost");
    await("the engine answers", () -> status("/actuator/health") == 200);
  }

  @AfterEach
  void stop() {
    engine.destroyForcibly();
    database.close();
  }

  private void killAndStart() throws Exception {
    engine.destroyForcibly().waitFor();
    start();
  }

  private String tail() {
    try {
      var lines = Files.readAllLines(dir.resolve("engine-" + starts + ".log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void lives() {
    assertThat(engine.isAlive()).as("the engine lives:\n%s", tail()).isTrue();
  }

  private void await(String what, BooleanSupplier reached) {
    var until = System.nanoTime() + 300_000_000_000L;
    while (!reached.getAsBoolean()) {
      lives();
      assertThat(System.nanoTime()).as("%s\n%s", what, tail()).isLessThan(until);
      LockSupport.parkNanos(50_000_000);
    }
  }

  private HttpResponse<String> call(String method, String path, Object body) {
    var text = body == null ? null : JSON.writeValueAsString(body);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .method(
                method,
                text == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(text))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      lives();
      throw new AssertionError("%s %s: %s\n%s".formatted(method, path, e, tail()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private int status(String path) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode get(String path) {
    var answer = call("GET", path, null);
    assertThat(answer.statusCode()).as("%s: %.500s", path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private void push(Map<String, Object> workflow) {
    var properties =
        Map.of(
            "owner",
            "tester",
            "run_strategy",
            Map.of("rule", "PARALLEL", "workflow_concurrency", 300),
            "step_concurrency",
            300);
    var answer =
        call("POST", "/api/v3/workflows", Map.of("properties", properties, "workflow", workflow));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
  }

  private String start(String id, Map<String, Object> runParams) {
    var answer =
        call(
            "POST",
            "/api/v3/workflows/" + id + "/versions/latest/actions/start",
            Map.of("initiator", Map.of("type", "manual"), "run_params", runParams));
    assertThat(answer.statusCode()).as("%.500s", answer.body()).isBetween(200, 299);
    var json = JSON.readTree(answer.body());
    return "/api/v3/workflows/" + id + "/instances/" + json.get("workflow_instance_id").asString();
  }

  private long count(String sql) {
    return database.jdbc().sql(sql).query(Long.class).single();
  }

  @Test
  void aRunWhoseStepsShowALargeParamEndsAndCanBeReadAndTakenOver() throws Exception {
    var steps = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 900; i++) {
      List<String> next = i == 899 ? List.of() : List.of("s" + (i + 1));
      steps.add(noop("s" + i, next, params("shown", param("STRING", "$big"))));
    }
    push(
        workflow(
            "steps",
            params(
                "big",
                expression(
                    "STRING", "s = '0123456789'; for (int i = 0; i < 16; i += 1) { s += s; } s")),
            steps));
    var run = start("steps", Map.of()); // 655,360 characters

    await("it ends", () -> count("SELECT count(*) FROM workflow_run WHERE status = 'FAILED'") == 1);

    var listed = call("GET", run + "/steps", null);
    assertThat(listed.statusCode()).isEqualTo(200);
    assertThat(listed.body().length()).isLessThan(20_000_000);
    assertThat(listed.body())
        .contains("Not shown here", "at most 32,000,000 characters together as JSON");
    killAndStart();
    assertThat(call("GET", run + "/steps", null).statusCode()).isEqualTo(200);
    lives();
  }

  @Test
  void manyRunsWithLargeParamsAreListedAndTakenOver() throws Exception {
    push(workflow("large", params("big", param("STRING", "x")), List.of(sleep("s", 600))));
    var text = "y".repeat(345_000);
    try (var starters = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 200; i++) {
        starters.execute(() -> start("large", Map.of("big", param("STRING", text))));
      }
    }
    assertThat(count("SELECT count(*) FROM workflow_run")).isEqualTo(200);
    await("all run", () -> running() == 200);
    for (int round = 0; round < 2; round++) {
      var readers = new ArrayList<Thread>();
      var found = new ArrayList<Integer>();
      for (int i = 0; i < 6; i++) {
        readers.add(
            Thread.startVirtualThread(() -> {
              var all = listAll("large").size();
              synchronized (found) {
                found.add(all);
              }
            }));
      }
      for (var reader : readers) {
        reader.join();
      }
      lives();
      assertThat(found).hasSize(6).allMatch(all -> all == 200);
      if (round == 0) {
        killAndStart();
      }
    }
    var stopped = call("PUT", "/api/v3/workflows/large/actions/stop", null);
    assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(202);
    await("all end", () -> running() == 0);
    lives();
  }

  private long running() {
    return count("SELECT count(*) FROM workflow_run WHERE status = 'IN_PROGRESS'");
  }

  /** The numbers of all instances, page by page. */
  private HashSet<Long> listAll(String workflowId) {
    var numbers = new HashSet<Long>();
    var path = "/api/v3/workflows/" + workflowId + "/instances?first=200";
    var page = get(path);
    while (true) {
      assertThat(page.toString().length()).isLessThan(12_000_000);
      page.get("elements").forEach(e -> numbers.add(e.get("workflow_instance_id").asLong()));
      if (!page.get("page_info").get("has_next_page").asBoolean()) {
        return numbers;
      }
      page = get(path + "&cursor=" + page.get("page_info").get("end_cursor").asString());
    }
  }

  @Test
  void definitionsWhoseParamsGrowAreRefusedBeforeTheyHaveGrown() throws Exception {
    var params = new LinkedHashMap<String, Object>();
    for (int i = 0; i < 150; i++) {
      params.put(
          "p" + i,
          Map.of(
              "type",
              "STRING",
              "expression",
              "s = 'x'; for (int i = 0; i < 19; i += 1) { s += s; } s"));
    }
    var body =
        Map.of(
            "properties",
            Map.of("owner", "tester"),
            "workflow",
            workflow("growing", Map.of("params", params), List.of(noop("s"))));
    var callers = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      callers.add(
          Thread.startVirtualThread(() -> {
            var answer = call("PUT", "/api/v3/workflows/actions/validate", body);
            assertThat(answer.statusCode()).isBetween(200, 499);
          }));
    }
    for (var caller : callers) {
      caller.join();
    }
    lives();
    assertThat(status("/actuator/health")).isEqualTo(200);
  }

  @Test
  void manyLongAnswersToHttpStepsAreTakenInAsTheyFit() throws Exception {
    var answer = "z".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 500);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    try {
      var indexes = new ArrayList<Integer>();
      for (int i = 0; i < 600; i++) {
        indexes.add(i);
      }
      var request =
          Map.of(
              "url",
              param("STRING", "http://127.0.0.1:" + server.getAddress().getPort() + "/"),
              "method",
              param("STRING", "GET"));
      var http = typed("h", "Http", List.of(), Map.of("http", param("MAP", request)));
      push(
          workflow(
              "answers",
              foreach(
                  "f",
                  Map.of("i", param("LONG_ARRAY", indexes)),
                  List.of(http),
                  List.of(),
                  Map.of("concurrency", 300))));
      start("answers", Map.of());
      await("some have ended", () -> ended() > 100);
      killAndStart();
      await("all end", () -> ended() == 600);
      lives();
    } finally {
      server.stop(0);
    }
  }

  private long ended() {
    return count("SELECT count(*) FROM step_attempt WHERE step_id = 'h' AND status = 'SUCCEEDED'");
  }
}
