package org.maestro.model.instance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in numbers.
 *
 * @param totalStepCount of the definition, without what is inside of loops and subworkflows; null
 *     where the steps were not looked at
 * @param stepOverview the steps by status; null where they were not looked at
 * @param rollupOverview the leaf steps of the whole tree by status; null where nobody counted
 */
public record RunOverview(
    @Nullable Long totalStepCount,
    @Nullable Map<String, Steps> stepOverview,
    @Nullable Rollup rollupOverview,
    RunStatus runStatus) {

  /**
   * The steps of one status.
   *
   * @param steps number of the step in its instance, start and end in epoch milliseconds; null if
   *     they have not been created
   */
  public record Steps(long cnt, @Nullable List<List<@Nullable Long>> steps) {}

  /** Leaf steps of a tree of runs. */
  public record Rollup(long totalLeafCount, Map<String, Leaves> overview) {}

  /**
   * The leaf steps of one status.
   *
   * @param ref where they are, for statuses that ask for attention: {@code workflow:run} to {@code
   *     instance:step:attempt}; null for the others
   */
  public record Leaves(long cnt, @Nullable Map<String, List<String>> ref) {}
}
