package org.maestro.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.client.json.JsonText;
import org.maestro.client.workflow.WorkflowBuilder;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.instance.RunStatus;
import tools.jackson.core.JacksonException;

/**
 * A server of Maestro. Safe for use by several threads.
 *
 * <p>Requests that have the same effect however often they arrive are sent again when the
 * connection breaks or the server says that it may help; a start is among them, because it carries
 * a request id. A push isn't: it might make a second version.
 */
public final class MaestroClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 5;
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long FIRST_LOOK_MILLIS = 50;
  private static final long LONGEST_LOOK_MILLIS = 2_000;

  private final String server;
  private final Map<String, String> headers;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private MaestroClient(String server, Map<String, String> headers) {
    var scheme = URI.create(server).getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme)) {
      throw new IllegalArgumentException(
          "expected an address such as http://127.0.0.1:8080, found \"" + server + "\"");
    }
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.headers = Map.copyOf(headers);
  }

  /** The server at an address in development mode, where a name is enough. */
  public static MaestroClient as(String user, String server) {
    return new MaestroClient(server, Map.of("user", user));
  }

  /** The server at an address, with an API token. */
  public static MaestroClient withToken(String token, String server) {
    return new MaestroClient(server, Map.of("Authorization", "Bearer " + token));
  }

  /** As MAESTRO_SERVER, MAESTRO_TOKEN and MAESTRO_USER say. */
  public static MaestroClient fromEnvironment() {
    var server = System.getenv().getOrDefault("MAESTRO_SERVER", "http://127.0.0.1:8080");
    var token = System.getenv("MAESTRO_TOKEN");
    return token != null && !token.isEmpty()
        ? withToken(token, server)
        : as(System.getenv().getOrDefault("MAESTRO_USER", System.getProperty("user.name")), server);
  }

  // ------------------------------------------------------------------ definitions

  /**
   * Makes a new version of a workflow; its number.
   *
   * @throws RefusedException with every problem of the definition
   */
  public long push(WorkflowBuilder workflow) {
    return push(workflow.toYaml());
  }

  /** The same with a definition in YAML or JSON. */
  public long push(String yaml) {
    var answer = call("POST", path("workflows", "yaml"), yaml, "application/yaml", false);
    return JsonText.number(
        JsonText.map(JsonText.map(answer, "workflow_definition"), "metadata"),
        "workflow_version_id");
  }

  /**
   * Lets the server check a definition; nothing changes.
   *
   * @return what it would accept and warns of, such as a step that can't be run there; empty if
   *     there is nothing
   * @throws RefusedException with every problem of the definition
   */
  public List<DefinitionProblem> validate(WorkflowBuilder workflow) {
    return validate(workflow.toYaml());
  }

  /** The same with a definition in YAML or JSON. */
  public List<DefinitionProblem> validate(String yaml) {
    var answer =
        call(
            "PUT",
            path("workflows", "actions", "validate", "yaml"),
            yaml,
            "application/yaml",
            true);
    return problems(answer);
  }

  // ------------------------------------------------------------------ runs

  /** Starts an instance of the active version and doesn't wait for it. */
  public Run start(String workflowId, Map<String, ?> params) {
    return start(workflowId, params, UUID.randomUUID().toString());
  }

  /**
   * The same exactly once per request id: whoever asks again with it gets the run that is there.
   *
   * @param params literals by name: texts, whole numbers, decimals, flags, lists and maps of texts
   */
  public Run start(String workflowId, Map<String, ?> params, String requestId) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("initiator", Map.of("type", "manual"));
    body.put("request_id", requestId);
    if (!params.isEmpty()) {
      var given = new LinkedHashMap<String, @Nullable Object>();
      params.forEach((name, value) -> given.put(name, GivenValue.of(name, value)));
      body.put("run_params", given);
    }
    var answer =
        call(
            "POST",
            path("workflows", workflowId, "versions", "active", "actions", "start"),
            JsonText.of(body),
            "application/json",
            true);
    return new Run(
        this,
        workflowId,
        JsonText.number(answer, "workflow_instance_id"),
        JsonText.number(answer, "workflow_run_id"));
  }

  /** How a run stands. */
  public Instance instance(String workflowId, long instanceId, long runId) {
    var answer = call("GET", run(workflowId, instanceId, runId), null, "", true);
    var params = new LinkedHashMap<String, @Nullable Object>();
    JsonText.map(answer, "params")
        .forEach((name, param) ->
            params.put(
                String.valueOf(name),
                param instanceof Map<?, ?> fields ? fields.get("evaluated_result") : null));
    return new Instance(
        workflowId,
        instanceId,
        JsonText.number(answer, "workflow_run_id"),
        RunStatus.valueOf(JsonText.text(answer, "status")),
        params);
  }

  Instance await(Run run, Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    var pause = FIRST_LOOK_MILLIS;
    while (true) {
      var now = instance(run.workflowId(), run.instanceId(), run.runId());
      if (now.status().isTerminal()) {
        return now;
      }
      var left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new StillRunningException(
            "expected %s to end within %d s, found it %s; it goes on"
                .formatted(run, atMost.toSeconds(), now.status()));
      }
      Thread.sleep(Math.min(pause, left));
      pause = Math.min(LONGEST_LOOK_MILLIS, pause * 3 / 2);
    }
  }

  List<String> explain(String workflowId, long instanceId, long runId) {
    var answer = call("GET", run(workflowId, instanceId, runId) + "/why", null, "", true);
    var lines = new ArrayList<String>();
    for (var reason : JsonText.list(answer, "reasons")) {
      lines.add(JsonText.text(reason, "message"));
    }
    return lines;
  }

  void act(String workflowId, long instanceId, long runId, String action) {
    call("PUT", run(workflowId, instanceId, runId) + "/actions/" + action, null, "", true);
  }

  // ------------------------------------------------------------------ HTTP

  private static String run(String workflowId, long instanceId, long runId) {
    return path(
        "workflows",
        workflowId,
        "instances",
        Long.toString(instanceId),
        "runs",
        Long.toString(runId));
  }

  /** Ids can't leave their places. */
  private static String path(String... segments) {
    return Arrays.stream(segments)
        .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/", "/api/v3/", ""));
  }

  private @Nullable Object call(
      String method, String path, @Nullable String body, String contentType, boolean repeatable) {
    var request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(PATIENCE)
            .header("Accept", "application/json, application/problem+json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (body != null) {
      request.header("Content-Type", contentType);
    }
    for (var tried = 1; ; tried++) {
      try {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() < 400) {
          return answer.body().isEmpty() ? null : JsonText.read(answer.body());
        }
        if (!repeatable || tried == TRIES || !mayHelp(answer)) {
          throw refusal(answer);
        }
      } catch (IOException e) {
        if (tried == TRIES || !(repeatable || e instanceof ConnectException)) {
          throw new UnreachableException(
              "%s %s%s: %s".formatted(method, server, path, e)
                  + (repeatable
                      ? ""
                      : "; it may have happened all the same, so look before trying again"),
              e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnreachableException("interrupted", e);
      }
      rest(tried);
    }
  }

  private static void rest(int tried) {
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS << (tried - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted", new InterruptedIOException());
    }
  }

  private static boolean mayHelp(HttpResponse<String> answer) {
    return tree(answer) instanceof Map<?, ?> problem
        ? Boolean.TRUE.equals(problem.get("retryable"))
        : answer.statusCode() == 503;
  }

  private static @Nullable Object tree(HttpResponse<String> answer) {
    try {
      return JsonText.read(answer.body());
    } catch (JacksonException e) {
      return null;
    }
  }

  private static RefusedException refusal(HttpResponse<String> answer) {
    var problem = tree(answer);
    var code = JsonText.text(problem, "code");
    var detail = JsonText.text(problem, "detail");
    return new RefusedException(
        answer.statusCode(),
        code.isEmpty() ? "http-" + answer.statusCode() : code,
        detail.isEmpty() ? "no explanation" : detail,
        problems(problem));
  }

  private static List<DefinitionProblem> problems(@Nullable Object answer) {
    var problems = new ArrayList<DefinitionProblem>();
    for (var one : JsonText.list(answer, "problems")) {
      var suggestion = JsonText.text(one, "suggestion");
      var code = JsonText.text(one, "code");
      problems.add(
          new DefinitionProblem(
              JsonText.text(one, "pointer"),
              JsonText.text(one, "message"),
              suggestion.isEmpty() ? null : suggestion,
              code.isEmpty() ? null : code));
    }
    return problems;
  }
}
