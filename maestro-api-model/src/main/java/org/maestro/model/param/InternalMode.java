package org.maestro.model.param;

/** What the system asks of a parameter that it or a template owns; users may not set it. */
public enum InternalMode {
  /** Must have a value when it is evaluated. */
  REQUIRED,
  /** Dropped when it has no value. */
  OPTIONAL,
  /** Has a default value. */
  PROVIDED,
  /** Belongs to the system: users may not override it. */
  RESERVED
}
