package org.maestro.model.loop;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loop in numbers. Times are epoch milliseconds.
 *
 * @param foreachWorkflowId the id of the workflow that its iterations are instances of
 * @param foreachRunId which pass over the loop it is, from 1
 * @param live whether it goes on
 * @param total how many iterations there are
 * @param concurrency how many may run at a time
 * @param maxFailures how many may fail before no more begin; null if the step doesn't say
 * @param counts iterations by status; those without any are left out
 * @param takenOver how many of those that succeeded did so before this pass, which goes on with
 *     them
 * @param withErrors how many succeeded although something within them failed, because its failure
 *     mode ignores that
 * @param firstStart when the first one began; null if none has
 * @param lastEnd when the last one ended; null if none has
 * @param ratePerSecond iterations of this pass that ended per second, since the first one began;
 *     null if fewer than two have
 * @param etaMs milliseconds until the rest has ended at this rate; null if unknown or ended
 * @param durationMs milliseconds of ended iterations by quantile: p50, p95, p99; null if there are
 *     too few
 * @param failures the most frequent ones, at most ten
 */
public record LoopSummary(
    String foreachWorkflowId,
    long foreachRunId,
    boolean live,
    long total,
    long concurrency,
    @Nullable Long maxFailures,
    Map<IterationStatus, Long> counts,
    long takenOver,
    long withErrors,
    @Nullable Long firstStart,
    @Nullable Long lastEnd,
    @Nullable Double ratePerSecond,
    @Nullable Long etaMs,
    @Nullable Map<String, Long> durationMs,
    List<FailureGroup> failures) {

  public LoopSummary {
    failures = List.copyOf(failures);
  }
}
