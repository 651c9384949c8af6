package org.maestro.engine.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.RestartNode;
import org.maestro.model.param.Param;
import org.maestro.model.start.RestartPolicy;

/**
 * All that the row of an iteration keeps of its facts; the rest stands once, with its loop.
 *
 * @param l the pass of the loop
 * @param v the loop params that a while step's iteration began with
 * @param p null for a run that starts from scratch
 * @param r what a restart executes of it
 * @param o params that a restart gave it, evaluated
 * @param s params that a restart gave to single steps, by step id
 * @param stepConcurrency as in {@link RunFacts}; here, too, for those who read nothing but the row
 */
public record IterationFacts(
    long l,
    @Nullable Map<String, Object> v,
    @Nullable RestartPolicy p,
    RunFacts.@Nullable Restart r,
    Map<String, Param> o,
    Map<String, Map<String, Param>> s,
    @Nullable Long stepConcurrency,
    @Nullable Long instanceStepConcurrency) {
  private static final String BEGINNING = "{\"l\":";

  /** Of an iteration of a loop that starts from scratch. */
  public static IterationFacts of(
      long loopRun, LoopFacts loop, @Nullable Map<String, Object> values) {
    return new IterationFacts(
        loopRun,
        values,
        null,
        null,
        Map.of(),
        Map.of(),
        loop.stepConcurrency(),
        loop.instanceStepConcurrency());
  }

  /**
   * The same run by a restart.
   *
   * @param way from the iteration downwards; empty if all of it is run that has not succeeded
   */
  public IterationFacts again(RestartPolicy policy, List<RestartNode> way) {
    var given = way.isEmpty() ? null : way.getFirst().given();
    return new IterationFacts(
        l,
        v,
        policy,
        way.isEmpty() ? null : RunFacts.Restart.along(way),
        given == null ? Map.of() : given.runParams(),
        given == null ? Map.of() : given.stepParams(),
        stepConcurrency,
        instanceStepConcurrency);
  }

  /** Whether a row's facts are these and not those of a run that stands for itself. */
  public static boolean isIn(String facts) {
    return facts.startsWith(BEGINNING);
  }
}
