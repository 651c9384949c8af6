package org.maestro.engine.step;

import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.StepType;

/**
 * What is fixed for an attempt before it runs.
 *
 * @param timeoutMillis counted from the attempt's start
 * @param sleepMillis how long a Sleep step waits; 0 for all others
 */
public record StepPlan(
    StepType type,
    FailureMode failureMode,
    long timeoutMillis,
    long sleepMillis,
    Retry onError,
    Retry onPlatform,
    Retry onTimeout) {

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

  /** How often and when one kind of failure is tried again. */
  public record Retry(long limit, long baseMillis, double exponent, long capMillis) {
    public static final Retry NEVER = new Retry(0, 0, 1, 0);

    /** The delay before retry number {@code retries + 1}: base x exponent^retries, capped. */
    public long delayMillis(long retries) {
      return (long)
          Math.min((double) baseMillis * Math.pow(exponent, (double) retries), (double) capMillis);
    }
  }
}
