package org.maestro.sel;

import java.time.Duration;

/**
 * Where evaluations that turn out to be long, of more than about 50 µs, wait for each other. If
 * only a few go on at a time, then however many there are they leave the machine to the short ones,
 * which never come here, and use no more memory together than those few may.
 */
@FunctionalInterface
public interface SlowLane {
  /** Nobody waits. */
  SlowLane OPEN = _ -> () -> {};

  /**
   * Waits for its turn. An evaluation may evaluate others on its thread, for the parameters that it
   * asks for: they come with it.
   *
   * @return to be called once the evaluation has ended, however it has
   * @throws SelException if its turn does not come in time, or the thread is interrupted
   */
  Turn enter(Duration patience);

  /** Somebody's turn. */
  @FunctionalInterface
  interface Turn {
    void end();
  }
}
