package org.maestro.model.param;

/** The type of a parameter. In JSON the name is read without regard to case. */
public enum ParamType {
  STRING,
  LONG,
  DOUBLE,
  BOOLEAN,
  STRING_ARRAY,
  LONG_ARRAY,
  DOUBLE_ARRAY,
  BOOLEAN_ARRAY,
  STRING_MAP,
  /** Names to nested parameters, each with its own type. */
  MAP
}
