package org.maestro.conductor;

/** How a run ended. */
public enum RunResult {
  SUCCEEDED,
  FAILED,
  STOPPED,
  TIMED_OUT
}
