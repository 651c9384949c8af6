package org.maestro.zones;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of the time-zone database's lines. */
final class ZoneFields {
  private ZoneFields() {}

  /** What a time of day is counted by. */
  enum Base {
    /** What clocks show. */
    WALL,
    /** What they would show without daylight saving. */
    STANDARD,
    UTC
  }

  /**
   * A time of day.
   *
   * @param seconds from midnight; below 0 and beyond 24 hours name neighbouring days
   */
  record At(int seconds, Base base) {
    static At read(String text) {
      var last = Character.toLowerCase(text.charAt(text.length() - 1));
      var base =
          switch (last) {
            case 's' -> Base.STANDARD;
            case 'u', 'g', 'z' -> Base.UTC;
            default -> Base.WALL;
          };
      var digits = Character.isLetter(last) ? text.substring(0, text.length() - 1) : text;
      return new At(ZoneFields.seconds(digits), base);
    }
  }

  /** Hours, and perhaps minutes and seconds, with a sign. */
  static int seconds(String text) {
    if (text.equals("-")) {
      return 0;
    }
    var negative = text.startsWith("-");
    var parts = (negative ? text.substring(1) : text).split(":", -1);
    var seconds = 0;
    for (var i = 0; i < parts.length; i++) {
      // A fraction is finer than any clock that follows these rules.
      var whole = (int) Math.round(Double.parseDouble(parts[i]));
      seconds += whole * (i == 0 ? 3_600 : i == 1 ? 60 : 1);
    }
    return negative ? -seconds : seconds;
  }

  /** How much clocks are put forward; a letter after it says only how that is called. */
  static int saving(String text) {
    var last = text.charAt(text.length() - 1);
    return seconds(last == 's' || last == 'd' ? text.substring(0, text.length() - 1) : text);
  }

  /**
   * A day of a year.
   *
   * @param day of the month; 0 for its last
   * @param weekday null if the day of the month says it all
   * @param before whether the weekday is looked for backwards
   */
  record Day(Month month, int day, @Nullable DayOfWeek weekday, boolean before) {
    static Day read(String month, String on) {
      var at = monthOf(month);
      if (on.startsWith("last")) {
        return new Day(at, 0, weekdayOf(on.substring(4)), true);
      }
      var sign = Math.max(on.indexOf('<'), on.indexOf('>'));
      return sign < 0
          ? new Day(at, Integer.parseInt(on), null, false)
          : new Day(
              at,
              Integer.parseInt(on.substring(sign + 2)),
              weekdayOf(on.substring(0, sign)),
              on.charAt(sign) == '<');
    }

    LocalDate in(int year) {
      var first = LocalDate.of(year, month, 1);
      var date =
          day == 0 ? first.with(TemporalAdjusters.lastDayOfMonth()) : first.plusDays(day - 1L);
      if (weekday == null) {
        return date;
      }
      return date.with(
          before
              ? TemporalAdjusters.previousOrSame(weekday)
              : TemporalAdjusters.nextOrSame(weekday));
    }
  }

  /**
   * A line of a rule.
   *
   * @param until the last year that it holds in; {@link #FOR_EVER}
   */
  record Rule(int from, int until, Day day, At at, int saving) {
    static final int FOR_EVER = Integer.MAX_VALUE;

    /** FROM, TO, -, IN, ON, AT, SAVE. */
    static Rule read(List<String> fields) {
      var from = Integer.parseInt(fields.get(0));
      var to = fields.get(1);
      return new Rule(
          from,
          to.startsWith("o") ? from : to.startsWith("ma") ? FOR_EVER : Integer.parseInt(to),
          Day.read(fields.get(3), fields.get(4)),
          At.read(fields.get(5)),
          ZoneFields.saving(fields.get(6)));
    }
  }

  /** The moment until which a zone's line holds. */
  record Until(LocalDate date, At at) {
    /** A year, and perhaps month, day and time. */
    static Until read(List<String> fields) {
      var year = Integer.parseInt(fields.getFirst());
      var day =
          Day.read(
              fields.size() > 1 ? fields.get(1) : "Jan", fields.size() > 2 ? fields.get(2) : "1");
      return new Until(day.in(year), At.read(fields.size() > 3 ? fields.get(3) : "0"));
    }
  }

  private static Month monthOf(String text) {
    return named(Month.values(), text);
  }

  private static DayOfWeek weekdayOf(String text) {
    return named(DayOfWeek.values(), text);
  }

  /** Names may be cut short as long as they are clear. */
  private static <E extends Enum<E>> E named(E[] all, String text) {
    var word = text.toUpperCase(Locale.ROOT);
    for (var one : all) {
      if (one.name().startsWith(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException("expected a month or a day of the week, found " + text);
  }
}
