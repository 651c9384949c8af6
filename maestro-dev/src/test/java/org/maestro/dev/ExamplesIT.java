package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedPodman;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every YAML file in {@code examples} on a development server. Below the line {@code # Outcome:}
 * each says what is done with it and what comes of that, as YAML: {@code start}, {@code announce}
 * and {@code permits} do something, {@code instance}, {@code signal}, {@code told} and {@code
 * fires} say what there will be.
 */
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String MARK = "# Outcome:\n";
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path data;
  private static final List<String> TOLD = new CopyOnWriteArrayList<>();

  @TempDir static Path secrets;

  private static DevServer server;
  private static Optional<EmbeddedPodman> podman;

  /** Takes what examples tell by webhooks. */
  private static HttpServer listener;

  private static URI base;

  @BeforeAll
  static void startEverything() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      base = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/api/v3/");
    }
    listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext(
        "/",
        exchange -> {
          TOLD.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    listener.start();
    var there = "http://127.0.0.1:" + listener.getAddress().getPort();
    var settings =
        new ArrayList<>(
            List.of(
                "maestro.notify.webhooks.ops.url=" + there + "/ops",
                "maestro.notify.webhooks.ops.secret=whsec_" + "A".repeat(32),
                "maestro.notify.slack.data.url=" + there + "/slack",
                "maestro.notify.smtp.host=127.0.0.1",
                "maestro.notify.smtp.from=maestro@example.org"));
    settings.add("maestro.secrets.scopes.warehouse.owners=ann");
    settings.add("maestro.secrets.scopes.warehouse.folder=" + secrets);
    Files.createDirectory(secrets.resolve("etl"));
    Files.writeString(secrets.resolve("etl/password"), "open-sesame\n");
    podman = EmbeddedPodman.find();
    podman.ifPresent(found -> {
      settings.add("maestro.runtimes.docker.socket=" + found.socket());
      settings.add(
          "maestro.runtimes.docker.steps=Docker,Titus,Kubernetes"); // for want of a cluster
    });
    server = DevServer.start(new DevOptions(base.getPort(), data, "", settings));
  }

  @AfterAll
  static void stopEverything() {
    server.close();
    listener.stop(0);
  }

  private static List<Path> examples() throws IOException {
    try (var files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void thereAreTenAndTheDocumentationLeadsToEach() throws IOException {
    var docs = new StringBuilder();
    try (var pages = Files.newDirectoryStream(Path.of("..", "docs"), "*.md")) {
      for (var page : pages) {
        docs.append(Files.readString(page));
      }
    }
    assertThat(examples())
        .hasSizeGreaterThanOrEqualTo(10)
        .allSatisfy(file -> {
          assertThat(Files.readString(file)).contains(MARK);
          assertThat(docs).contains("../examples/" + file.getFileName());
        });
  }

  @TestFactory
  Stream<DynamicTest> anExampleComesToWhatItSays() throws IOException {
    return examples().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
  }

  private static void run(Path file) throws Exception {
    var text = Files.readString(file);
    Assumptions.assumeTrue(
        podman.isPresent() || !(text.contains("type: Docker") || text.contains("type: Kubernetes")),
        "no container can be run here");
    Assumptions.assumeTrue(
        !text.contains("type: Notebook") || canHavePapermill(), "papermill can't be had here");
    var outcome =
        text.substring(text.indexOf(MARK) + MARK.length())
            .lines()
            .map(line -> line.replaceFirst("^#", ""))
            .collect(Collectors.joining("\n"));
    for (var document : text.split("\n---\n", -1)) {
      var pushed = send("POST", "workflows/yaml", "application/yaml", document);
      assertThat(pushed.path("warnings").size()).as("%s", pushed).isZero();
    }
    awaitTriggers(text);
    List<Map<String, Object>> acts = new Yaml().load(outcome);
    assertThat(acts).isNotEmpty();
    for (var act : acts) {
      take(act);
    }
  }

  /** As a job would get it: without this process's environment. */
  private static boolean canHavePapermill() throws Exception {
    var pip =
        new ProcessBuilder("python3", "-m", "pip", "download", "--no-deps", "papermill==2.7.0");
    pip.environment().keySet().retainAll(Set.of("PATH"));
    pip.directory(Files.createTempDirectory(data, "papermill").toFile());
    return pip.redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** What is announced before a trigger is in force doesn't count. */
  private static void awaitTriggers(String text) throws Exception {
    for (Object document : new Yaml().loadAll(text)) {
      Map<String, Map<String, Object>> root = cast(document);
      var workflow = root.get("workflow");
      if (String.valueOf(workflow.get("triggers")).contains("signal")) {
        var path = "lineage/workflows?direction=upstream&workflow_id=" + workflow.get("id");
        await(
            "the triggers of " + workflow.get("id"),
            () -> assertThat(get(path).path("edges").size()).isPositive());
      }
    }
  }

  private static void take(Map<String, Object> act) throws Exception {
    if (act.get("start") instanceof String workflow) {
      var params = new LinkedHashMap<String, Object>();
      with(act)
          .forEach((name, value) ->
              params.put(
                  name,
                  Map.of("type", value instanceof String ? "STRING" : "LONG", "value", value)));
      post(
          "workflows/" + workflow + "/versions/latest/actions/start",
          Map.of("initiator", Map.of("type", "manual"), "run_params", params));
    } else if (act.get("announce") instanceof String signal) {
      post("signals", Map.of("name", signal, "params", with(act)));
    } else if (act.get("permits") instanceof String tag) {
      post("tag-permits", Map.of("tag", tag, "max_allowed", act.get("limit")));
    } else if (act.get("signal") instanceof String signal) {
      var path = "signals/instances/latest?name=" + encoded(signal);
      await(
          "the signal " + signal,
          () ->
              assertThat(get(path).path("params")).isEqualTo(JSON.valueToTree(act.get("params"))));
    } else if (act.get("told") instanceof String run) {
      await(
          run + " has told",
          () ->
              assertThat(TOLD)
                  .anyMatch(
                      body -> body.contains("\"" + act.get("as") + "\"") && body.contains(run)));
    } else if (act.get("fires") instanceof String workflow) {
      List<String> expected = cast(act.get("at"));
      var found = get("workflows/" + workflow + "/triggers/time/next?count=" + expected.size());
      assertThat(
              found
                  .path("next_fires")
                  .valueStream()
                  .map(fire -> fire.path("local_time").asString()))
          .isEqualTo(expected);
    } else if (act.get("instance") instanceof String instance) {
      var parts = instance.split("#", 2);
      var place = "workflows/" + parts[0] + "/instances/" + parts[1];
      await(instance, () -> compare(place, act));
    } else {
      throw new AssertionError("expected an act that this test knows, found " + act);
    }
  }

  private static Map<String, Object> with(Map<String, Object> act) {
    return act.get("with") == null ? Map.of() : cast(act.get("with"));
  }

  private static void compare(String place, Map<String, Object> expected) throws Exception {
    var found = get(place);
    if (expected.get("status") != null) {
      assertThat(found.path("status").asString()).isEqualTo(expected.get("status"));
    }
    compareParams(found, expected);
    Map<String, Map<String, Map<String, Object>>> handlers =
        cast(expected.getOrDefault("handlers", Map.of()));
    if (!handlers.isEmpty()) {
      compareHandlers(place, handlers);
    }
    compareSteps(place, found, cast(expected.getOrDefault("steps", Map.of())));
  }

  /** What runs after it: no more and no less than is expected. */
  private static void compareHandlers(
      String place, Map<String, Map<String, Map<String, Object>>> expected) throws Exception {
    var begun = new TreeMap<String, JsonNode>();
    get(place + "?enriched=true")
        .path("handlers")
        .forEach(handler -> begun.put(handler.path("on").asString(), handler));
    assertThat(begun.keySet()).as(place).isEqualTo(expected.keySet());
    for (var handler : begun.entrySet()) {
      var run = handler.getValue();
      var below =
          "workflows/%s/instances/%d"
              .formatted(
                  run.path("workflow_id").asString(), run.path("workflow_instance_id").asInt());
      compareSteps(below, get(below), expected.get(handler.getKey()));
    }
  }

  private static void compareSteps(
      String place, JsonNode found, Map<String, Map<String, Object>> steps) throws Exception {
    var reached = new TreeMap<String, JsonNode>();
    get(place + "/steps").forEach(step -> reached.put(step.path("step_id").asString(), step));
    for (var step : steps.entrySet()) {
      var id = step.getKey();
      var want = step.getValue();
      var there = reached.get(id);
      assertThat(there).as("step %s", id).isNotNull();
      var run = found.path("workflow_run_id").asInt();
      compareStep(place + "/runs/" + run + "/steps/" + id, there, want);
    }
  }

  private static void compareStep(String place, JsonNode found, Map<String, Object> expected)
      throws Exception {
    var attempt = found.path("step_attempt_id").asInt();
    if (expected.get("status") != null) {
      assertThat(found.at("/runtime_state/status").asString())
          .as(place)
          .isEqualTo(expected.get("status"));
    }
    if (expected.get("attempt") != null) {
      assertThat(attempt).as("attempt of %s", place).isEqualTo(expected.get("attempt"));
    }
    compareParams(found, expected);
    if (expected.get("prints") != null) {
      var printed = get(place + "/attempts/" + attempt + "/logs").path("text").asString();
      assertThat(printed.strip()).as(place).isEqualTo(expected.get("prints"));
    }
    if (expected.get("iterations") != null) {
      assertThat(get(place + "/iterations/summary").path("counts"))
          .as(place)
          .isEqualTo(JSON.valueToTree(expected.get("iterations")));
    }
    if (expected.get("passes") != null) {
      assertThat(found.at("/artifacts/maestro_while/last_iteration").asInt())
          .as(place)
          .isEqualTo(expected.get("passes"));
    }
    if (expected.get("nested") != null) {
      var counts = new TreeMap<String, Integer>();
      get(place + "/iterations/nested?first=200")
          .path("elements")
          .forEach(one -> counts.merge(one.path("status").asString(), 1, Integer::sum));
      assertThat(counts).as(place).isEqualTo(expected.get("nested"));
    }
  }

  private static void compareParams(JsonNode found, Map<String, Object> expected) {
    Map<String, Object> params = cast(expected.getOrDefault("params", Map.of()));
    params.forEach((name, value) -> {
      var param = found.path("params").path(name);
      assertThat(param.path("evaluated_result"))
          .as("%s, as %s", name, param)
          .isEqualTo(JSON.valueToTree(value));
    });
  }

  private interface Look {
    void look() throws Exception;
  }

  private static void await(String what, Look look) throws Exception {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        look.look();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > end) {
          throw new AssertionError(what + ", after " + PATIENCE, e);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private static JsonNode get(String path) throws Exception {
    return send("GET", path, "application/json", null);
  }

  private static void post(String path, Map<String, Object> body) throws Exception {
    send("POST", path, "application/json", JSON.writeValueAsString(body));
  }

  private static JsonNode send(String method, String path, String type, String body)
      throws Exception {
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, publisher)
            .header("Content-Type", type)
            .header("user", "ann")
            .build();
    var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, answer.body())
        .isBetween(200, 299);
    return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** YAML has said what it is. */
  @SuppressWarnings("unchecked")
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
