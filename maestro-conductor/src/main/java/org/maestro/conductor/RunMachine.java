package org.maestro.conductor;

/**
 * The state machine of one run. A step is due when all its predecessors are complete and an edge
 * into it was taken, or when it has no predecessors; complete are {@link StepResult.Completed},
 * {@link StepResult.Failed} of a step that ignores failure, and {@link StepResult.Unsatisfied}. If
 * all predecessors are complete and no edge was taken the step is unsatisfied. Below a step that
 * ended in any other way nothing is created.
 *
 * <p>At the end the worst step decides: failed, then timed out, then stopped, then succeeded; a run
 * in which no step was created has failed.
 *
 * <p>Not thread-safe and not transactional: one thread at a time may use it, and after an
 * exception, or when the caller couldn't record what a turn said, discard it and {@link
 * RunMachines#resume resume} another from what is recorded.
 */
public interface RunMachine {

  /**
   * The first turn, to be called once and before anything else: the roots, or on a resumed machine
   * everything that follows from what had finished and isn't in flight.
   *
   * @throws IllegalStateException when called again
   */
  Turn start();

  /**
   * Tells that a step in flight ended for good. A step that is unknown or not in flight (a
   * duplicate, a late message) changes nothing and gives an empty turn.
   *
   * @throws IllegalStateException when the machine wasn't started
   */
  Turn finish(String stepId, StepResult result);

  /**
   * Stops, kills or times out the whole run: from now on nothing becomes due. {@code toStop} lists
   * the steps in flight; the run ends with {@code as} once they are finished, or now if there are
   * none. A second call changes nothing, and neither does a call after the end.
   *
   * @throws IllegalStateException when the machine wasn't started
   */
  Turn halt(RunResult as);
}
