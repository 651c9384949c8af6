package org.maestro.benchmark;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what can only be asked for: conditions of other processes. */
final class Patience {
  private static final long LOOK_AGAIN_MILLIS = 50;

  private Patience() {}

  /**
   * Returns when the condition holds.
   *
   * @param what the condition as a sentence without its end, for the message
   * @throws ImpatientException if it has not come in time
   */
  static void await(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new ImpatientException(
            "expected within %d s that %s".formatted(limit.toSeconds(), what));
      }
      rest(LOOK_AGAIN_MILLIS);
    }
  }

  /** Lets time pass; part of the plan of a fault, or between two tries. */
  static void rest(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImpatientException("interrupted");
    }
  }

  /** Something did not come in time. */
  static final class ImpatientException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImpatientException(String message) {
      super(message);
    }
  }
}
