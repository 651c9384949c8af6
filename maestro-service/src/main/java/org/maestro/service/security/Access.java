package org.maestro.service.security;

/** What is wanted of a workflow and everything that belongs to it. */
public enum Access {
  /** Look at it: definition, runs, timeline, logs. */
  READ,
  /** Start it, and act on its runs and steps. */
  RUN,
  /** Publish, activate, pause, delete it; change its properties. */
  CHANGE
}
