package org.maestro.dsl.yaml;

/** How bad a problem is. */
public enum Severity {
  /** The text can't be used. */
  ERROR,
  /** The text can be used, but may not mean what its author thinks. */
  WARNING
}
