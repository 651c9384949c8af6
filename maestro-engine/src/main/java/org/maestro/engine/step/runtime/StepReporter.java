package org.maestro.engine.step.runtime;

/** Where runtimes report to; never blocks, may be called from any thread. */
public interface StepReporter {
  void report(AttemptRef attempt, StepReport report);
}
