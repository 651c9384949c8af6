package org.maestro.engine.step.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.StepType;

/**
 * An attempt to run.
 *
 * @param owner whose identity it runs under
 * @param params evaluated results by parameter name, plain values; {@link SecretText} where the
 *     definition names secrets
 * @param dueAt for attempts that only wait: when they are done, in epoch milliseconds
 * @param timeoutAt when the engine will end it, in epoch milliseconds; null if it isn't known. A
 *     runtime need not watch it
 */
public record Launch(
    AttemptRef attempt,
    StepType type,
    String owner,
    Map<String, Object> params,
    @Nullable Long dueAt,
    @Nullable Long timeoutAt) {

  /** One without a known time-out. */
  public Launch(
      AttemptRef attempt,
      StepType type,
      String owner,
      Map<String, Object> params,
      @Nullable Long dueAt) {
    this(attempt, type, owner, params, dueAt, null);
  }

  /** The same with other parameters. */
  public Launch with(Map<String, Object> others) {
    return new Launch(attempt, type, owner, others, dueAt, timeoutAt);
  }
}
