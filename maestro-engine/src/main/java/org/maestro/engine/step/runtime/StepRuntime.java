package org.maestro.engine.step.runtime;

import java.util.List;
import java.util.Set;
import org.maestro.model.definition.StepType;

/**
 * Runs one kind of step. Every method returns at once and reports later through the {@link
 * StepReporter} it was built with. Idempotent by {@link AttemptRef#uuid()}: a second launch of the
 * same attempt finds the first.
 */
public interface StepRuntime {

  /** The types that it runs. */
  Set<StepType> types();

  /**
   * What is wrong with what a step of one of its types says literally, all of it, whatever the rest
   * comes to.
   */
  default List<StepProblem> problems(LiteralStep step) {
    return List.of();
  }

  /** Runs the attempt. Called after the commit that made it STARTING. */
  void launch(Launch launch);

  /**
   * Finds an attempt that an engine launched before it went away, and follows it to its end; or
   * launches it if it was never launched; or reports how it ended.
   */
  void attach(Launch launch);

  /** Ends the attempt's job; reports {@link StepReport.JobTerminated} once it has ended. */
  void terminate(AttemptRef attempt);
}
