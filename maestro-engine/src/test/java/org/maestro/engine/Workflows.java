package org.maestro.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Little definitions as the JSON trees that are pushed. */
public final class Workflows {
  /** One try of a step, whatever goes wrong. */
  public static final Map<String, Object> NO_RETRY = retries(0);

  private Workflows() {}

  /** So many retries of each kind, a second apart. */
  public static Map<String, Object> retries(int count) {
    return Map.of(
        "retry_policy",
        Map.of(
            "error_retry_limit", count,
            "platform_retry_limit", count,
            "timeout_retry_limit", count,
            "backoff",
                Map.of(
                    "type", "FIXED_BACKOFF",
                    "error_retry_backoff_in_secs", 1,
                    "platform_retry_backoff_in_secs", 1,
                    "timeout_retry_backoff_in_secs", 1)));
  }

  public static Map<String, Object> failureMode(String mode) {
    return Map.of("failure_mode", mode);
  }

  public static Map<String, Object> timeout(String after) {
    return Map.of("timeout", after);
  }

  @SafeVarargs
  public static Map<String, Object> workflow(String id, Map<String, Object>... steps) {
    var all = new ArrayList<Map<String, Object>>();
    for (var step : steps) {
      all.add(step);
    }
    return workflow(id, Map.of(), all);
  }

  public static Map<String, Object> workflow(
      String id, Map<String, Object> more, List<Map<String, Object>> steps) {
    var workflow = new LinkedHashMap<String, Object>();
    workflow.put("id", id);
    workflow.put("steps", new ArrayList<>(steps));
    workflow.putAll(more);
    return workflow;
  }

  /** Successors are written {@code step} or {@code step?condition}. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static Map<String, Object> noop(
      String id, List<String> successors, Map<String, Object>... more) {
    return step(id, "NoOp", successors, Map.of(), more);
  }

  public static Map<String, Object> noop(String id, String... successors) {
    return typed(id, "NoOp", Arrays.asList(successors), Map.of());
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  public static Map<String, Object> sleep(
      String id, long seconds, List<String> successors, Map<String, Object>... more) {
    return step(id, "Sleep", successors, Map.of("sleep_seconds", param("LONG", seconds)), more);
  }

  public static Map<String, Object> sleep(String id, long seconds, String... successors) {
    return sleep(id, seconds, Arrays.asList(successors));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  public static Map<String, Object> shell(
      String id, String script, List<String> successors, Map<String, Object>... more) {
    return step(id, "Shell", successors, Map.of("script", param("STRING", script)), more);
  }

  /** A step of any type; {@code more} are further members, those of "params" are merged. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static Map<String, Object> typed(
      String id,
      String type,
      List<String> successors,
      Map<String, Object> params,
      Map<String, Object>... more) {
    return step(id, type, successors, params, more);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> step(
      String id,
      String type,
      List<String> successors,
      Map<String, Object> params,
      Map<String, Object>[] more) {
    var step = new LinkedHashMap<String, Object>();
    step.put("id", id);
    step.put("type", type);
    step.put("transition", Map.of("successors", edges(successors)));
    var all = new LinkedHashMap<>(params);
    for (var members : more) {
      members.forEach((name, value) -> {
        if (name.equals("params")) {
          all.putAll((Map<String, Object>) value);
        } else {
          step.put(name, value);
        }
      });
    }
    step.put("params", all);
    return Map.of("step", step);
  }

  /** A step that runs another workflow. */
  public static Map<String, Object> subworkflow(
      String id, String child, boolean sync, String... successors) {
    var step = new LinkedHashMap<String, Object>();
    step.put("id", id);
    step.put("sync", sync);
    step.put("transition", Map.of("successors", edges(Arrays.asList(successors))));
    step.put("params", Map.of("subworkflow_id", param("STRING", child)));
    return Map.of("subworkflow", step);
  }

  /** A step that runs its inner steps once for each combination of its items. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static Map<String, Object> foreach(
      String id,
      Map<String, Object> items,
      List<Map<String, Object>> inner,
      List<String> successors,
      Map<String, Object>... more) {
    var step = new LinkedHashMap<String, Object>();
    step.put("id", id);
    step.put("params", Map.of("loop_params", Map.of("type", "MAP", "value", items)));
    step.put("steps", inner);
    step.put("transition", Map.of("successors", edges(successors)));
    for (var members : more) {
      step.putAll(members);
    }
    return Map.of("foreach", step);
  }

  /** A step that runs its inner steps while a condition holds. */
  public static Map<String, Object> whileLoop(
      String id,
      String condition,
      Map<String, Object> values,
      List<Map<String, Object>> inner,
      String... successors) {
    var step = new LinkedHashMap<String, Object>();
    step.put("id", id);
    step.put("condition", condition);
    step.put("params", Map.of("loop_params", Map.of("type", "MAP", "value", values)));
    step.put("steps", inner);
    step.put("transition", Map.of("successors", edges(Arrays.asList(successors))));
    return Map.of("while", step);
  }

  private static Map<String, Object> edges(List<String> successors) {
    var edges = new LinkedHashMap<String, Object>();
    for (var successor : successors) {
      var parts = successor.split("\\?", 2);
      edges.put(parts[0], parts.length == 1 ? "true" : parts[1]);
    }
    return edges;
  }

  public static Map<String, Object> params(Object... namesAndParams) {
    var params = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndParams.length; i += 2) {
      params.put((String) namesAndParams[i], namesAndParams[i + 1]);
    }
    return Map.of("params", params);
  }

  public static Map<String, Object> param(String type, Object value) {
    return Map.of("type", type, "value", value);
  }

  public static Map<String, Object> expression(String type, String expression) {
    return Map.of("type", type, "expression", expression);
  }
}
