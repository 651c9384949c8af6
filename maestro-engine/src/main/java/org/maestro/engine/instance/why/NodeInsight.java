package org.maestro.engine.instance.why;

import java.util.List;
import java.util.Optional;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.Waiting;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.step.runtime.AttemptRef;

/** What this node alone knows, for somebody who wonders why a step does not run. */
public interface NodeInsight {

  /** What this attempt waits for; empty if it does not wait, or another node keeps the permits. */
  Optional<Waiting> waiting(PermitHolder holder);

  /**
   * Why the run that this attempt asks for is not there yet, although it was tried; empty if it was
   * not, or another node tries.
   */
  default Optional<String> childDelay(RunKey parent, String stepId, long attemptId) {
    return Optional.empty();
  }

  /** What a job printed last; none if it printed nothing, or ran on another machine. */
  default List<String> lastLines(AttemptRef attempt) {
    return List.of();
  }
}
