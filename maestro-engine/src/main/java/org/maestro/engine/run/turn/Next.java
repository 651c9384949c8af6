package org.maestro.engine.run.turn;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.runtime.StepReport;

/**
 * What somebody has found out about an attempt.
 *
 * @param attempt with what it knows now
 * @param event what happens to it at once; null if it has to wait
 */
record Next(StepAttempt attempt, @Nullable StepEvent event) {
  static Next waiting(StepAttempt attempt) {
    return new Next(attempt, null);
  }

  static Next reported(StepAttempt attempt, StepReport report) {
    return new Next(attempt, new StepEvent.Reported(report));
  }
}
