package org.maestro.model.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a back-fill would do.
 *
 * @param dryRun true
 * @param version as it was asked for
 * @param param the run param that would get each value
 * @param range what it would go over
 * @param order which values would run first
 * @param total how many values would be run
 * @param skipped how many would be left out because they have been run before
 * @param firstValues those that would be run first, at most three
 * @param lastValues those that would be run last, at most three
 * @param alreadyRan which of the range have been run before
 * @param concurrency how many were asked to run at a time
 * @param concurrencyInForce how many the workflow's run strategy lets run at a time
 * @param maxFailures how many values might fail before no more were started; absent if all might
 */
public record BackfillPlan(
    boolean dryRun,
    String workflowId,
    String version,
    String param,
    BackfillOrder order,
    BackfillRange range,
    long total,
    long skipped,
    List<String> firstValues,
    List<String> lastValues,
    Seen alreadyRan,
    long concurrency,
    long concurrencyInForce,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long maxFailures) {

  public BackfillPlan {
    firstValues = List.copyOf(firstValues);
    lastValues = List.copyOf(lastValues);
  }

  /**
   * Which values of a range have been run before.
   *
   * @param succeeded how many have succeeded
   * @param started how many have been started, however that ended
   * @param instancesLookedAt how many instances were looked at
   * @param allInstancesLookedAt whether those were all
   */
  public record Seen(
      long succeeded, long started, long instancesLookedAt, boolean allInstancesLookedAt) {}
}
