package org.maestro.sel;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.maestro.zones.Zones;

/**
 * Moments, zones and what Joda-Time makes of local times that a clock change skips or repeats. The
 * default zone is UTC, never the machine's, so a result doesn't depend on where it was computed.
 */
final class Moments {
  static final ZoneId UTC = Zones.of("UTC");

  private static final Pattern OFFSET =
      Pattern.compile("[+-][0-9]{2}(?:[0-9]{2}(?:[0-9]{2})?|:[0-9]{2}(?::[0-9]{2})?)?");
  private static final int LONGEST = 64;

  private Moments() {}

  static ZonedDateTime at(long millis, ZoneId zone) {
    return Instant.ofEpochMilli(millis).atZone(zone);
  }

  /** As {@code 2024-05-05T10:20:30.040+09:00}. */
  static String text(ZonedDateTime at) {
    var text = new StringBuilder(32);
    pad(at.getYear(), 4, text);
    text.append('-');
    pad(at.getMonthValue(), 2, text);
    text.append('-');
    pad(at.getDayOfMonth(), 2, text);
    text.append('T');
    pad(at.getHour(), 2, text);
    text.append(':');
    pad(at.getMinute(), 2, text);
    text.append(':');
    pad(at.getSecond(), 2, text);
    text.append('.');
    pad(at.getNano() / 1_000_000, 3, text);
    return text.append(at.getOffset().getId()).toString();
  }

  static void pad(int number, int width, StringBuilder into) {
    var digits = Integer.toString(Math.abs(number));
    into.append(number < 0 ? "-" : "").repeat('0', Math.max(0, width - digits.length()));
    into.append(digits);
  }

  /** A zone of the time-zone database, or an offset such as {@code +09:00}. */
  static ZoneId zone(String id) {
    if (id.length() <= LONGEST && OFFSET.matches(id)) {
      return zone(offset(id));
    }
    if (Zones.isName(id)) {
      return Zones.of(id);
    }
    var meant = Zones.suggestion(id);
    throw new SelException(Zones.problem(id), meant == null ? null : "did you mean " + meant + "?");
  }

  /** Z, or a sign, hours, and perhaps minutes and seconds. */
  static ZoneOffset offset(String text) {
    if (text.equalsIgnoreCase("Z")) {
      return ZoneOffset.UTC;
    }
    var digits = text.substring(1).replace(":", "");
    var seconds = 3600 * part(digits, 0, 23) + 60 * part(digits, 2, 59) + part(digits, 4, 59);
    if (seconds > ZoneOffset.MAX.getTotalSeconds()) {
      throw new SelException("expected an offset in the range of 18 hours, found " + text);
    }
    return ZoneOffset.ofTotalSeconds(text.startsWith("-") ? -seconds : seconds);
  }

  private static int part(String digits, int at, int most) {
    var part = at < digits.length() ? Integer.parseInt(digits.substring(at, at + 2)) : 0;
    if (part > most) {
      throw new SelException("expected at most %d in an offset, found %d".formatted(most, part));
    }
    return part;
  }

  /** The zone of an offset; no offset at all is UTC. */
  static ZoneId zone(ZoneOffset offset) {
    return offset.getTotalSeconds() == 0 ? UTC : offset;
  }

  // --- local times

  /**
   * Moves by calendar units in local time, by hours and shorter ones in elapsed time. Of a local
   * time that comes twice the first is meant, whichever it came from; one that is skipped moves
   * forward by the length of the gap. Nothing added changes nothing.
   */
  static ZonedDateTime plus(ZonedDateTime at, long count, ChronoUnit unit) {
    if (count == 0) {
      return at;
    }
    var moved =
        unit.isDateBased()
            ? first(at.toLocalDateTime().plus(count, unit), at.getZone())
            : at.plus(count, unit);
    return counted(moved);
  }

  /**
   * A local time that is written out: one that is skipped is refused, of two the first is meant.
   */
  static ZonedDateTime written(LocalDateTime local, ZoneId zone) {
    if (isSkipped(local, zone)) {
      throw skipped(local, zone);
    }
    return counted(first(local, zone));
  }

  /**
   * The first of the two moments, except where the clock falls back over the date line: a time that
   * would be after the change if it were UTC is the second.
   */
  private static ZonedDateTime first(LocalDateTime local, ZoneId zone) {
    var first = local.atZone(zone);
    if (first.getOffset().getTotalSeconds() <= 0) {
      return first;
    }
    var second = first.withLaterOffsetAtOverlap();
    return second.getOffset().getTotalSeconds() < 0 ? asIfUtc(local, first) : first;
  }

  /** Of two moments the one that is on the same side of the change as the local time in UTC. */
  private static ZonedDateTime asIfUtc(LocalDateTime local, ZonedDateTime moment) {
    var change = moment.getZone().getRules().getTransition(local);
    return change != null && local.toEpochSecond(ZoneOffset.UTC) >= change.toEpochSecond()
        ? moment.withLaterOffsetAtOverlap()
        : moment.withEarlierOffsetAtOverlap();
  }

  /** A local time computed from a moment, at that moment's offset if it has it there. */
  static ZonedDateTime keepingOffset(LocalDateTime local, ZonedDateTime from) {
    var moved = ZonedDateTime.ofLocal(local, from.getZone(), from.getOffset());
    return counted(moved.getOffset().equals(from.getOffset()) ? moved : asIfUtc(local, moved));
  }

  static ZonedDateTime startOfDay(ZonedDateTime at) {
    return counted(at.toLocalDate().atTime(LocalTime.MIDNIGHT).atZone(at.getZone()));
  }

  static boolean isSkipped(LocalDateTime local, ZoneId zone) {
    return zone.getRules().getValidOffsets(local).isEmpty();
  }

  static SelException skipped(LocalDateTime local, ZoneId zone) {
    var change = zone.getRules().getTransition(local);
    return new SelException(
        "expected a time that %s has, found %s".formatted(zone, local),
        change == null
            ? null
            : "its clocks went from %s to %s"
                .formatted(change.getDateTimeBefore(), change.getDateTimeAfter()));
  }

  /** The first moment after the change of clocks on the day of this one. */
  static ZonedDateTime afterChange(ZonedDateTime at) {
    var change = at.getZone().getRules().nextTransition(at.toInstant().minus(1, ChronoUnit.DAYS));
    return change == null ? at : change.getInstant().atZone(at.getZone());
  }

  /** The last millisecond before the change of clocks on the day of this one. */
  static ZonedDateTime beforeChange(ZonedDateTime at) {
    var change =
        at.getZone().getRules().previousTransition(at.toInstant().plus(1, ChronoUnit.DAYS));
    return change == null ? at : change.getInstant().minusMillis(1).atZone(at.getZone());
  }

  /** Refuses what isn't a 64-bit number of milliseconds. */
  private static ZonedDateTime counted(ZonedDateTime at) {
    if (Math.abs(at.getYear()) > 200_000_000) {
      var _ = at.toInstant().toEpochMilli();
    }
    return at;
  }

  // --- days as numbers

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
