package org.maestro.service.database;

/** Waits; a seam, so that tests and simulations need not. */
@FunctionalInterface
public interface Pause {
  /** Returns after about so many milliseconds, or early if the thread is interrupted. */
  void millis(long millis);
}
