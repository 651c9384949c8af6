package org.maestro.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.LoopKey;
import org.maestro.model.definition.StepType;

/**
 * The artifacts {@code maestro_foreach} and {@code maestro_while}: which inline workflow a step
 * runs, and what became of it.
 */
public final class LoopArtifact {
  static final String FOREACH = "maestro_foreach";
  static final String WHILE = "maestro_while";

  /** Values of a while step's loop params that are shown; all are with the iterations. */
  private static final int KEPT_VALUES = 100;

  private LoopArtifact() {}

  static String nameOf(StepType type) {
    return type == StepType.FOREACH ? FOREACH : WHILE;
  }

  /** The pass that an attempt runs; null if it runs none. */
  public static @Nullable LoopKey loop(Map<String, Object> artifacts) {
    if (artifacts.get(FOREACH) instanceof Map<?, ?> foreach) {
      return new LoopKey(text(foreach, "foreach_workflow_id"), number(foreach, "foreach_run_id"));
    }
    if (artifacts.get(WHILE) instanceof Map<?, ?> loop) {
      return new LoopKey(text(loop, "loop_workflow_id"), number(loop, "loop_run_id"));
    }
    return null;
  }

  public static Map<String, Object> foreach(LoopKey key, LoopFacts facts) {
    var artifact = new LinkedHashMap<String, Object>();
    artifact.put("type", "FOREACH");
    artifact.put("foreach_workflow_id", key.workflowId());
    artifact.put("foreach_identity", facts.stepId());
    artifact.put("foreach_run_id", key.loopRun());
    artifact.put("run_policy", facts.policy().name());
    artifact.put("run_id", facts.parent().runId());
    artifact.put("total_loop_count", facts.total());
    return Map.of(FOREACH, artifact);
  }

  /** The overview of an ended foreach step. */
  public static Map<String, Object> withOverview(
      Map<String, Object> artifacts, Map<String, Long> stats, Map<String, Long> rollup) {
    var artifact = copy(artifacts, FOREACH);
    var overview = new LinkedHashMap<String, Object>();
    overview.put("checkpoint", stats.values().stream().mapToLong(Long::longValue).sum());
    overview.put("stats", stats);
    overview.put("rollup", written(rollup));
    artifact.put("foreach_overview", overview);
    return Map.of(FOREACH, artifact);
  }

  /**
   * A while step's pass that begins.
   *
   * @param kept leaf steps below the iterations before the first one, by status
   */
  public static Map<String, Object> whileLoop(
      LoopKey key, LoopFacts facts, long firstIteration, Map<String, Long> kept) {
    var artifact = new LinkedHashMap<String, Object>();
    artifact.put("type", "WHILE");
    artifact.put("loop_workflow_id", key.workflowId());
    artifact.put("loop_identity", facts.stepId());
    artifact.put("loop_run_id", key.loopRun());
    artifact.put("run_policy", facts.policy().name());
    artifact.put("run_id", facts.parent().runId());
    artifact.put("first_iteration", firstIteration);
    artifact.put("last_iteration", firstIteration - 1);
    if (!kept.isEmpty()) {
      artifact.put("rollup", written(kept));
    }
    return Map.of(WHILE, artifact);
  }

  /** An iteration begins with these values. */
  public static Map<String, Object> iterationBegins(
      Map<String, Object> artifacts, long iteration, Map<String, Object> values) {
    var artifact = copy(artifacts, WHILE);
    artifact.put("last_iteration", iteration);
    artifact.put("last_status", "IN_PROGRESS");
    artifact.put("loop_values", values);
    var shown = new LinkedHashMap<String, Object>();
    var before =
        artifact.get("loop_param_values") instanceof Map<?, ?> map ? map : Map.<String, Object>of();
    values.forEach((name, value) -> {
      var list = new ArrayList<Object>();
      if (before.get(name) instanceof List<?> known) {
        list.addAll(known.subList(Math.max(0, known.size() - KEPT_VALUES + 1), known.size()));
      }
      list.add(value);
      shown.put(name, list);
    });
    artifact.put("loop_param_values", shown);
    return Map.of(WHILE, artifact);
  }

  public static Map<String, Object> iterationEnded(
      Map<String, Object> artifacts, String status, @Nullable Map<String, Long> leaves) {
    var artifact = copy(artifacts, WHILE);
    artifact.put("last_status", status);
    var sum = new LinkedHashMap<>(counts(artifact.get("rollup")));
    if (leaves != null) {
      leaves.forEach((key, count) -> sum.merge(key, count, Long::sum));
    }
    artifact.put("rollup", written(sum));
    return Map.of(WHILE, artifact);
  }

  public static long lastIteration(Map<String, Object> artifacts) {
    return artifacts.get(WHILE) instanceof Map<?, ?> loop ? number(loop, "last_iteration") : 0;
  }

  public static long firstIteration(Map<String, Object> artifacts) {
    return artifacts.get(WHILE) instanceof Map<?, ?> loop ? number(loop, "first_iteration") : 1;
  }

  /** The values that the last iteration began with. */
  public static Map<String, Object> values(Map<String, Object> artifacts) {
    var values = new LinkedHashMap<String, Object>();
    if (artifacts.get(WHILE) instanceof Map<?, ?> loop
        && loop.get("loop_values") instanceof Map<?, ?> known) {
      known.forEach((name, value) -> values.put((String) name, value));
    }
    return values;
  }

  /** Leaf steps by status below an ended loop; null if it has not ended. */
  public static @Nullable Map<String, Long> rollup(Map<String, Object> artifacts) {
    if (artifacts.get(FOREACH) instanceof Map<?, ?> foreach) {
      return foreach.get("foreach_overview") instanceof Map<?, ?> overview
          ? counts(overview.get("rollup"))
          : null;
    }
    if (artifacts.get(WHILE) instanceof Map<?, ?> loop && loop.get("rollup") != null) {
      return counts(loop.get("rollup"));
    }
    return null;
  }

  private static Map<String, Object> written(Map<String, Long> leaves) {
    var overview = new LinkedHashMap<String, Object>();
    leaves.forEach((status, count) -> overview.put(status, Map.of("cnt", count)));
    var rollup = new LinkedHashMap<String, Object>();
    rollup.put("total_leaf_count", leaves.values().stream().mapToLong(Long::longValue).sum());
    rollup.put("overview", overview);
    return rollup;
  }

  private static Map<String, Long> counts(@Nullable Object rollup) {
    var counts = new LinkedHashMap<String, Long>();
    if (rollup instanceof Map<?, ?> map && map.get("overview") instanceof Map<?, ?> overview) {
      overview.forEach((status, one) -> {
        if (one instanceof Map<?, ?> leaf) {
          counts.put((String) status, number(leaf, "cnt"));
        }
      });
    }
    return counts;
  }

  private static Map<String, Object> copy(Map<String, Object> artifacts, String name) {
    var copy = new LinkedHashMap<String, Object>();
    if (artifacts.get(name) instanceof Map<?, ?> known) {
      known.forEach((key, value) -> copy.put((String) key, value));
    }
    return copy;
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static long number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
