package org.maestro.engine.instance;

import java.util.Optional;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.Waiting;

/** Looks at the permits for somebody who wonders why a step does not run. */
public interface PermitInsight {

  /** What this attempt waits for; empty if it does not wait, or another node keeps the permits. */
  Optional<Waiting> waiting(PermitHolder holder);
}
