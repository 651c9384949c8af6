package org.maestro.dsl.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * When a cron fires.
 *
 * <p>Five fields are read as Unix cron: minute, hour, day of month, month, day of week (0 and 7 are
 * Sunday). If neither day field begins with {@code *}, a day that one of them names is enough. Six
 * or seven fields are read as Quartz: second, minute, hour, day of month, month, day of week (1 is
 * Sunday) and perhaps year; one of the day fields must be {@code ?}; {@code L}, {@code W} and
 * {@code #} have their meaning there.
 *
 * <p>The fields name times on a wall clock. Where the clock of the zone is put forward or back, the
 * field of the hours decides:
 *
 * <ul>
 *   <li><b>Forward</b>: times that don't exist fire once, together, at the first instant after the
 *       gap. A cron that names all 24 hours fires again within the hour anyway, so it gets nothing
 *       for them.
 *   <li><b>Back</b>: times that come twice fire the first time only. A cron that names all 24
 *       hours, or at least two hours that are written with {@code *} or a step ({@code *}{@code
 *       /2}, {@code 1/6}, {@code 8-18/2}), counts on and fires both times.
 * </ul>
 *
 * So a cron of fixed hours fires exactly once per local day and named time, and one that repeats
 * never pauses for longer than its period plus the change of the clock. Instances are immutable.
 */
public final class CronSchedule {
  /** What is written in place of a cron's fields, in the order of their periods. */
  public enum Predefined {
    HOURLY("0 * * * *"),
    DAILY("0 0 * * *"),
    WEEKLY("0 0 * * 0"),
    MONTHLY("0 0 1 * *"),
    YEARLY("0 0 1 1 *");

    private final String cron;

    Predefined(String cron) {
      this.cron = cron;
    }

    /** A Unix cron of its times of day, on all days. */
    public String clockOnly() {
      return this == HOURLY ? cron : DAILY.cron;
    }

    /** The same as a Unix cron. */
    public String cron() {
      return cron;
    }
  }

  /**
   * Two times of day between which nothing fires.
   *
   * @param second may be on the next day
   * @param seconds how far they are apart
   */
  public record Neighbours(LocalTime first, LocalTime second, int seconds) {}

  /**
   * How far ahead is looked for the next time; no cron but one of past years stays silent longer.
   */
  private static final int HORIZON_YEARS = 130;

  private final WallTimes times;
  private final boolean countsOn;

  CronSchedule(WallTimes times, boolean hoursAreSteps) {
    this.times = times;
    this.countsOn = times.everyHour() || (hoursAreSteps && times.severalHours());
  }

  /**
   * Reads a cron.
   *
   * @throws IllegalArgumentException if it is none; its message is meant for the author
   */
  public static CronSchedule parse(String cron) {
    return CronText.parse(cron);
  }

  /** Whether any date fits; {@code 0 0 30 2 *} names none. */
  public boolean firesEver() {
    return times.nameAnything();
  }

  /**
   * The two firings that are nearest to each other on the clock; null if it never fires twice in
   * two days.
   */
  public @Nullable Neighbours nearestNeighbours() {
    return times.nearest();
  }

  /** The first firing after {@code after} in the zone; null if there is none. */
  public @Nullable Instant next(Instant after, ZoneId zone) {
    var rules = zone.getRules();
    var from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    var horizon = LocalDateTime.ofInstant(from, ZoneOffset.UTC).plusYears(HORIZON_YEARS);
    var begin = rules.isFixedOffset() ? null : rules.previousTransition(from.plusNanos(1));
    if (begin != null && begin.getInstant().equals(from) && firesAfter(begin)) {
      return from;
    }
    while (true) {
      var offset = rules.getOffset(from);
      var end = rules.nextTransition(from);
      var found =
          times.first(
              withoutRepetition(LocalDateTime.ofInstant(from, offset), begin),
              end == null ? horizon : end.getDateTimeBefore());
      if (found != null) {
        return found.toInstant(offset);
      }
      if (end == null || !end.getDateTimeBefore().isBefore(horizon)) {
        return null;
      }
      if (firesAfter(end)) {
        return end.getInstant();
      }
      from = end.getInstant();
      begin = end;
    }
  }

  /** Whether it goes on with the time that passes where the clock is put back. */
  public boolean countsOn() {
    return countsOn;
  }

  boolean everyHour() {
    return times.everyHour();
  }

  /** Whether it names anything in a part of a day, on whatever date. */
  boolean namesTimeOfDay(LocalDateTime from, LocalDateTime to) {
    return times.nameTimeOfDay(from, to);
  }

  /** The last time that it names within the day up to a time, and that time; null if none. */
  public @Nullable LocalDateTime lastNamed(LocalDateTime until) {
    var end = until.plusSeconds(1);
    LocalDateTime last = null;
    for (var named = times.first(until, end) == null ? times.first(until.minusDays(1), end) : until;
        named != null;
        named = times.first(named.plusSeconds(1), end)) {
      last = named;
    }
    return last;
  }

  /** Leaves out what the clock shows for the second time since {@code begin}. */
  private LocalDateTime withoutRepetition(
      LocalDateTime from, @Nullable ZoneOffsetTransition begin) {
    return begin != null
            && begin.isOverlap()
            && !countsOn
            && from.isBefore(begin.getDateTimeBefore())
        ? begin.getDateTimeBefore()
        : from;
  }

  /** Whether it fires at the end of a gap for what the gap swallows. */
  private boolean firesAfter(ZoneOffsetTransition change) {
    return change.isGap()
        && !times.everyHour()
        && times.first(change.getDateTimeBefore(), change.getDateTimeAfter()) != null;
  }
}
