package org.maestro.benchmark.language;

import java.util.List;

/**
 * Where an engine did something else than the model.
 *
 * @param happened what had been done until then, in words
 */
record Difference(Kind kind, String text, List<String> happened) {

  /** In what they differ. */
  enum Kind {
    /** Other jobs are at work. */
    JOBS,
    /** A run stands otherwise. */
    RUN,
    /** Other steps, or they stand otherwise. */
    STEPS,
    /** A value. */
    VALUE,
    /** Something was refused, or something went wrong. */
    REFUSED
  }
}
