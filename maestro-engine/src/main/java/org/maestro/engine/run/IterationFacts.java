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
 * @param stepConcurrency as in {@link RunFacts}; here, too, for those who read nothing but the row
 */
record IterationFacts(
    long l,
    @Nullable Map<String, Object> v,
    @Nullable RestartPolicy p,
    RunFacts.@Nullable Restart r,
    @Nullable Long stepConcurrency,
    @Nullable Long instanceStepConcurrency) {
  private static final String BEGINNING = "{\"l\":";

  /** Of an iteration of a loop. */
  static IterationFacts of(
      long loopRun,
      LoopFacts loop,
      @Nullable Map<String, Object> values,
      @Nullable RestartPolicy policy,
      RunFacts.@Nullable Restart restart) {
    return new IterationFacts(
        loopRun, values, policy, restart, loop.stepConcurrency(), loop.instanceStepConcurrency());
  }

  /** Whether a row's facts are these and not those of a run that stands for itself. */
  static boolean isIn(String facts) {
    return facts.startsWith(BEGINNING);
  }
}
