package org.maestro.sel;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;

/**
 * One field of a local date and time, read, set and rounded as Joda-Time does it. The fields of a
 * text take effect by rank, longer ones first.
 */
enum CalendarField {
  ERA("era", 0, ChronoField.ERA),
  CENTURY_OF_ERA("centuryOfEra", 1, ChronoField.YEAR),
  YEAR("year", 2, ChronoField.YEAR),
  YEAR_OF_ERA("yearOfEra", 2, ChronoField.YEAR_OF_ERA),
  WEEKYEAR("weekyear", 2, IsoFields.WEEK_BASED_YEAR),
  MONTH_OF_YEAR("monthOfYear", 3, ChronoField.MONTH_OF_YEAR),
  WEEK_OF_WEEKYEAR("weekOfWeekyear", 4, IsoFields.WEEK_OF_WEEK_BASED_YEAR),
  DAY_OF_YEAR("dayOfYear", 5, ChronoField.DAY_OF_YEAR),
  DAY_OF_MONTH("dayOfMonth", 6, ChronoField.DAY_OF_MONTH),
  DAY_OF_WEEK("dayOfWeek", 7, ChronoField.DAY_OF_WEEK),
  HALFDAY_OF_DAY("halfdayOfDay", 8, ChronoField.AMPM_OF_DAY),
  HOUR_OF_DAY("hourOfDay", 9, ChronoField.HOUR_OF_DAY),
  CLOCKHOUR_OF_DAY("clockhourOfDay", 9, ChronoField.CLOCK_HOUR_OF_DAY),
  MINUTE_OF_DAY("minuteOfDay", 10, ChronoField.MINUTE_OF_DAY),
  SECOND_OF_DAY("secondOfDay", 11, ChronoField.SECOND_OF_DAY),
  MILLIS_OF_DAY("millisOfDay", 12, ChronoField.MILLI_OF_DAY),
  HOUR_OF_HALFDAY("hourOfHalfday", 13, ChronoField.HOUR_OF_AMPM),
  CLOCKHOUR_OF_HALFDAY("clockhourOfHalfday", 13, ChronoField.CLOCK_HOUR_OF_AMPM),
  MINUTE_OF_HOUR("minuteOfHour", 14, ChronoField.MINUTE_OF_HOUR),
  SECOND_OF_MINUTE("secondOfMinute", 15, ChronoField.SECOND_OF_MINUTE),
  MILLIS_OF_SECOND("millisOfSecond", 16, ChronoField.MILLI_OF_SECOND);

  /** The years whose every moment fits 64 bits of milliseconds. */
  private static final int FIRST_YEAR = -292_275_054;

  private static final int LAST_YEAR = 292_278_993;
  private static final LocalDateTime FIRST_MOMENT =
      LocalDateTime.ofInstant(Instant.ofEpochMilli(Long.MIN_VALUE), ZoneOffset.UTC);

  private final String shown;
  private final int rank;
  private final TemporalField field;

  CalendarField(String shown, int rank, TemporalField field) {
    this.shown = shown;
    this.rank = rank;
    this.field = field;
  }

  /** The name Joda-Time has for it. */
  String shown() {
    return shown;
  }

  int rank() {
    return rank;
  }

  /** Whether a text whose longest field this is says no year. */
  boolean lacksYear() {
    return rank >= MONTH_OF_YEAR.rank && rank <= DAY_OF_WEEK.rank;
  }

  int of(LocalDateTime at) {
    return this == CENTURY_OF_ERA ? Math.abs(at.getYear()) / 100 : at.get(field);
  }

  int least(LocalDateTime at) {
    return switch (this) {
      case YEAR, WEEKYEAR -> FIRST_YEAR;
      case CENTURY_OF_ERA -> 0;
      default -> (int) at.range(field).getMinimum();
    };
  }

  int most(LocalDateTime at) {
    return switch (this) {
      case YEAR, WEEKYEAR, YEAR_OF_ERA -> LAST_YEAR;
      case CENTURY_OF_ERA -> LAST_YEAR / 100;
      default -> (int) at.range(field).getMaximum();
    };
  }

  /**
   * The time with another value of this field; a day that its month hasn't becomes the last one.
   */
  LocalDateTime with(LocalDateTime at, long value) {
    var least = least(at);
    var most = most(at);
    if (value < least || value > most) {
      throw new SelException(
          "expected %s in the range of %d to %d, found %d".formatted(shown, least, most, value));
    }
    var year = at.getYear();
    return switch (this) {
      case ERA -> of(at) == value ? at : at.withYear(-year);
      case CENTURY_OF_ERA -> {
        var ofEra = (int) value * 100 + Math.abs(year) % 100;
        yield at.withYear(year < 0 ? -ofEra : ofEra);
      }
      default -> at.with(field, value);
    };
  }

  /** The first moment with this value of this field and the same longer ones. */
  LocalDateTime floor(LocalDateTime at) {
    return switch (this) {
      case ERA -> of(at) == 1 ? startOfYear(at.withYear(1)) : FIRST_MOMENT;
      case CENTURY_OF_ERA -> startOfYear(at.withYear(at.getYear() / 100 * 100));
      case YEAR, YEAR_OF_ERA -> startOfYear(at);
      case WEEKYEAR -> WEEK_OF_WEEKYEAR.floor(at.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1));
      case MONTH_OF_YEAR -> startOfDay(at.withDayOfMonth(1));
      case WEEK_OF_WEEKYEAR -> startOfDay(at.with(ChronoField.DAY_OF_WEEK, 1));
      case DAY_OF_YEAR, DAY_OF_MONTH, DAY_OF_WEEK -> startOfDay(at);
      case HALFDAY_OF_DAY -> at.truncatedTo(ChronoUnit.HALF_DAYS);
      case HOUR_OF_DAY, CLOCKHOUR_OF_DAY, HOUR_OF_HALFDAY, CLOCKHOUR_OF_HALFDAY ->
          at.truncatedTo(ChronoUnit.HOURS);
      case MINUTE_OF_DAY, MINUTE_OF_HOUR -> at.truncatedTo(ChronoUnit.MINUTES);
      case SECOND_OF_DAY, SECOND_OF_MINUTE -> at.truncatedTo(ChronoUnit.SECONDS);
      case MILLIS_OF_DAY, MILLIS_OF_SECOND -> at.truncatedTo(ChronoUnit.MILLIS);
    };
  }

  private static LocalDateTime startOfYear(LocalDateTime at) {
    return startOfDay(at.withDayOfYear(1));
  }

  private static LocalDateTime startOfDay(LocalDateTime at) {
    return at.truncatedTo(ChronoUnit.DAYS);
  }
}
