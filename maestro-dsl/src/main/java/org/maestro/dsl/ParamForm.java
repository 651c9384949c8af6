package org.maestro.dsl;

/** Where a parameter's JSON comes from, and so what may be in it. */
public enum ParamForm {
  /** A person or client wrote it: a value or an expression, nothing that the system adds. */
  WRITTEN,
  /** A job reports it: as {@link #WRITTEN}, but results may be there or even stand alone. */
  WITH_RESULTS,
  /** A job template: as {@link #WRITTEN}, but with internal modes, and the value may be missing. */
  TEMPLATE,
  /** We wrote it: everything is kept and the rules for authors are not asked again. */
  STORED;

  boolean mayHaveResults() {
    return this == WITH_RESULTS || this == STORED;
  }

  boolean mayHaveInternalMode() {
    return this == TEMPLATE || this == STORED;
  }

  boolean isChecked() {
    return this != STORED;
  }
}
