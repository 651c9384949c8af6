package org.maestro.sel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads a date, with or without a time, in the forms of ISO 8601 that Joda-Time reads: calendar
 * days, ordinal days and weeks; a time alone; decimal fractions of hours, minutes and seconds.
 */
final class IsoDate {
  private static final int LONGEST = 64;
  private static final String DATE =
      "(?P<year>[+-]?[0-9]{1,9})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?"
          + "|-(?P<ordinal>[0-9]{1,3})|-[Ww](?P<week>[0-9]{1,2})(?:-(?P<weekday>[0-9]))?)?";
  private static final String TIME =
      "(?P<hour>[0-9]{1,2})"
          + "(?::(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:[.,](?P<ofsecond>[0-9]{1,9}))?"
          + "|[.,](?P<ofminute>[0-9]{1,9}))?|[.,](?P<ofhour>[0-9]{1,9}))?";
  private static final String OFFSET =
      "(?P<offset>[Zz]|[+-][0-9]{2}(?:[0-9]{2}(?:[0-9]{2})?|:[0-9]{2}(?::[0-9]{2})?)?)?";
  private static final Pattern DATE_AND_TIME =
      Pattern.compile(DATE + "(?:[Tt](?:" + TIME + ")?" + OFFSET + ")?");
  private static final Pattern TIME_ALONE = Pattern.compile("[Tt]" + TIME + OFFSET);

  private IsoDate() {}

  /**
   * The moment a text says.
   *
   * @param zone what to read it in if it says no offset, and the zone of the result; null to keep
   *     the offset it says, or UTC
   */
  static ZonedDateTime parse(String text, @Nullable ZoneId zone) {
    var fields = new DateFields();
    var matcher = matcher(text);
    if (matcher.pattern().equals(DATE_AND_TIME)) {
      readDate(matcher, fields);
    }
    readTime(matcher, fields);
    var offset = matcher.group("offset");
    if (offset != null) {
      fields.put(Moments.offset(offset));
    }
    return fields.moment(zone == null ? Moments.UTC : zone, zone == null);
  }

  private static Matcher matcher(String text) {
    if (text.length() <= LONGEST) {
      for (var pattern : new Pattern[] {DATE_AND_TIME, TIME_ALONE}) {
        var matcher = pattern.matcher(text);
        if (matcher.matches()) {
          return matcher;
        }
      }
    }
    throw new SelException(
        "expected a date such as 2024-05-31 or 2024-05-31T10:20:30.000Z, found '"
            + Moments.shown(text)
            + "'");
  }

  private static void readDate(Matcher matcher, DateFields fields) {
    var week = matcher.group("week");
    put(matcher, "year", week == null ? CalendarField.YEAR : CalendarField.WEEKYEAR, fields);
    put(matcher, "month", CalendarField.MONTH_OF_YEAR, fields);
    put(matcher, "day", CalendarField.DAY_OF_MONTH, fields);
    put(matcher, "ordinal", CalendarField.DAY_OF_YEAR, fields);
    put(matcher, "week", CalendarField.WEEK_OF_WEEKYEAR, fields);
    put(matcher, "weekday", CalendarField.DAY_OF_WEEK, fields);
  }

  private static void readTime(Matcher matcher, DateFields fields) {
    put(matcher, "hour", CalendarField.HOUR_OF_DAY, fields);
    put(matcher, "minute", CalendarField.MINUTE_OF_HOUR, fields);
    put(matcher, "second", CalendarField.SECOND_OF_MINUTE, fields);
    var millis =
        thousandths(matcher.group("ofsecond"), 1)
            + thousandths(matcher.group("ofminute"), 60)
            + thousandths(matcher.group("ofhour"), 3600);
    if (matcher.group("ofhour") != null) {
      fields.put(CalendarField.MINUTE_OF_HOUR, millis / 60_000);
    }
    if (millis >= 1000 || matcher.group("ofminute") != null) {
      fields.put(CalendarField.SECOND_OF_MINUTE, millis / 1000 % 60);
    }
    if (millis > 0) {
      fields.put(CalendarField.MILLIS_OF_SECOND, millis % 1000);
    }
  }

  private static void put(Matcher matcher, String group, CalendarField field, DateFields fields) {
    var digits = matcher.group(group);
    if (digits != null) {
      fields.put(field, Integer.parseInt(digits));
    }
  }

  /** The decimals of a number of seconds, in milliseconds, cut. */
  private static int thousandths(@Nullable String decimals, int seconds) {
    if (decimals == null) {
      return 0;
    }
    var billionths = Long.parseLong((decimals + "000000000").substring(0, 9));
    return (int) (billionths * seconds / 1_000_000);
  }
}
