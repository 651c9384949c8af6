package org.maestro.sel;

/**
 * Where evaluations that turn out to be long, of more than about 50 µs, wait for each other. If
 * only a few go on at a time, then however many there are they leave the machine to the short ones,
 * which never come here, and use no more memory together than those few may.
 */
@FunctionalInterface
public interface SlowLane {
  /** Nobody waits. */
  SlowLane OPEN = () -> () -> {};

  /**
   * Waits for its turn, for as long as that takes: that others are busy is nobody's failure. An
   * evaluation may evaluate others on its thread, for the parameters that it asks for: they come
   * with it.
   *
   * @return to be called once the evaluation has ended, however it has
   * @throws SelException if the thread is interrupted
   */
  Turn enter();

  /** Somebody's turn. */
  @FunctionalInterface
  interface Turn {
    void end();
  }
}
