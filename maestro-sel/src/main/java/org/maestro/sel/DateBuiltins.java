package org.maestro.sel;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of Joda-Time by their names, on java.time. */
final class DateBuiltins {
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "Years", ChronoUnit.YEARS,
          "Months", ChronoUnit.MONTHS,
          "Weeks", ChronoUnit.WEEKS,
          "Days", ChronoUnit.DAYS,
          "Hours", ChronoUnit.HOURS,
          "Minutes", ChronoUnit.MINUTES,
          "Seconds", ChronoUnit.SECONDS,
          "Millis", ChronoUnit.MILLIS);

  private DateBuiltins() {}

  static void addTo(Builtins table) {
    addMoments(table);
    addFields(table);
    addZones(table);
    addFormatters(table);
  }

  private static void addMoments(Builtins table) {
    table.constructor(
        "DateTime",
        0,
        c -> new Value.Moment(Moments.at(c.runtime().clock().millis(), Moments.UTC)));
    table.constructor(
        "DateTime",
        1,
        c ->
            c.value(0) instanceof Value.Moment same
                ? same
                : new Value.Moment(moment(c.value(0), Moments.UTC)));
    table.constructor("DateTime", 2, c -> new Value.Moment(moment(c.value(0), c.zone(1))));
    table.constructor("DateTime", 8, c -> new Value.Moment(moment(c, c.zone(7))));
    table.function("DateTime", "parse", 1, c -> new Value.Moment(IsoDate.parse(c.text(0), null)));
    table.function(
        "DateTime", "parse", 2, c -> new Value.Moment(parse(c, formatter(c.value(1)), c.value(0))));

    var type = ValueType.DATE_TIME;
    table.method(type, "toString", 0, c -> c.made(Moments.text(c.selfMoment())));
    table.method(type, "toString", 1, c -> c.made(DatePattern.of(c.text(0)).print(c.selfMoment())));
    table.method(type, "toDateTime", 0, Call::receiver);
    table.method(type, "toDateTime", 1, c -> inZone(c.selfMoment(), c.zone(0)));
    table.method(type, "withZone", 1, c -> inZone(c.selfMoment(), c.zone(0)));
    table.method(
        type, "withTimeAtStartOfDay", 0, c -> new Value.Moment(Moments.startOfDay(c.selfMoment())));
    table.method(
        type, "getMillis", 0, c -> new Value.Whole(c.selfMoment().toInstant().toEpochMilli()));
    table.method(type, "isAfter", 1, c -> Value.of(instant(c).isAfter(instant(c.value(0)))));
    table.method(type, "isBefore", 1, c -> Value.of(instant(c).isBefore(instant(c.value(0)))));
    table.method(type, "isEqual", 1, c -> Value.of(instant(c).equals(instant(c.value(0)))));
    UNITS.forEach((name, unit) -> {
      table.method(
          type,
          "plus" + name,
          1,
          c -> new Value.Moment(Moments.plus(c.selfMoment(), c.small(0), unit)));
      table.method(
          type,
          "minus" + name,
          1,
          c -> new Value.Moment(Moments.plus(c.selfMoment(), -(long) c.small(0), unit)));
    });
  }

  private static void addFields(Builtins table) {
    for (var field : DateField.values()) {
      var type = ValueType.DATE_TIME;
      table.method(type, field.accessor(), 0, c -> new Value.Property(c.selfMoment(), field));
      table.method(
          type, "get" + field.capitalised(), 0, c -> new Value.Whole(field.of(c.selfMoment())));
      if (field.settable()) {
        table.method(
            type,
            "with" + field.capitalised(),
            1,
            c -> new Value.Moment(field.set(c.selfMoment(), c.whole(0))));
      }
    }
    var type = ValueType.PROPERTY;
    table.method(type, "get", 0, c -> new Value.Whole(property(c).field().of(property(c).at())));
    table.method(type, "getAsText", 0, c -> c.made(property(c).field().text(property(c).at())));
    table.method(
        type,
        "withMaximumValue",
        0,
        c -> new Value.Moment(property(c).field().setMost(property(c).at())));
    table.method(
        type,
        "withMinimumValue",
        0,
        c -> new Value.Moment(property(c).field().setLeast(property(c).at())));
    table.function("Days", "daysBetween", 2, DateBuiltins::daysBetween);
    table.method(
        ValueType.DAYS, "getDays", 0, c -> new Value.Whole(((Value.Days) c.receiver()).count()));
    var day = 1;
    for (var name :
        new String[] {
          "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"
        }) {
      table.constant("DateTimeConstants", name, new Value.Whole(day++));
    }
  }

  private static void addZones(Builtins table) {
    table.constant("DateTimeZone", "UTC", new Value.Zone(Moments.UTC));
    table.function("DateTimeZone", "forID", 1, c -> new Value.Zone(Moments.zone(c.text(0))));
    var type = ValueType.DATE_TIME_ZONE;
    table.method(
        type,
        "getOffset",
        1,
        c -> {
          var rules = ((Value.Zone) c.receiver()).id().getRules();
          return new Value.Whole(rules.getOffset(instant(c.value(0))).getTotalSeconds() * 1000L);
        });
  }

  private static void addFormatters(Builtins table) {
    table.function(
        "DateTimeFormat",
        "forPattern",
        1,
        c -> new Value.Formatter(DatePattern.of(c.text(0)), null));
    table.function(
        "DateTimeFormatter",
        "forPattern",
        1,
        c -> new Value.Formatter(DatePattern.of(c.text(0)), null));
    var type = ValueType.DATE_TIME_FORMATTER;
    table.method(
        type,
        "withZone",
        1,
        c -> new Value.Formatter(formatter(c.receiver()).pattern(), c.zone(0)));
    table.method(
        type,
        "parseDateTime",
        1,
        c -> new Value.Moment(parse(c, formatter(c.receiver()), c.value(0))));
    table.method(
        type,
        "parseMillis",
        1,
        c ->
            new Value.Whole(
                parse(c, formatter(c.receiver()), c.value(0)).toInstant().toEpochMilli()));
    table.method(type, "print", 1, c -> c.made(print(formatter(c.receiver()), c.value(0))));
  }

  /** Milliseconds, an ISO text or another moment. */
  private static ZonedDateTime moment(Value from, ZoneId zone) {
    if (from instanceof Value.Whole(var millis)) {
      return Moments.at(millis, zone);
    }
    if (from instanceof Value.Text(var text)) {
      return IsoDate.parse(text, zone);
    }
    if (from instanceof Value.Moment(var at)) {
      return at.withZoneSameInstant(zone);
    }
    throw new SelException(
        "expected milliseconds, an ISO date or a DateTime, found " + from.type().shown());
  }

  /** Year, month, day, hour, minute, second, millisecond. */
  private static ZonedDateTime moment(Call c, ZoneId zone) {
    return Moments.written(
        LocalDateTime.of(c.small(0), c.small(1), c.small(2), c.small(3), c.small(4), c.small(5))
            .with(ChronoField.MILLI_OF_SECOND, c.small(6)),
        zone);
  }

  private static Value inZone(ZonedDateTime at, ZoneId zone) {
    return new Value.Moment(at.withZoneSameInstant(zone));
  }

  private static Instant instant(Call c) {
    return c.selfMoment().toInstant();
  }

  private static Instant instant(Value value) {
    return moment(value, Moments.UTC).toInstant();
  }

  private static Value.Property property(Call c) {
    return (Value.Property) c.receiver();
  }

  private static Value daysBetween(Call c) {
    var from = c.moment(0);
    return new Value.Days(
        ChronoUnit.DAYS.between(
            from.toLocalDateTime(),
            c.moment(1).withZoneSameInstant(from.getZone()).toLocalDateTime()));
  }

  private static Value.Formatter formatter(Value value) {
    if (value instanceof Value.Formatter formatter) {
      return formatter;
    }
    throw new SelException("expected a DateTimeFormatter, found " + value.type().shown());
  }

  private static ZonedDateTime parse(Call c, Value.Formatter formatter, Value from) {
    if (!(from instanceof Value.Text) && !(from instanceof Value.Whole)) {
      throw new SelException("expected a date as text or number, found " + from.type().shown());
    }
    var text = from instanceof Value.Text(var t) ? t : Long.toString(((Value.Whole) from).number());
    var thisYear = c.runtime().clock().instant().atZone(Moments.UTC).getYear();
    var moment = formatter.pattern().parse(text, zoneOr(formatter.zone(), Moments.UTC), thisYear);
    return formatter.zone() == null ? moment : moment.withZoneSameInstant(formatter.zone());
  }

  private static String print(Value.Formatter formatter, Value from) {
    var own = from instanceof Value.Moment(var at) ? at.getZone() : Moments.UTC;
    return formatter.pattern().print(moment(from, zoneOr(formatter.zone(), own)));
  }

  private static ZoneId zoneOr(@Nullable ZoneId zone, ZoneId otherwise) {
    return zone == null ? otherwise : zone;
  }
}
