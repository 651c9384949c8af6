package org.maestro.model.param;

/** The type of a parameter. In JSON the name is read without regard to case. */
public enum ParamType {
  /** Text. In a literal {@code ${name}} is replaced. */
  STRING,
  /** A whole number of 64 bits. */
  LONG,
  /** A decimal number with as many digits as were written. */
  DOUBLE,
  /** true or false. */
  BOOLEAN,
  /** A list of texts. */
  STRING_ARRAY,
  /** A list of whole numbers. */
  LONG_ARRAY,
  /** A list of decimal numbers. */
  DOUBLE_ARRAY,
  /** A list of flags. */
  BOOLEAN_ARRAY,
  /** Names to texts. */
  STRING_MAP,
  /** Names to nested parameters, each with its own type. */
  MAP
}
