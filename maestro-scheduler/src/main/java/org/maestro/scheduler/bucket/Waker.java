package org.maestro.scheduler.bucket;

/** Lets one thread sleep until a time comes or somebody has news for it. */
public final class Waker {
  private boolean awake;

  /** Ends the sleep, or the next one before it begins. */
  public synchronized void wake() {
    awake = true;
    notifyAll();
  }

  /** Sleeps for at most so long; not at all for zero or less. */
  public synchronized void sleep(long millis) throws InterruptedException {
    var until = System.nanoTime() + millis * 1_000_000;
    while (!awake) {
      var left = (until - System.nanoTime() + 999_999) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    awake = false;
  }
}
