package org.maestro.dsl.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The dates and times of day that a cron names, on a clock that is never put forward or back.
 *
 * @param seconds bit n: the second n of a minute; never 0
 * @param minutes bit n: the minute n of an hour; never 0
 * @param hours bit n: the hour n of a day; never 0
 * @param months bit n: the month n, from 1; never 0
 * @param years by number; null for all
 */
record WallTimes(
    long seconds, long minutes, long hours, long months, DaysOfCron days, @Nullable BitSet years) {
  private static final int NONE = 64;
  private static final int DAY = 86_400;
  private static final LocalDate FIRST_DATE = LocalDate.of(1970, 1, 1);

  /** Leap days fall on every day of the week within it. */
  private static final LocalDate LAST_DATE = LocalDate.of(2099, 12, 31);

  boolean everyHour() {
    return Long.bitCount(hours) == 24;
  }

  boolean severalHours() {
    return Long.bitCount(hours) > 1;
  }

  /** The first of them from {@code from} on, in whole seconds; null if none is before the end. */
  @Nullable LocalDateTime first(LocalDateTime from, LocalDateTime end) {
    var date = nextDate(from.toLocalDate(), end.toLocalDate());
    if (date == null) {
      return null;
    }
    var second =
        secondOfDay(date.equals(from.toLocalDate()) ? from.toLocalTime().toSecondOfDay() : 0);
    if (second < 0) {
      date = nextDate(date.plusDays(1), end.toLocalDate());
      second = secondOfDay(0);
    }
    if (date == null) {
      return null;
    }
    var found = date.atTime(LocalTime.ofSecondOfDay(second));
    return found.isBefore(end) ? found : null;
  }

  /** The first named second of a day from the given one on; -1 if there is none. */
  private int secondOfDay(int from) {
    var hour = from / 3_600;
    var minute = from / 60 % 60;
    var second = next(seconds, from % 60);
    if (second == NONE) {
      second = next(seconds, 0);
      minute++;
    }
    var namedMinute = next(minutes, minute);
    if (namedMinute != minute) {
      second = next(seconds, 0);
    }
    if (namedMinute == NONE) {
      namedMinute = next(minutes, 0);
      hour++;
    }
    var namedHour = next(hours, hour);
    if (namedHour == NONE) {
      return -1;
    }
    return namedHour == hour
        ? hour * 3_600 + namedMinute * 60 + second
        : namedHour * 3_600 + next(minutes, 0) * 60 + next(seconds, 0);
  }

  private static int next(long bits, int from) {
    return from >= NONE ? NONE : Long.numberOfTrailingZeros(bits & (-1L << from));
  }

  /** The first named date from {@code from} to {@code last}; null if there is none. */
  private @Nullable LocalDate nextDate(LocalDate from, LocalDate last) {
    var date = from;
    while (!date.isAfter(last)) {
      if (years != null && !years.get(date.getYear())) {
        var year = years.nextSetBit(date.getYear());
        if (year < 0) {
          return null;
        }
        date = LocalDate.of(year, 1, 1);
      } else if ((months >>> date.getMonthValue() & 1) == 0) {
        date = date.withDayOfMonth(1).plusMonths(1);
      } else if (days.names(date)) {
        return date;
      } else {
        date = date.plusDays(1);
      }
    }
    return null;
  }

  /** Whether they name anything in a part of a day, whatever the date. */
  boolean nameTimeOfDay(LocalDateTime from, LocalDateTime to) {
    var end = to.toLocalDate().isAfter(from.toLocalDate()) ? DAY : to.toLocalTime().toSecondOfDay();
    var second = secondOfDay(from.toLocalTime().toSecondOfDay());
    return second >= 0 && second < end;
  }

  /** Whether they name any date at all. */
  boolean nameAnything() {
    return nextDate(FIRST_DATE, LAST_DATE) != null;
  }

  /** The two that are nearest to each other; null if there are no two. */
  CronSchedule.@Nullable Neighbours nearest() {
    var first = secondOfDay(0);
    var nearest = DAY;
    var nearestFrom = first;
    var last = first;
    for (var next = secondOfDay(first + 1);
        next >= 0;
        next = last + 1 < DAY ? secondOfDay(last + 1) : -1) {
      if (next - last < nearest) {
        nearest = next - last;
        nearestFrom = last;
      }
      last = next;
    }
    if (first + DAY - last < nearest && nameConsecutiveDays()) {
      return neighbours(last, first + DAY);
    }
    return nearest < DAY ? neighbours(nearestFrom, nearestFrom + nearest) : null;
  }

  private static CronSchedule.Neighbours neighbours(int one, int other) {
    return new CronSchedule.Neighbours(
        LocalTime.ofSecondOfDay(one), LocalTime.ofSecondOfDay(other % DAY), other - one);
  }

  private boolean nameConsecutiveDays() {
    var date = nextDate(FIRST_DATE, LAST_DATE);
    while (date != null) {
      var next = nextDate(date.plusDays(1), LAST_DATE);
      if (date.plusDays(1).equals(next)) {
        return true;
      }
      date = next;
    }
    return false;
  }
}
