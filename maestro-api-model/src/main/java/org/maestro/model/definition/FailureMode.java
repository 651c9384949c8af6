package org.maestro.model.definition;

/** What a step's final failure does to its run. The default is {@link #FAIL_AFTER_RUNNING}. */
public enum FailureMode {
  /** Everything else that runs is stopped and the run fails. */
  FAIL_IMMEDIATELY,
  /** Steps that depend on it stay uncreated, other branches go on to their end, then it fails. */
  FAIL_AFTER_RUNNING,
  /** The step counts as completed with an error and the DAG continues. */
  IGNORE_FAILURE
}
