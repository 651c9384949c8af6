package org.maestro.sel;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maestro.zones.Zones;

/**
 * Moments, zones and their texts in ISO form. The default zone is UTC, never the machine's, so a
 * result doesn't depend on where it was computed. A local time that a clock change skips moves
 * forward by the length of the gap; of two equal ones the earlier is meant.
 */
final class Moments {
  static final ZoneId UTC = Zones.of("UTC");

  static final Pattern OFFSET = Pattern.compile("[+-][0-9]{2}:?[0-9]{2}");
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
  private static final Pattern ISO =
      Pattern.compile(
          "([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"
              + "(?:T(?:([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})(?:[.,]([0-9]{1,9}))?)?)?)?"
              + "(Z|[+-][0-9]{2}:?[0-9]{2})?)?");
  private static final int LONGEST = 64;

  private Moments() {}

  static ZonedDateTime at(long millis, ZoneId zone) {
    return Instant.ofEpochMilli(millis).atZone(zone);
  }

  /** As {@code 2024-05-05T10:20:30.040+09:00}. */
  static String text(ZonedDateTime at) {
    return TEXT.format(at);
  }

  /** A zone of the time-zone database, or an offset such as {@code +09:00}. */
  static ZoneId zone(String id) {
    if (Zones.isName(id)) {
      return Zones.of(id);
    }
    var meant = Zones.suggestion(id);
    throw new SelException(Zones.problem(id), meant == null ? null : "did you mean " + meant + "?");
  }

  /**
   * Reads a date, with or without a time, in ISO form.
   *
   * @param zone what to read it in if it names no offset, and the zone of the result; null to keep
   *     the offset it names, or UTC
   */
  static ZonedDateTime parse(String text, @Nullable ZoneId zone) {
    var matcher = text.length() <= LONGEST ? ISO.matcher(text) : null;
    if (matcher == null || !matcher.matches()) {
      throw new SelException(
          "expected a date such as 2024-05-31 or 2024-05-31T10:20:30.000Z, found '"
              + shown(text)
              + "'");
    }
    var local =
        LocalDateTime.of(
            number(matcher.group(1), 1970),
            number(matcher.group(2), 1),
            number(matcher.group(3), 1),
            number(matcher.group(4), 0),
            number(matcher.group(5), 0),
            number(matcher.group(6), 0),
            nanos(matcher.group(7)));
    var offset = matcher.group(8);
    if (offset == null) {
      return local.atZone(zone == null ? UTC : zone);
    }
    var at = local.atZone(offset.equals("Z") ? UTC : ZoneOffset.of(offset));
    return zone == null ? at : at.withZoneSameInstant(zone);
  }

  private static int number(@Nullable String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  /** A fraction of a second, cut to milliseconds. */
  private static int nanos(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "000").substring(0, 3)) * 1_000_000;
  }

  /** A day written as the number yyyyMMdd. */
  static LocalDate date(long dateInt) {
    if (dateInt < 1_01_01 || dateInt > 9999_12_31) {
      throw new SelException("expected a date as yyyyMMdd, found " + dateInt);
    }
    return LocalDate.of(
        (int) (dateInt / 1_00_00), (int) (dateInt / 1_00 % 1_00), (int) (dateInt % 1_00));
  }

  /** The number yyyyMMdd of a day. */
  static long dateInt(LocalDate date) {
    if (date.getYear() < 0 || date.getYear() > 9999) {
      throw new SelException("expected a date of the years 0 to 9999, found " + date);
    }
    return date.getYear() * 1_00_00L + date.getMonthValue() * 1_00L + date.getDayOfMonth();
  }

  /** What of a text fits a message. */
  static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
