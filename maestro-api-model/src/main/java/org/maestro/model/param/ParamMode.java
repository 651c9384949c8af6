package org.maestro.model.param;

/**
 * Who may still change a parameter, from the loosest to the strictest; a merge may tighten a mode,
 * never loosen it. The default is {@link #MUTABLE}.
 */
public enum ParamMode {
  MUTABLE,
  MUTABLE_ON_START_RESTART,
  MUTABLE_ON_START,
  IMMUTABLE,
  CONSTANT
}
