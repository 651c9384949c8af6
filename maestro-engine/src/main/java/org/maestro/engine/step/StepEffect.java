package org.maestro.engine.step;

/** What has to happen besides the change of state. Data: nothing happens before the commit. */
public enum StepEffect {
  /** Go on with an attempt that waited: evaluate what is left, then run. */
  CONTINUE,
  /** Order the job. */
  LAUNCH,
  /** Tell the job, or the child run, to end. */
  TERMINATE,
  /** Make the next attempt, now. */
  START_NEXT_ATTEMPT,
  /** Look again at {@link StepState#wakeAt()}. */
  SET_TIMER,
  /** Tell the run how the step ended. */
  ADVANCE_RUN
}
