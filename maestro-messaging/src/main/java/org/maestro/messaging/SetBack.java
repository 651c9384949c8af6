package org.maestro.messaging;

import java.util.function.LongSupplier;

/**
 * Notices that this machine's clock was set back. Kafka's consumers keep their time by it: one
 * whose clock was set back by an hour sends no heartbeat for an hour, so it has to be made anew.
 */
final class SetBack {
  /** Less is waited out: shorter than any session. */
  static final long WAITED_OUT_MILLIS = 2_000;

  private final LongSupplier millis;
  private final LongSupplier nanos;
  private long ahead;

  /**
   * @param millis the machine's clock
   * @param nanos one that only goes forward
   */
  SetBack(LongSupplier millis, LongSupplier nanos) {
    this.millis = millis;
    this.nanos = nanos;
    this.ahead = ahead();
  }

  /** Whether it was since this was asked last. */
  boolean noticed() {
    var before = ahead;
    ahead = ahead();
    return ahead < before - WAITED_OUT_MILLIS;
  }

  private long ahead() {
    return millis.getAsLong() - nanos.getAsLong() / 1_000_000;
  }
}
