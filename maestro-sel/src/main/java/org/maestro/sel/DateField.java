package org.maestro.sel;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Locale;

/** The calendar fields of a moment, under their Joda names; weeks are ISO weeks. */
enum DateField {
  YEAR("year", ChronoField.YEAR, true),
  MONTH_OF_YEAR("monthOfYear", ChronoField.MONTH_OF_YEAR, true),
  WEEKYEAR("weekyear", IsoFields.WEEK_BASED_YEAR, true),
  WEEK_OF_WEEKYEAR("weekOfWeekyear", IsoFields.WEEK_OF_WEEK_BASED_YEAR, true),
  DAY_OF_YEAR("dayOfYear", ChronoField.DAY_OF_YEAR, true),
  DAY_OF_MONTH("dayOfMonth", ChronoField.DAY_OF_MONTH, true),
  DAY_OF_WEEK("dayOfWeek", ChronoField.DAY_OF_WEEK, true),
  HOUR_OF_DAY("hourOfDay", ChronoField.HOUR_OF_DAY, true),
  MINUTE_OF_DAY("minuteOfDay", ChronoField.MINUTE_OF_DAY, false),
  MINUTE_OF_HOUR("minuteOfHour", ChronoField.MINUTE_OF_HOUR, true),
  SECOND_OF_DAY("secondOfDay", ChronoField.SECOND_OF_DAY, false),
  SECOND_OF_MINUTE("secondOfMinute", ChronoField.SECOND_OF_MINUTE, true),
  MILLIS_OF_DAY("millisOfDay", ChronoField.MILLI_OF_DAY, true),
  MILLIS_OF_SECOND("millisOfSecond", ChronoField.MILLI_OF_SECOND, true);

  private final String accessor;
  private final TemporalField field;
  private final boolean settable;

  DateField(String accessor, TemporalField field, boolean settable) {
    this.accessor = accessor;
    this.field = field;
    this.settable = settable;
  }

  /** The accessor of the property: {@code monthOfYear}. */
  String accessor() {
    return accessor;
  }

  /** The name as the end of a longer one: {@code MonthOfYear}. */
  String capitalised() {
    return Character.toUpperCase(accessor.charAt(0)) + accessor.substring(1);
  }

  /** Whether DateTime has a {@code with…} method for it. */
  boolean settable() {
    return settable;
  }

  long of(ZonedDateTime at) {
    return at.get(field);
  }

  /** The moment with another value of this field; a day that no month has becomes its last one. */
  ZonedDateTime set(ZonedDateTime at, long value) {
    return at.with(field, value);
  }

  long least(ZonedDateTime at) {
    return at.range(field).getMinimum();
  }

  long most(ZonedDateTime at) {
    return at.range(field).getMaximum();
  }

  /** The English name of a month or weekday, the number of anything else. */
  String text(ZonedDateTime at) {
    if (this == MONTH_OF_YEAR) {
      return at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
    if (this == DAY_OF_WEEK) {
      return at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
    return Long.toString(of(at));
  }
}
