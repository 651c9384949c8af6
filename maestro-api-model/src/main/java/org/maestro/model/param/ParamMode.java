package org.maestro.model.param;

/**
 * Who may still change a parameter, from the loosest to the strictest; a merge may tighten a mode,
 * never loosen it. The default is {@link #MUTABLE}.
 */
public enum ParamMode {
  /** Starts, restarts and what a step puts out. */
  MUTABLE,
  /** Starts and restarts. */
  MUTABLE_ON_START_RESTART,
  /** Starts. */
  MUTABLE_ON_START,
  /** Nobody but the definition. */
  IMMUTABLE,
  /** Nobody; it has one value in all of the definition. */
  CONSTANT
}
