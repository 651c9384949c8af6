package org.maestro.sel;

import org.jspecify.annotations.Nullable;

/**
 * What is left of the limits during one evaluation. Everything that costs time or memory asks here
 * first, from inside the work, so an evaluation ends on its own thread as soon as a limit is
 * reached, the time is over or the thread is interrupted. One that turns out to be long takes its
 * turn in the {@link SlowLane}.
 */
final class Budget {
  /** About 50 µs of work: what takes longer is no short evaluation any more. */
  private static final long LOOK_AT_CLOCK_EVERY = 1024;

  private static final int BYTES_PER_CHARACTER = 2;
  private static final int BYTES_PER_ELEMENT = 24;

  private final SelLimits limits;
  private final SlowLane lane;
  private final Allowance allowance;
  private long operationsLeft;
  private long operationsCharged;
  private long lookAtClockBelow;
  private long bytesLeft;
  private long bytesHeld;
  private long started;
  private long timeCharged;
  private SlowLane.@Nullable Turn turn;

  /**
   * @param allowance of the set that the expression belongs to
   * @throws SelException if nothing is left of it
   */
  Budget(SelLimits limits, SlowLane lane, Allowance allowance) {
    allowance.check();
    this.limits = limits;
    this.lane = lane;
    this.allowance = allowance;
    this.operationsLeft = limits.operations();
    this.lookAtClockBelow = Math.max(0, operationsLeft - LOOK_AT_CLOCK_EVERY);
    this.bytesLeft = limits.memoryBytes();
  }

  /** Pays for visiting one syntax node. */
  void step() {
    work(1);
  }

  /** Pays for work that is as much as visiting this many nodes. */
  void work(long operations) {
    operationsLeft -= operations;
    if (operationsLeft < lookAtClockBelow) {
      checkTime();
    }
  }

  /** Pays for a string to be made, before it is made. */
  void characters(long count) {
    bytes(count * BYTES_PER_CHARACTER);
    work(count / 16);
  }

  /** Pays for elements or entries to be made, before they are made. */
  void elements(long count) {
    if (count > limits.arrayLength()) {
      throw new SelException(
          "expected at most %d elements, found %d".formatted(limits.arrayLength(), count));
    }
    bytes(count * BYTES_PER_ELEMENT);
    work(count / 4);
  }

  /** Pays for one more entry of a map that will have this many. */
  void entry(int count) {
    if (count > limits.arrayLength()) {
      throw new SelException("expected at most %d entries".formatted(limits.arrayLength()));
    }
    bytes(3L * BYTES_PER_ELEMENT);
  }

  /** Checks the count of iterations of one loop. */
  void iteration(int count) {
    if (count > limits.loopIterations()) {
      throw new SelException(
          "expected a loop of at most %d iterations".formatted(limits.loopIterations()));
    }
  }

  /** The longest text a result may have, as JSON. */
  int resultSize() {
    return limits.resultSize();
  }

  private void bytes(long count) {
    bytesLeft -= count;
    if (bytesLeft < 0) {
      throw new SelException(
          "expected an evaluation to use at most %d bytes".formatted(limits.memoryBytes()));
    }
    bytesHeld += count;
    allowance.hold(count);
  }

  private void checkTime() {
    if (turn == null) {
      turn = lane.enter();
      started = System.nanoTime();
    }
    // The monotonic clock on purpose: this stops real work, also where the injected clock stands
    // still.
    var time = System.nanoTime() - started;
    lookAtClockBelow = Math.max(0, operationsLeft - LOOK_AT_CLOCK_EVERY);
    if (operationsLeft < 0) {
      throw new SelException(
          "expected an evaluation to take at most %d operations".formatted(limits.operations()));
    }
    if (time > limits.time().toNanos()) {
      throw new SelException("expected an evaluation to end within " + limits.time());
    }
    charge(time);
    allowance.check();
    if (Thread.currentThread().isInterrupted()) {
      throw new SelException("the evaluation was interrupted");
    }
  }

  /** Takes what has been used since the last time out of the set's allowance. */
  private void charge(long time) {
    var operations = limits.operations() - operationsLeft;
    allowance.charge(operations - operationsCharged);
    operationsCharged = operations;
    if (allowance.times(this)) {
      allowance.chargeTime(time - timeCharged);
    }
    timeCharged = time;
  }

  /** The evaluation is over. */
  void end() {
    charge(turn == null ? 0 : System.nanoTime() - started);
    allowance.leave(this);
    allowance.release(bytesHeld);
    if (turn != null) {
      turn.end();
    }
  }
}
