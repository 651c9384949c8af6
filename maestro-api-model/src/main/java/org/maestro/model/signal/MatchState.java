package org.maestro.model.signal;

/** Where a match stands: signals that a trigger consumed together. */
public enum MatchState {
  /** The trigger's condition is false: consumed, nothing is started. */
  CONDITION_FALSE,
  /** One of the trigger's expressions failed; there is a dead letter. */
  EXPRESSION_FAILED,
  /** The engine has been asked, or will be by the outbox. */
  REQUESTED,
  /** There is an instance. */
  STARTED,
  /** The active version had no such trigger when the engine was asked. */
  REPLACED,
  /** The engine won't start it; the reason says why. */
  REFUSED
}
