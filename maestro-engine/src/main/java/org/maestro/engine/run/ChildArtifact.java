package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The artifact {@code maestro_subworkflow}: which run a subworkflow step started. */
public final class ChildArtifact {
  public static final String NAME = "maestro_subworkflow";

  private ChildArtifact() {}

  public static Map<String, Object> of(RunKey child, @Nullable String uuid, long versionId) {
    var artifact = new LinkedHashMap<String, Object>();
    artifact.put("type", "SUBWORKFLOW");
    artifact.put("subworkflow_id", child.workflowId());
    artifact.put("subworkflow_version_id", versionId);
    artifact.put("subworkflow_instance_id", child.instanceId());
    artifact.put("subworkflow_run_id", child.runId());
    if (uuid != null) {
      artifact.put("subworkflow_uuid", uuid);
    }
    return Map.of(NAME, artifact);
  }

  /** The child run; null if the step has started none. */
  public static @Nullable RunKey child(Map<String, Object> artifacts) {
    if (!(artifacts.get(NAME) instanceof Map<?, ?> artifact)) {
      return null;
    }
    return new RunKey(
        (String) java.util.Objects.requireNonNull(artifact.get("subworkflow_id")),
        number(artifact.get("subworkflow_instance_id")),
        number(artifact.get("subworkflow_run_id")));
  }

  public static Map<String, Object> withRollup(
      Map<String, Object> artifacts, String status, @Nullable Map<String, Long> rollup) {
    if (!(artifacts.get(NAME) instanceof Map<?, ?> artifact)) {
      return Map.of();
    }
    var changed = new LinkedHashMap<String, Object>();
    artifact.forEach((key, value) -> changed.put((String) key, value));
    changed.put("subworkflow_status", status);
    if (rollup != null) {
      changed.put("subworkflow_rollup", rollup);
    }
    return Map.of(NAME, changed);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
