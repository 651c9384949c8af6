package org.maestro.engine.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.start.RestartPolicy;

/**
 * All that the row of an iteration keeps of its facts; the rest stands once, with its loop.
 *
 * @param l the pass of the loop
 * @param v the loop params that a while step's iteration began with
 * @param p null for an iteration's first run
 * @param r what a restart executes of it
 */
record IterationFacts(
    long l,
    @Nullable Map<String, Object> v,
    @Nullable RestartPolicy p,
    RunFacts.@Nullable Restart r) {
  private static final String BEGINNING = "{\"l\":";

  /** Whether a row's facts are these and not those of a run that stands for itself. */
  static boolean isIn(String facts) {
    return facts.startsWith(BEGINNING);
  }
}
