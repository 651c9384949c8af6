package org.maestro.model.backfill;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;

/**
 * What a back-fill is asked with. Exactly one of {@code days}, {@code hours}, {@code cron} and
 * {@code values} says what it goes over.
 *
 * @param version number, {@code active} (if left out), {@code latest} or {@code default}
 * @param days every so many days
 * @param hours every so many hours
 * @param cron the times at which a cron fires
 * @param values texts, numbers or booleans, at most 10,000, each once
 * @param zone of the clock that the range is of; that of the workflow's first time trigger, or UTC,
 *     if left out
 * @param param the run param that gets each value; {@code RUN_TS} for times, if left out
 * @param order which values run first: oldest_first (if left out) or newest_first
 * @param concurrency how many run at a time, 1 to 1,000; 1 if left out
 * @param runParams parameters of all of its runs
 * @param skip which values are left out because they have been run before: none (if left out),
 *     succeeded or started
 * @param maxFailures how many values may fail before it pauses and says so: all (if left out), a
 *     number, or a percentage of them such as {@code 10%}
 */
public record BackfillBody(
    @Nullable String version,
    @Nullable Range days,
    @Nullable Range hours,
    @Nullable Cron cron,
    @Nullable List<Object> values,
    @Nullable String zone,
    @Nullable String param,
    @Nullable String order,
    @Nullable Long concurrency,
    @ShownAs(schema = "GivenParams") @Nullable Map<String, Object> runParams,
    @Nullable String skip,
    @Nullable Object maxFailures) {

  /**
   * Days or hours.
   *
   * @param from the first one: 20210131, 2021-01-31, 2021013106 or 2021-01-31T06:00
   * @param to the last one, written likewise; it is part of the range
   * @param step every so many; 1 if left out
   */
  public record Range(String from, String to, @Nullable Long step) {}

  /**
   * The times of a cron.
   *
   * @param expression such as {@code 0 6 * * *}
   * @param from the first time, written as in days and hours
   * @param to the last time; a day lasts until its end
   */
  public record Cron(String expression, String from, String to) {}
}
