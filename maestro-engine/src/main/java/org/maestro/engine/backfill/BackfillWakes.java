package org.maestro.engine.backfill;

/** The way to the node that drives a back-fill. */
public interface BackfillWakes {

  /**
   * There may be something to do. What is lost on the way is found again by looking at all
   * back-fills from time to time.
   *
   * @param instanceId an instance of it of which a run has ended; 0 for none in particular
   */
  void wake(String backfillId, long instanceId);
}
