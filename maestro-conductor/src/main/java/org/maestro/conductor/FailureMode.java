package org.maestro.conductor;

/** What the fatal failure of a step does to its run. */
public enum FailureMode {
  /** The run fails: everything in flight is stopped and nothing new becomes due. */
  FAIL_IMMEDIATELY,
  /** The run fails once everything that doesn't depend on the failed step has ended. */
  FAIL_AFTER_RUNNING,
  /** The step counts as complete and the run goes on with its successors. */
  IGNORE_FAILURE
}
