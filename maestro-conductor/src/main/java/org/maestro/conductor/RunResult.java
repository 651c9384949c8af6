package org.maestro.conductor;

/** How a run ended, from best to worst: unless the run was halted, its worst step decides. */
public enum RunResult {
  SUCCEEDED,
  STOPPED,
  TIMED_OUT,
  FAILED
}
