package org.maestro.sel;

import org.jspecify.annotations.Nullable;

/**
 * What is left for a whole set of expressions that are evaluated for one purpose, such as all the
 * params of a run: {@value #EXPRESSIONS} times what one of them may use. It is charged while they
 * are evaluated, so that a set of many ends as surely as one that is long. Waiting for a turn in
 * the {@link SlowLane} costs nothing. Expressions that are evaluated within each other share the
 * memory that one may use. Not for use by several threads.
 */
public final class Allowance {
  /** How many expressions of a set may each use all that one may. */
  public static final int EXPRESSIONS = 5;

  private final SelLimits limits;
  private long operationsLeft;
  private long nanosLeft;

  /** What evaluations hold that are under way: one, and those that it asks for. */
  private long bytesHeld;

  /** The evaluation whose time is charged: others within it are a part of that. */
  private @Nullable Budget timed;

  public Allowance(SelLimits limits) {
    this.limits = limits;
    this.operationsLeft = EXPRESSIONS * limits.operations();
    this.nanosLeft = EXPRESSIONS * limits.time().toNanos();
  }

  /** Takes what has been used. */
  void charge(long operations) {
    operationsLeft -= operations;
  }

  /** Whether time is to be charged for this one: the outermost that takes any. */
  boolean times(Budget budget) {
    if (timed == null) {
      timed = budget;
    }
    return timed.equals(budget);
  }

  /** Takes time that has passed. */
  void chargeTime(long nanos) {
    nanosLeft -= nanos;
  }

  /** The evaluation is over. */
  void leave(Budget budget) {
    if (budget.equals(timed)) {
      timed = null;
    }
  }

  /**
   * Takes memory for as long as an evaluation goes on.
   *
   * @throws SelException if those that are under way within each other hold too much together
   */
  void hold(long bytes) {
    bytesHeld += bytes;
    if (bytesHeld > limits.memoryBytes()) {
      throw new SelException(
          "expected an expression and those that it asks for to use at most %,d bytes together"
              .formatted(limits.memoryBytes()));
    }
  }

  /** The evaluation that held this is over. */
  void release(long bytes) {
    bytesHeld -= bytes;
  }

  /** Whether nothing more of the set can be evaluated. */
  public boolean isSpent() {
    return operationsLeft < 0 || nanosLeft < 0;
  }

  /**
   * Lets the set go on.
   *
   * @throws SelException if it is spent
   */
  void check() {
    if (operationsLeft < 0) {
      throw new SelException(
          "expected all expressions that are evaluated together to take at most %,d operations, found more"
              .formatted(EXPRESSIONS * limits.operations()),
          "compute less in each, or in fewer of them");
    }
    if (nanosLeft < 0) {
      throw new SelException(
          "expected all expressions that are evaluated together to take at most %s, found more"
              .formatted(limits.time().multipliedBy(EXPRESSIONS)),
          "compute less in each, or in fewer of them");
    }
  }
}
