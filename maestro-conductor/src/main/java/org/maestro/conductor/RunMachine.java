package org.maestro.conductor;

/**
 * The state machine of one run. A step is due when all its predecessors are complete and an edge
 * into it was taken, or when it has no predecessors; complete are {@link StepResult.Completed},
 * {@link StepResult.Failed} of a step that ignores failure, and {@link StepResult.Unsatisfied}. If
 * all predecessors are complete and no edge was taken the step is unsatisfied. Below a step that
 * ended in any other way nothing is created.
 *
 * <p>Once the run is failing at once or halted, nothing becomes due or unsatisfied any more,
 * however the steps in flight end. At the end the worst step decides ({@link RunResult}); a run in
 * which no step was created has failed.
 *
 * <p>Not thread-safe and not transactional: one thread at a time may use it, and after an
 * exception, or when the caller couldn't record what a turn said, discard it and {@link
 * RunMachines#resume resume} another from what is recorded.
 */
public interface RunMachine {

  /**
   * The first turn: the roots, or on a resumed machine everything that follows from what had
   * finished and isn't in flight. For a run that is failing at once {@code toStop} lists the steps
   * in flight again, and for a run that has ended {@code ended} is set again.
   *
   * @throws IllegalStateException when there was a turn before
   */
  Turn start();

  /**
   * Tells that a step in flight ended for good. A step that is unknown or not in flight (a
   * duplicate, a late message) changes nothing and gives an empty turn.
   *
   * @throws IllegalStateException before the first turn
   */
  Turn finish(String stepId, StepResult result);

  /**
   * Stops, kills or times out the whole run: from now on nothing becomes due. {@code toStop} lists
   * the steps in flight; the run ends with {@code as} once they are finished, or now if there are
   * none. It changes nothing in a run that is halted or failing at once already, or has ended.
   *
   * <p>May take the place of {@link #start} as the first turn: on a machine resumed for a run that
   * had been halted it must, or steps would become due again.
   *
   * @throws IllegalArgumentException for {@link RunResult#SUCCEEDED}
   */
  Turn halt(RunResult as);
}
