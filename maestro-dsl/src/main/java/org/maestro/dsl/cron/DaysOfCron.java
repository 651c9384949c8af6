package org.maestro.dsl.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/**
 * Which days a cron names.
 *
 * @param ofMonth what its day-of-month field says
 * @param ofWeek what its day-of-week field says
 * @param either whether one of the two is enough; else a day must be named by both
 */
record DaysOfCron(OfMonth ofMonth, OfWeek ofWeek, boolean either) {

  /**
   * Days by their number.
   *
   * @param days bit n: the n-th of the month
   * @param beforeLast bit n: n days before the last of the month
   * @param nearestWeekdays bit n: the weekday (Monday to Friday) nearest to the n-th, same month
   * @param lastWeekday the month's last weekday
   */
  record OfMonth(long days, long beforeLast, long nearestWeekdays, boolean lastWeekday) {
    boolean names(LocalDate date) {
      var day = date.getDayOfMonth();
      var length = date.lengthOfMonth();
      return has(days, day)
          || has(beforeLast, length - day)
          || (lastWeekday && day == nearestWeekday(date, length))
          || (nearestWeekdays != 0 && isNearestWeekday(date, length));
    }

    private boolean isNearestWeekday(LocalDate date, int length) {
      for (var day = 1; day <= length; day++) {
        if (has(nearestWeekdays, day) && nearestWeekday(date, day) == date.getDayOfMonth()) {
          return true;
        }
      }
      return false;
    }

    private static int nearestWeekday(LocalDate month, int day) {
      return switch (month.withDayOfMonth(day).getDayOfWeek()) {
        case SATURDAY -> day == 1 ? 3 : day - 1;
        case SUNDAY -> day == month.lengthOfMonth() ? day - 2 : day + 1;
        case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
      };
    }
  }

  /**
   * Days by their name.
   *
   * @param days bit n: the day of the week with the ISO number n
   * @param last the same, but only the last one of the month
   * @param nth only the n-th one of the month
   */
  record OfWeek(long days, long last, List<Nth> nth) {
    OfWeek {
      nth = List.copyOf(nth);
    }

    boolean names(LocalDate date) {
      var day = date.getDayOfWeek();
      var number = (date.getDayOfMonth() - 1) / 7 + 1;
      return has(days, day.getValue())
          || (has(last, day.getValue()) && date.getDayOfMonth() + 7 > date.lengthOfMonth())
          || nth.contains(new Nth(day, number));
    }
  }

  /** The n-th such day of a month, from 1. */
  record Nth(DayOfWeek day, int number) {}

  boolean names(LocalDate date) {
    return either
        ? ofMonth.names(date) || ofWeek.names(date)
        : ofMonth.names(date) && ofWeek.names(date);
  }

  private static boolean has(long bits, int bit) {
    return (bits >>> bit & 1) != 0;
  }
}
