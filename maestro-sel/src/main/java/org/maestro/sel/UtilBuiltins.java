package org.maestro.sel;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongUnaryOperator;

/** {@code Util}: days and hours as numbers, ranges, time-outs, JSON. */
final class UtilBuiltins {
  private static final Pattern DURATION_PART = Pattern.compile("\\s*([0-9]{1,18})\\s*([a-z]+)\\s*");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST_DURATION = 200;

  private UtilBuiltins() {}

  static void addTo(Builtins table) {
    var type = "Util";
    table.function(type, "dateIntToTs", 1, c -> new Value.Whole(startOfDay(c.wholeOrText(0))));
    table.function(type, "tsToDateInt", 1, UtilBuiltins::tsToDateInt);
    table.function(type, "incrementDateInt", 2, UtilBuiltins::incrementDateInt);
    table.function(type, "dateIntHourToTs", 5, UtilBuiltins::dateIntHourToTs);
    table.function(
        type,
        "timeoutForDateTimeDeadline",
        2,
        c -> timeout(c, c.moment(0).toInstant().toEpochMilli()));
    table.function(
        type, "timeoutForDateIntDeadline", 2, c -> timeout(c, startOfDay(c.wholeOrText(0))));
    table.function(type, "dateIntsBetween", 3, UtilBuiltins::dateIntsBetween);
    table.function(type, "dateIntHoursBetween", 3, UtilBuiltins::dateIntHoursBetween);
    table.function(
        type,
        "intsBetween",
        3,
        c -> range(c, c.wholeOrText(0), c.wholeOrText(1), number -> number));
    table.function(
        type,
        "toJson",
        1,
        c ->
            c.made(Json.write(PlainValues.leave(c.value(0), c.budget()), c.budget().resultSize())));
  }

  /** Milliseconds at the start of a day in UTC. */
  private static long startOfDay(long dateInt) {
    return Moments.date(dateInt).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private static Value tsToDateInt(Call c) {
    var day = Instant.ofEpochMilli(c.wholeOrText(0)).atZone(ZoneOffset.UTC).toLocalDate();
    return c.made(Long.toString(Moments.dateInt(day)));
  }

  private static Value incrementDateInt(Call c) {
    var day = Moments.date(c.wholeOrText(0)).plusDays(c.wholeOrText(1));
    return c.made(Long.toString(Moments.dateInt(day)));
  }

  /** Day, hour, zone, and the days and hours to go back from there. */
  private static Value dateIntHourToTs(Call c) {
    var hour = Math.clamp(c.wholeOrText(1), -1, 24);
    var written =
        Moments.written(Moments.date(c.wholeOrText(0)).atTime(hour, 0), Moments.zone(c.text(2)));
    var day = Moments.plus(written, Math.negateExact(c.wholeOrText(3)), ChronoUnit.DAYS);
    var at = Moments.plus(day, Math.negateExact(c.wholeOrText(4)), ChronoUnit.HOURS);
    return new Value.Whole(at.toInstant().toEpochMilli());
  }

  /** How long from now to a duration after the deadline, at least one millisecond. */
  private static Value timeout(Call c, long deadline) {
    var left =
        Math.subtractExact(
            Math.addExact(deadline, duration(c.text(1)).toMillis()), c.runtime().clock().millis());
    return c.made(Math.max(1, left) + " milliseconds");
  }

  /** As {@code 1d 2h 30min 10s 5ms}, or plain seconds. */
  private static Duration duration(String text) {
    if (text.length() > LONGEST_DURATION) {
      throw noDuration(text);
    }
    if (SECONDS.matches(text)) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    var total = Duration.ZERO;
    var matcher = DURATION_PART.matcher(text);
    var end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      total = total.plus(part(Long.parseLong(matcher.group(1)), matcher.group(2), text));
      end = matcher.end();
    }
    if (end == 0 || end < text.length()) {
      throw noDuration(text);
    }
    return total;
  }

  private static Duration part(long count, String unit, String text) {
    return switch (unit) {
      case "d", "day", "days" -> Duration.ofDays(count);
      case "h", "hour", "hours" -> Duration.ofHours(count);
      case "min", "minute", "minutes" -> Duration.ofMinutes(count);
      case "s", "sec", "second", "seconds" -> Duration.ofSeconds(count);
      case "ms", "millisecond", "milliseconds" -> Duration.ofMillis(count);
      default -> throw noDuration(text);
    };
  }

  private static SelException noDuration(String text) {
    return new SelException(
        "expected a duration such as 1 day 2h 30min 10s 5ms, found '" + Moments.shown(text) + "'");
  }

  private static Value dateIntsBetween(Call c) {
    var from = Moments.date(c.wholeOrText(0));
    var to = Moments.date(c.wholeOrText(1));
    return range(
        c, from.toEpochDay(), to.toEpochDay(), day -> Moments.dateInt(LocalDate.ofEpochDay(day)));
  }

  private static Value dateIntHoursBetween(Call c) {
    return range(
        c,
        epochHour(c.wholeOrText(0)),
        epochHour(c.wholeOrText(1)),
        hour -> {
          var at = LocalDateTime.ofEpochSecond(hour * 3600, 0, ZoneOffset.UTC);
          return Moments.dateInt(at.toLocalDate()) * 100 + at.getHour();
        });
  }

  /** Hours since 1970 of an hour written as the number yyyyMMddHH. */
  private static long epochHour(long dateIntHour) {
    return Moments.date(dateIntHour / 100)
            .atTime((int) (dateIntHour % 100), 0)
            .toEpochSecond(ZoneOffset.UTC)
        / 3600;
  }

  /** From one number (inclusive) to another (exclusive) by the third argument. */
  private static Value range(Call c, long from, long to, LongUnaryOperator element) {
    var step = c.wholeOrText(2);
    if (step == 0) {
      throw new SelException("expected an increment other than 0");
    }
    var distance = Math.subtractExact(to, from);
    var count = distance == 0 || distance > 0 != step > 0 ? 0 : Math.ceilDiv(distance, step);
    c.budget().elements(count);
    c.budget().work(count);
    var elements = new Value[(int) count];
    for (var i = 0; i < elements.length; i++) {
      elements[i] = new Value.Whole(element.applyAsLong(from + i * step));
    }
    return new Value.Array(ValueType.LONG_ARRAY, elements);
  }
}
