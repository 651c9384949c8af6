package org.maestro.model.deadletter;

/** What a dead letter of the signal service is about, and so what replaying it means. */
public enum DeadLetterKind {
  /** A message; replaying sends it to its topic again. */
  MESSAGE,
  /** A match whose expressions failed; replaying evaluates them again. */
  MATCH,
  /** A signal that could not be offered to triggers and gates; replaying offers it again. */
  SIGNAL
}
