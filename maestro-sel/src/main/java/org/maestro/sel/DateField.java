package org.maestro.sel;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** The calendar fields of a moment, under their Joda names; weeks are ISO weeks. */
enum DateField {
  YEAR(CalendarField.YEAR, true),
  MONTH_OF_YEAR(CalendarField.MONTH_OF_YEAR, true),
  WEEKYEAR(CalendarField.WEEKYEAR, true),
  WEEK_OF_WEEKYEAR(CalendarField.WEEK_OF_WEEKYEAR, true),
  DAY_OF_YEAR(CalendarField.DAY_OF_YEAR, true),
  DAY_OF_MONTH(CalendarField.DAY_OF_MONTH, true),
  DAY_OF_WEEK(CalendarField.DAY_OF_WEEK, true),
  HOUR_OF_DAY(CalendarField.HOUR_OF_DAY, true),
  MINUTE_OF_DAY(CalendarField.MINUTE_OF_DAY, false),
  MINUTE_OF_HOUR(CalendarField.MINUTE_OF_HOUR, true),
  SECOND_OF_DAY(CalendarField.SECOND_OF_DAY, false),
  SECOND_OF_MINUTE(CalendarField.SECOND_OF_MINUTE, true),
  MILLIS_OF_DAY(CalendarField.MILLIS_OF_DAY, true),
  MILLIS_OF_SECOND(CalendarField.MILLIS_OF_SECOND, true);

  private final CalendarField field;
  private final boolean settable;

  DateField(CalendarField field, boolean settable) {
    this.field = field;
    this.settable = settable;
  }

  /** The accessor of the property: {@code monthOfYear}. */
  String accessor() {
    return field.shown();
  }

  /** The name as the end of a longer one: {@code MonthOfYear}. */
  String capitalised() {
    return Character.toUpperCase(accessor().charAt(0)) + accessor().substring(1);
  }

  /** Whether DateTime has a {@code with…} method for it. */
  boolean settable() {
    return settable;
  }

  long of(ZonedDateTime at) {
    return field.of(at.toLocalDateTime());
  }

  /**
   * The moment with another value of this field, at the same offset if that is possible.
   *
   * @throws SelException if there is no such value, or the clock skips the time that would have it
   */
  ZonedDateTime set(ZonedDateTime at, long value) {
    var local = field.with(at.toLocalDateTime(), value);
    var moved = Moments.keepingOffset(local, at);
    if (of(moved) != value) {
      throw Moments.skipped(local, at.getZone());
    }
    return moved;
  }

  /** With the least value; if the clock skips that time, the moment at which the clock moved. */
  ZonedDateTime setLeast(ZonedDateTime at) {
    var least = field.least(at.toLocalDateTime());
    var moved = Moments.keepingOffset(field.with(at.toLocalDateTime(), least), at);
    return of(moved) == least ? moved : Moments.afterChange(at);
  }

  /** With the greatest value; if the clock skips that time, the last one before it moved. */
  ZonedDateTime setMost(ZonedDateTime at) {
    var most = field.most(at.toLocalDateTime());
    var moved = Moments.keepingOffset(field.with(at.toLocalDateTime(), most), at);
    return of(moved) == most ? moved : Moments.beforeChange(at);
  }

  /** The English name of a month or weekday, the number of anything else. */
  String text(ZonedDateTime at) {
    return switch (this) {
      case MONTH_OF_YEAR -> at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case DAY_OF_WEEK -> at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      default -> Long.toString(of(at));
    };
  }
}
