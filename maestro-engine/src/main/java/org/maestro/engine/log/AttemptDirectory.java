package org.maestro.engine.log;

import java.util.Optional;
import java.util.OptionalLong;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.service.security.Caller;

/** Finds step attempts by the identity that people know them by. */
public interface AttemptDirectory {

  /**
   * The attempt, with its uuid.
   *
   * @param attemptId empty for the latest of that run
   * @return empty if there is no such attempt
   * @throws org.maestro.service.problem.ApiException if the caller may not read the workflow
   */
  Optional<AttemptRef> find(
      Caller caller,
      String workflowId,
      long instanceId,
      long runId,
      String stepId,
      OptionalLong attemptId);
}
