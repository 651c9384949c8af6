package org.maestro.conductor;

import java.util.Set;

/** How a step ended for good, after all its retries. */
public sealed interface StepResult {

  /**
   * The step succeeded or was skipped.
   *
   * @param taken the successors whose condition was true; names that aren't successors in the graph
   *     are ignored
   */
  record Completed(Set<String> taken) implements StepResult {
    public Completed {
      taken = Set.copyOf(taken);
    }
  }

  /**
   * The step failed fatally; its {@link FailureMode} says what follows.
   *
   * @param taken the successors whose condition was true; counts only for a step that ignores
   *     failure
   */
  record Failed(Set<String> taken) implements StepResult {
    public Failed {
      taken = Set.copyOf(taken);
    }
  }

  /** Maestro itself failed on the step: the run fails at once, whatever the step's failure mode. */
  record InternallyFailed() implements StepResult {}

  /** The step ran out of time; nothing downstream of it is created, other branches go on. */
  record TimedOut() implements StepResult {}

  /** The step was stopped; nothing downstream of it is created, other branches go on. */
  record Stopped() implements StepResult {}

  /** No edge into the step was taken; it never ran, and none of its own edges is taken. */
  record Unsatisfied() implements StepResult {}
}
