package org.maestro.engine.step;

import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.StepType;
import org.maestro.param.RetryPlan;

/**
 * What is fixed for an attempt before it runs.
 *
 * @param timeoutMillis counted from the attempt's start
 * @param sleepMillis how long a Sleep step waits; 0 for all others
 */
public record StepPlan(
    StepType type, FailureMode failureMode, long timeoutMillis, long sleepMillis, RetryPlan retry) {

  /** Whether something outside this engine works on it while it runs. */
  public boolean hasJob() {
    return switch (type) {
      case NOOP, SLEEP -> false;
      case HTTP,
          SHELL,
          PYTHON,
          JAR,
          DOCKER,
          KUBERNETES,
          NOTEBOOK,
          TITUS,
          SQL,
          SPARK,
          SUBWORKFLOW,
          FOREACH,
          WHILE,
          TEMPLATE ->
          true;
    };
  }

  /** Whether it waits for runs of ours: a child's, or those of its iterations. */
  public boolean awaitsRuns() {
    return switch (type) {
      case SUBWORKFLOW, FOREACH, WHILE -> true;
      case NOOP,
          SLEEP,
          HTTP,
          SHELL,
          PYTHON,
          JAR,
          DOCKER,
          KUBERNETES,
          NOTEBOOK,
          TITUS,
          SQL,
          SPARK,
          TEMPLATE ->
          false;
    };
  }
}
