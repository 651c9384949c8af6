package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the leaf steps of a run and of the runs below it by status. */
final class Rollup {
  private Rollup() {}

  static Map<String, Long> of(Run run) {
    var counts = new LinkedHashMap<String, Long>();
    var fromScratch =
        switch (run.row.facts().policy()) {
          case START_FRESH_NEW_RUN, RESTART_FROM_BEGINNING, START_CUSTOMIZED_RUN -> true;
          case RESTART_FROM_INCOMPLETE, RESTART_FROM_SPECIFIC, RESTART_CUSTOMIZED_RUN -> false;
        };
    for (var step : run.plan.steps().values()) {
      var attempt = fromScratch ? run.attempts.get(step.id()) : run.latest(step.id());
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
