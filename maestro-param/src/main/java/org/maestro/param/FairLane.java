package org.maestro.param;

import java.util.concurrent.Semaphore;
import org.maestro.sel.SelException;
import org.maestro.sel.SlowLane;

/** Lets long evaluations go on in the order in which they come, a few at a time. */
public final class FairLane implements SlowLane {
  private static final FairLane OF_THIS_PROCESS =
      new FairLane(Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4));

  private final Semaphore turns;

  /** There while the thread has its turn. */
  private final ThreadLocal<Boolean> isIn = new ThreadLocal<>();

  /**
   * @param width how many go on at a time; each may hold what its limits allow
   */
  FairLane(int width) {
    this.turns = new Semaphore(width, true);
  }

  /** The one that all evaluations of this process share: half of the cores wide, four at most. */
  public static FairLane ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  @Override
  public Turn enter() {
    if (isIn.get() != null) {
      return () -> {};
    }
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SelException("the evaluation was interrupted");
    }
    isIn.set(true);
    return () -> {
      isIn.remove();
      turns.release();
    };
  }
}
