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
    /** A run that should have ended goes on. */
    GOES_ON,
    /** A run stands otherwise. */
    RUN,
    /** Something ran again, or did not. */
    AGAIN,
    /** Other steps, or they stand otherwise. */
    STEPS,
    /** A value. */
    VALUE,
    /** Something was refused, or something went wrong. */
    REFUSED,
    /** None that is known of: from here on chance decides. */
    UNDECIDED
  }
}
