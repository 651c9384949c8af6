package org.maestro.engine.notification.send;

import org.jspecify.annotations.Nullable;

/** What came of sending a message. */
sealed interface Delivery {

  /** The receiver has taken it. */
  record Taken() implements Delivery {}

  /**
   * It has not, as far as is known.
   *
   * @param why without secrets
   * @param forGood whether trying again is of no use
   * @param afterMillis how long the receiver asks to be left alone; null if it doesn't say
   */
  record NotTaken(String why, boolean forGood, @Nullable Long afterMillis) implements Delivery {
    static NotTaken forNow(String why) {
      return new NotTaken(why, false, null);
    }
  }
}
