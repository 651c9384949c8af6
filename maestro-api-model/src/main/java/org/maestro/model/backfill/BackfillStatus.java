package org.maestro.model.backfill;

/** How a back-fill stands. */
public enum BackfillStatus {
  /** Starts runs while there is room. */
  RUNNING,
  /** Starts nothing until it is resumed; its runs go on. */
  PAUSED,
  /** Given up; can be resumed where it was. */
  STOPPED,
  /** Every value has been run, and every run has ended. */
  COMPLETED
}
