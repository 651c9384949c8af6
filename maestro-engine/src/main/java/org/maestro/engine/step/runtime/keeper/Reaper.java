package org.maestro.engine.step.runtime.keeper;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Waits, on a thread of its own, for the ends of all children: jobs, and what they left behind. */
final class Reaper {
  private final Libc libc;
  private final Consumer<Libc.Ended> listener;
  private final Semaphore children = new Semaphore(0);

  /** The listener hears of each child that has ended, and has to let it go. */
  Reaper(Libc libc, Consumer<Libc.Ended> listener) {
    this.libc = libc;
    this.listener = listener;
  }

  void start() {
    Thread.ofPlatform().name("reaper").start(this::await);
  }

  /** To be called when a child has been started. */
  void thereIsAChild() {
    children.release();
  }

  private void await() {
    while (true) {
      try {
        listener.accept(libc.awaitEnded());
      } catch (Libc.Failure e) {
        if (!e.isNoChild()) {
          throw new IllegalStateException("can't wait for processes", e);
        }
        awaitChild();
      }
    }
  }

  private void awaitChild() {
    try {
      children.acquire();
      children.drainPermits();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }
}
