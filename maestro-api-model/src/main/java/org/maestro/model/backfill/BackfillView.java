package org.maestro.model.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.param.Param;

/**
 * A back-fill as REST shows it. Times are epoch milliseconds.
 *
 * @param problem why it paused by itself; absent if it did not
 * @param version as it was asked for
 * @param createdBy who made it
 * @param range what it goes over
 * @param param the run param that gets each value
 * @param order which values run first
 * @param concurrency how many of its runs there may be at a time
 * @param maxFailures how many values may fail before it pauses: all, a number or a percentage, as
 *     it was asked for; absent for all
 * @param runParams parameters of all of its runs
 * @param firstValue the one that is run first
 * @param lastValue the one that is run last
 * @param counts how its values stand
 * @param runsPerSecond how fast it goes
 * @param etaMillis when it will have ended if it goes on as lately; absent while nobody can say
 * @param failures some of the runs that did not succeed; absent in lists
 * @param unreadable why the rest of it can't be read, in lists; absent if it can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackfillView(
    String id,
    String workflowId,
    String version,
    BackfillStatus status,
    @Nullable String problem,
    String createdBy,
    long createTime,
    long modifyTime,
    @Nullable Long endTime,
    BackfillRange range,
    String param,
    BackfillOrder order,
    long concurrency,
    @Nullable String maxFailures,
    Map<String, Param> runParams,
    @Nullable String firstValue,
    @Nullable String lastValue,
    Counts counts,
    double runsPerSecond,
    @Nullable Long etaMillis,
    @Nullable List<ValueRun> failures,
    @Nullable String unreadable) {

  /**
   * How its values stand.
   *
   * @param total how many it has
   * @param succeeded ended well
   * @param failed ended FAILED
   * @param timedOut ended TIMED_OUT
   * @param stopped ended STOPPED
   * @param skipped left out because they had been run before; not part of the total
   * @param waiting not started yet, or to be restarted
   * @param running accepted and not ended
   */
  public record Counts(
      long total,
      long skipped,
      long waiting,
      long running,
      long succeeded,
      long failed,
      long timedOut,
      long stopped) {}

  /**
   * A value and what became of it.
   *
   * @param number its place in the order of running, from 0
   * @param value as the run gets it
   * @param status null if it has no run yet
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ValueRun(
      long number,
      String value,
      @Nullable RunStatus status,
      @Nullable Long workflowInstanceId,
      @Nullable Long workflowRunId) {}
}
