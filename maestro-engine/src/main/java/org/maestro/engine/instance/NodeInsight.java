package org.maestro.engine.instance;

import java.util.Optional;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.Waiting;
import org.maestro.engine.run.RunKey;

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
}
