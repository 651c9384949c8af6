package org.maestro.engine.run.turn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.maestro.engine.run.ChildArtifact;
import org.maestro.engine.run.LoopArtifact;

/** Counts the leaf steps of a run and of the runs below it by status. */
final class Rollup {
  private Rollup() {}

  static Map<String, Long> of(Run run) {
    var counts = new LinkedHashMap<String, Long>();
    for (var step : run.plan.steps().values()) {
      var attempt = run.standing(step.id());
      if (attempt == null) {
        continue;
      }
      if (step.stepType().isLeaf()) {
        counts.merge(attempt.status().name(), 1L, Long::sum);
        continue;
      }
      var loop = LoopArtifact.rollup(attempt.artifacts());
      if (loop != null) {
        loop.forEach((status, count) -> counts.merge(status, count, Long::sum));
      } else if (attempt.artifacts().get(ChildArtifact.NAME) instanceof Map<?, ?> artifact
          && artifact.get("subworkflow_rollup") instanceof Map<?, ?> below) {
        below.forEach((status, count) ->
            counts.merge((String) status, ((Number) count).longValue(), Long::sum));
      }
    }
    return counts;
  }
}
