package org.maestro.model.loop;

/** What is done to all iterations that a filter means. */
public enum LoopAction {
  /** Run again those that have ended without success, while the loop goes on. */
  RESTART,
  /** End those that run as STOPPED. */
  STOP,
  /** End those that run as FAILED. */
  KILL
}
