package org.maestro.engine.step.runtime;

/** Knows whether an attempt is still to be worked on, wherever. May block. */
public interface LiveAttempts {

  /** False only if it is certain that the attempt has ended, or never was. */
  boolean isLive(AttemptRef attempt);
}
