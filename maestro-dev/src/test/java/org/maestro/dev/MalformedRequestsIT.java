package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is wrong with a request, whatever route it is for: the answer says that the request is
 * wrong, and the log says nothing.
 */
class MalformedRequestsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_A_TIME = 8;

  /** Of a coding or an expectation that no server knows, the standard wants these said. */
  private static final Set<Integer> WANTED_BY_HTTP = Set.of(501, 505);

  private static final String PUSH =
      """
      {"properties": {"owner": "ada", "run_strategy": {"rule": "PARALLEL", "workflow_concurrency": 20},
                      "tags": [{"name": "tag"}], "access_control": {"start": ["bob"]}},
       "is_active": true,
       "workflow": {"id": "$", "name": "a name",
         "params": {"date": {"type": "STRING", "value": "none"}, "n": {"type": "LONG", "expression": "1 + 1"},
                    "m": {"type": "MAP", "value": {"k": {"type": "DOUBLE", "value": "1.5"}}}},
         "time_triggers": [{"type": "CRON", "cron": "0 0 1 1 *", "timezone": "UTC"}],
         "steps": [
           {"step": {"id": "s", "type": "%s", "params": {"script": {"type": "STRING", "value": "echo printed"}},
                     "retry_policy": {"error_retry_limit": 0}, "timeout": "1h",
                     "transition": {"successors": {"f": "true"}}}},
           {"foreach": {"id": "f",
              "params": {"loop_params": {"type": "MAP", "value": {"i": {"type": "LONG_ARRAY", "value": [1, 2]}}}},
              "steps": [{"step": {"id": "inner", "type": "NoOp"}}]}}]}}
      """;
  private static final String YAML = "{workflow: {id: $, owner: ada, jobs: [{id: s, type: NoOp}]}}";
  private static final String RESTART =
      """
      {"initiator": {"type": "manual"}, "restart_policy": "RESTART_FROM_BEGINNING",
       "upstream_restart_mode": "RESTART_FROM_STEP", "request_id": "r", "skip_steps": ["s"],
       "run_params": {"date": {"type": "STRING", "value": "x"}}, "runtime_tags": [{"name": "tag"}],
       "step_run_params": {"s": {"a": {"type": "LONG", "value": 1}}}}
      """;

  /** A right body for each route that takes one; {@code $} stands for the workflow. */
  private static final Map<String, String> BODIES = new TreeMap<>();

  static {
    var w = "/api/v3/workflows";
    var of = w + "/{workflowId}";
    var instance = of + "/instances/{instanceId}";
    BODIES.put("POST " + w, PUSH.formatted("NoOp"));
    BODIES.put("PUT " + w + "/actions/validate", PUSH.formatted("NoOp"));
    BODIES.put("POST " + w + "/yaml", YAML);
    BODIES.put("PUT " + w + "/actions/validate/yaml", YAML);
    BODIES.put("PUT " + w + "/actions/preview/yaml", YAML);
    BODIES.put(
        "POST " + of + "/versions/{version}/actions/start",
        """
        {"initiator": {"type": "manual"}, "run_params": {"date": {"type": "STRING", "value": "x"}},
         "runtime_tags": [{"name": "tag"}], "request_time": 1700000000000, "artifacts": {"a": {"type": "DEFAULT"}},
         "skip_steps": ["s"], "step_run_params": {"s": {"a": {"type": "LONG", "value": 1}}}}
        """);
    BODIES.put("POST " + instance + "/actions/restart", RESTART);
    BODIES.put("POST " + instance + "/steps/{stepId}/actions/restart", RESTART);
    BODIES.put(
        "POST " + of + "/properties",
        """
        {"step_concurrency": 3, "run_strategy": {"rule": "PARALLEL", "workflow_concurrency": 20},
         "tags": [{"name": "t"}], "access_control": {"start": ["bob"]}, "description": "d"}
        """);
    BODIES.put("POST " + of + "/properties/tag", "{\"name\": \"t\", \"namespace\": \"n\"}");
    BODIES.put(
        "POST " + of + "/backfills",
        """
        {"param": "date", "days": {"from": "20210101", "to": "20210102"}, "concurrency": 1,
         "run_params": {"n": {"type": "LONG", "value": 1}}}
        """);
    BODIES.put(
        "POST " + w + "/steps/breakpoints",
        "{\"workflow_id\": \"$\", \"step_id\": \"s\", \"workflow_version_id\": 1}");
    BODIES.put("POST /api/v3/tag-permits", "{\"tag\": \"t\", \"max_allowed\": 3}");
    BODIES.put(
        "POST /api/v3/signals",
        """
        {"name": "sig", "params": {"a": 1, "b": "c", "d": 1.5, "e": true, "f": null}, "payload": {"x": [1]},
         "request_id": "once", "request_time": 1700000000000}
        """);
    BODIES.put(
        "POST /api/v3/signals/cloudevents",
        """
        {"specversion": "1.0", "type": "sig", "id": "1", "source": "/here", "time": "2020-01-01T00:00:00Z",
         "subject": "s", "datacontenttype": "application/json", "data": {"a": 1, "b": {"c": []}}}
        """);
    BODIES.put(
        "POST /api/v3/triggers/time/preview",
        "{\"type\": \"CRON\", \"cron\": \"0 0 1 1 *\", \"timezone\": \"UTC\"}");
  }

  /** A right query for each route that needs one. */
  private static final Map<String, String> QUERIES =
      Map.of(
          "GET /api/v3/workflows/steps/breakpoints", "?workflowId=$",
          "DELETE /api/v3/workflows/steps/breakpoints", "?workflowId=$&stepId=s",
          "GET /api/v3/workflows/steps/breakpoints/paused-step-attempts", "?workflowId=$&stepId=s",
          "DELETE /api/v3/tag-permits", "?tag=t",
          "DELETE /api/v3/workflows/{workflowId}/properties/tag", "?name=t",
          "GET /api/v3/lineage/signals", "?name=sig&seq=1",
          "GET /api/v3/lineage/runs", "?workflow_id=$&instance_id=1",
          "GET /api/v3/lineage/workflows", "?workflow_id=$");

  @TempDir static Path folder;

  private static Services services;
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  @BeforeAll
  static void start() throws Exception {
    services = Services.start(folder);
    LOG.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(LOG);
  }

  @AfterAll
  static void stop() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(LOG);
    services.close();
  }

  @Test
  void noRequestIsSoWrongThatTheServerFails() throws Exception {
    var routes = services.routes();
    assertThat(routes.stream().map(Services.Route::service)).contains(Services.Name.values());
    assertThat(routes.stream().filter(Services.Route::isManagement)).isNotEmpty();
    assertThat(
            routes.stream()
                .filter(route -> !route.isManagement() && Malformed.takesBody(route))
                .map(Services.Route::name)
                .collect(Collectors.toSet()))
        .as("each route that takes a body has one that is right here")
        .isEqualTo(BODIES.keySet());
    announce();

    var wrong = new AtomicInteger();
    var faults = new ArrayList<String>();
    var number = new AtomicInteger();
    var tasks = new ArrayList<Callable<List<String>>>();
    for (var route : routes) {
      tasks.add(() -> {
        var requests = requests(route, "row-" + number.incrementAndGet());
        wrong.addAndGet(requests.size());
        var found = new ArrayList<String>();
        for (var request : requests) {
          var fault = fault(request);
          if (fault != null) {
            found.add(request + " -> " + fault);
          }
        }
        return found;
      });
    }
    var threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      for (var found : threads.invokeAll(tasks)) {
        faults.addAll(found.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(wrong.get()).isGreaterThan(10_000);
    assertThat(faults).isEmpty();
    assertThat(logged()).isEmpty();
  }

  @Test
  void whereNothingIsTheAnswerIsAProblem() throws Exception {
    var faults = new ArrayList<String>();
    for (var port : services.ports()) {
      for (var line :
          List.of(
              "GET /nothing",
              "GET /assets/nothing.js",
              "GET /error",
              "POST /nothing",
              "GET /api/v3/nothing",
              "GET /actuator/nothing",
              "GET /actuator/health/nothing",
              "OPTIONS *",
              "GET *",
              "TRACE /",
              "PUT /api/v3/workflows/x/nothing")) {
        var answer = asRoot(port, line.split(" ")[0], line.split(" ")[1], "");
        if (answer.status() < 400 && !line.startsWith("OPTIONS")) {
          faults.add(port + " " + line + " -> " + answer.status());
        }
        var fault = answer.body().length == 0 ? null : faultOfRefusal(answer);
        if (fault != null) {
          faults.add(port + " " + line + " -> " + fault);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  /**
   * Who writes all of a body before reading the answer, as most clients do, reads it all the same:
   * a server that closes a connection on which there is more to read makes TCP reset it.
   */
  @Test
  void whoSendsMoreThanIsTakenReadsWhy() {
    var routes =
        Map.of(
            Services.Name.ENGINE, "/api/v3/workflows",
            Services.Name.SIGNAL, "/api/v3/signals",
            Services.Name.SCHEDULER, "/api/v3/triggers/time/preview");
    var faults = new ArrayList<String>();
    routes.forEach((service, path) -> {
      for (var megabytes : List.of(1, 3, 5, 8, 15, 30)) {
        var body = new byte[megabytes << 20];
        Arrays.fill(body, (byte) ' '); // which is read to the end before it is nothing
        for (var framing :
            List.of("Content-Length: " + body.length, "Transfer-Encoding: chunked")) {
          for (var person : List.of("root", "stranger")) {
            var expected = person.equals("stranger") ? 401 : megabytes > 4 ? 413 : 400;
            var found = status(services.port(service), path, person, framing, body);
            if (!found.equals(Integer.toString(expected))) {
              faults.add(
                  "%s as %s, %d MiB, %s: %s".formatted(service, person, megabytes, framing, found));
            }
          }
        }
      }
    });
    assertThat(faults).isEmpty();
  }

  /** The status of the answer, or how it was missed. */
  private static String status(int port, String path, String person, String framing, byte[] body) {
    var request = new ByteArrayOutputStream(body.length + 1_000);
    request.writeBytes(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%s\r\n\r\n"
            .formatted(path, Services.token(person), framing)
            .getBytes(StandardCharsets.US_ASCII));
    var isChunked = framing.startsWith("Transfer-Encoding");
    if (isChunked) {
      request.writeBytes(
          (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    request.writeBytes(body);
    if (isChunked) {
      request.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    try {
      return Integer.toString(RawHttp.send(port, request.toByteArray()).status());
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What is wrong with the answer; null if nothing is. */
  private static @Nullable String fault(Malformed.Request request) {
    RawHttp.Answer answer;
    try {
      answer = RawHttp.send(request.route().port(), request.bytes());
    } catch (IOException e) {
      return e.toString();
    }
    if (answer.status() >= 500 && !WANTED_BY_HTTP.contains(answer.status())) {
      return answer.status() + " " + answer.text();
    }
    if (request.isRefused() && answer.status() < 400) {
      return answer.status() + " where nothing but a refusal makes sense";
    }
    return answer.status() < 400 || answer.body().length == 0 ? null : faultOfRefusal(answer);
  }

  private static @Nullable String faultOfRefusal(RawHttp.Answer answer) {
    var type = answer.header("Content-Type").orElse("none");
    if (!type.equals("application/problem+json")) {
      return answer.status() + " of type " + type + ": " + answer.text();
    }
    JsonNode problem = JSON.readTree(answer.text());
    if (problem.path("code").asString("").isEmpty()
        || answer
            .text()
            .matches(
                "(?s).*(\\bat org\\.|Exception|JsonToken|StreamReadFeature|Ljava|org\\.maestro|java\\.).*")) {
      return answer.status() + " says too little or too much: " + answer.text();
    }
    return null;
  }

  /** What the services have logged, and how often. */
  private static Map<String, Integer> logged() {
    var logged = new TreeMap<String, Integer>();
    for (var event : List.copyOf(LOG.list)) {
      var thrown = event.getThrowableProxy();
      if (thrown != null || event.getLevel().isGreaterOrEqual(Level.WARN)) {
        var why =
            thrown == null
                ? ""
                : ": %s: %s %s"
                    .formatted(
                        thrown.getClassName(),
                        thrown.getMessage(),
                        Arrays.stream(thrown.getStackTraceElementProxyArray()).limit(8).toList());
        logged.merge(
            event.getLevel()
                + " "
                + event.getLoggerName()
                + " "
                + event.getFormattedMessage()
                + why,
            1,
            Integer::sum);
      }
    }
    return logged;
  }

  // ------------------------------------------------------------------ what is there

  private static List<Malformed.Request> requests(Services.Route route, String workflowId)
      throws Exception {
    var values = new HashMap<String, String>();
    values.put("workflowId", workflowId);
    values.put("stepId", route.pattern().contains("/iterations") ? "f" : "s");
    values.put("snapshot", "latest");
    values.put("rest", "sig/instances");
    values.put("id", "x");
    if (!route.isManagement()) {
      push(workflowId, route.pattern().contains("/logs") ? "Shell" : "NoOp");
      if (route.pattern().startsWith("/api/v3/backfills")) {
        values.put("id", backfill(workflowId));
      }
    }
    var body = BODIES.get(route.name());
    Object tree = body;
    if (body != null) {
      var own = body.replace("$", workflowId);
      tree = body.equals(YAML) ? own : JSON.readValue(own, Object.class);
    }
    var query = QUERIES.getOrDefault(route.name(), "").replace("$", workflowId);
    return new Malformed(route, values, tree, query).requests();
  }

  private static void push(String workflowId, String stepType) throws Exception {
    var pushed =
        asRoot(
            "POST",
            Services.Name.ENGINE,
            "/api/v3/workflows",
            PUSH.formatted(stepType).replace("$", workflowId));
    assertThat(pushed.status()).as(pushed.text()).isEqualTo(200);
    var started =
        asRoot(
            "POST",
            Services.Name.ENGINE,
            "/api/v3/workflows/" + workflowId + "/versions/latest/actions/start",
            "{\"initiator\": {\"type\": \"manual\"}}");
    assertThat(started.status()).as(started.text()).isEqualTo(200);
    var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    RawHttp.Answer seen;
    do {
      seen =
          asRoot(
              "GET", Services.Name.ENGINE, "/api/v3/workflows/" + workflowId + "/instances/1", "");
      assertThat(System.nanoTime()).as("the run ends: %s", seen.text()).isLessThan(end);
    } while (seen.status() != 200
        || !JSON.readTree(seen.text()).path("status").asString().equals("SUCCEEDED"));
  }

  private static String backfill(String workflowId) throws Exception {
    var made =
        asRoot(
            "POST",
            Services.Name.ENGINE,
            "/api/v3/workflows/" + workflowId + "/backfills",
            "{\"param\": \"date\", \"days\": {\"from\": \"20210101\", \"to\": \"20210101\"}}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return JSON.readTree(made.text()).path("id").asString();
  }

  private static void announce() throws Exception {
    var announced =
        asRoot(
            "POST", Services.Name.SIGNAL, "/api/v3/signals", "{\"name\": \"sig\", \"params\": {}}");
    assertThat(announced.status()).as(announced.text()).isEqualTo(201);
  }

  private static RawHttp.Answer asRoot(
      String method, Services.Name service, String path, String body) throws IOException {
    return asRoot(services.port(service), method, path, body);
  }

  private static RawHttp.Answer asRoot(int port, String method, String path, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, Services.token("root"), bytes.length);
    return RawHttp.send(port, (head + body).getBytes(StandardCharsets.UTF_8));
  }
}
