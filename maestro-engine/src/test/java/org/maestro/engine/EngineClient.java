package org.maestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.maestro.service.json.StrictJson;

/** What people do with an engine, over HTTP: push, start, look, act. */
public final class EngineClient {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "STOPPED", "TIMED_OUT");

  private final TestEngine engine;

  public EngineClient(TestEngine engine) {
    this.engine = engine;
  }

  /** A run as it is named over HTTP. */
  public record RunName(String workflowId, long instance, long run) {
    public String path() {
      return "/api/v3/workflows/" + workflowId + "/instances/" + instance + "/runs/" + run;
    }
  }

  public void push(Map<String, Object> workflow) {
    push(workflow, Map.of());
  }

  public void push(Map<String, Object> workflow, Map<String, Object> properties) {
    var all = new LinkedHashMap<String, Object>(Map.of("owner", "tester"));
    all.putAll(properties);
    var answer =
        engine.call("POST", "/api/v3/workflows", Map.of("properties", all, "workflow", workflow));
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
  }

  public TestEngine.Answer tryStart(String workflowId, Map<String, Object> more) {
    var body = new LinkedHashMap<String, Object>(Map.of("initiator", Map.of("type", "manual")));
    body.putAll(more);
    return engine.call(
        "POST", "/api/v3/workflows/" + workflowId + "/versions/latest/actions/start", body);
  }

  public RunName start(String workflowId) {
    return start(workflowId, Map.of());
  }

  public RunName start(String workflowId, Map<String, Object> more) {
    return named(tryStart(workflowId, more));
  }

  /** Pushes, starts and waits for the end. */
  public RunName run(Map<String, Object> workflow) {
    push(workflow);
    var run = start((String) workflow.get("id"));
    ended(run);
    return run;
  }

  /** The run that an answer is about. */
  public static RunName named(TestEngine.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    return new RunName(
        (String) answer.at("workflow_id"),
        ((Number) answer.at("workflow_instance_id")).longValue(),
        ((Number) answer.at("workflow_run_id")).longValue());
  }

  public Map<String, Object> instance(RunName run) {
    var answer = engine.call("GET", run.path() + "?enriched=true&aggregated=true", null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  public String status(RunName run) {
    return (String) instance(run).get("status");
  }

  /** Waits until the run has ended; its status. */
  public String ended(RunName run) {
    awaitUntil(
        run + " ends", () -> ENDS.contains(status(run)), () -> status(run) + " " + steps(run));
    return status(run);
  }

  /** Statuses of the steps that exist in the run, by id. */
  public Map<String, String> steps(RunName run) {
    var statuses = new TreeMap<String, String>();
    for (var step : stepList(run)) {
      statuses.put((String) step.get("step_id"), state(step, "status").toString());
    }
    return statuses;
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> stepList(RunName run) {
    var answer = engine.call("GET", run.path() + "/steps", null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return StrictJson.mapper().readValue(answer.text(), List.class);
  }

  /** The latest attempt of a step. */
  public Map<String, Object> step(RunName run, String step) {
    var answer = engine.call("GET", run.path() + "/steps/" + step + "/attempts/latest", null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  public long attempt(RunName run, String step) {
    return ((Number) step(run, step).get("step_attempt_id")).longValue();
  }

  /** A member of an attempt's runtime_state. */
  public static Object state(Map<String, Object> step, String name) {
    return Objects.requireNonNullElse(
        ((Map<?, ?>) step.get("runtime_state")).get(name), "no " + name);
  }

  /** The value of a param of a step or an instance. */
  public static Object value(Map<String, Object> of, String param) {
    return ((Map<?, ?>) ((Map<?, ?>) of.get("params")).get(param)).get("evaluated_result");
  }

  public void reached(RunName run, String step, String status) {
    awaitUntil(
        step + " of " + run + " is " + status,
        () -> status.equals(steps(run).get(step)),
        () -> steps(run).toString());
  }

  public void reached(RunName run, String status) {
    awaitUntil(run + " is " + status, () -> status.equals(status(run)), () -> status(run));
  }

  public TestEngine.Answer stepAction(RunName run, String step, String action) {
    return engine.call(
        action.equals("restart") ? "POST" : "PUT",
        "/api/v3/workflows/%s/instances/%d/steps/%s/actions/%s"
            .formatted(run.workflowId(), run.instance(), step, action),
        action.equals("restart") ? Map.of() : null);
  }

  public TestEngine.Answer action(RunName run, String action) {
    return engine.call(
        "PUT",
        "/api/v3/workflows/%s/instances/%d/actions/%s"
            .formatted(run.workflowId(), run.instance(), action),
        null);
  }

  public TestEngine.Answer workflowAction(String workflowId, String action) {
    return engine.call(
        "PUT", "/api/v3/workflows/%s/actions/%s".formatted(workflowId, action), null);
  }

  public TestEngine.Answer tryRestart(RunName run, Map<String, Object> body) {
    return engine.call(
        "POST",
        "/api/v3/workflows/%s/instances/%d/actions/restart"
            .formatted(run.workflowId(), run.instance()),
        body);
  }

  public RunName restart(RunName run, String policy) {
    return named(tryRestart(run, Map.of("restart_policy", policy)));
  }

  /** The run that a subworkflow step started. */
  public RunName child(RunName run, String step) {
    awaitUntil(
        step + " of " + run + " has a child", () -> artifact(run, step) != null, () -> "none");
    var artifact = artifact(run, step);
    return new RunName(
        (String) artifact.get("subworkflow_id"),
        ((Number) artifact.get("subworkflow_instance_id")).longValue(),
        ((Number) artifact.get("subworkflow_run_id")).longValue());
  }

  private Map<?, ?> artifact(RunName run, String step) {
    if (!steps(run).containsKey(step)) {
      return null;
    }
    var artifacts = (Map<?, ?>) step(run, step).get("artifacts");
    return artifacts == null ? null : (Map<?, ?>) artifacts.get("maestro_subworkflow");
  }

  /** Waits for something that another thread or process brings about. */
  public static void awaitUntil(String what, BooleanSupplier reached, Supplier<String> now) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "expected within %s: %s; found %s".formatted(PATIENCE, what, now.get()));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
