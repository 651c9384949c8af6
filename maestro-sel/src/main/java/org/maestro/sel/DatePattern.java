package org.maestro.sel;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.maestro.zones.Zones;

/**
 * A date pattern with the letters and habits of Joda-Time: {@code x w e} are the ISO week year,
 * week and weekday, {@code y} and {@code Y} the year, {@code Z ZZ ZZZ} the offset, the offset with
 * a colon and the zone. Numbers may be shorter than their pattern when read, unless digits follow.
 */
record DatePattern(List<Part> parts) {
  private static final int LONGEST = 200;
  private static final String NUMBERS = "CxyYDdHkKhmsSwe";

  /** Two digits mean one of 100 years, of which the first is 80 years ago. */
  private static final int YEARS_BACK = 80;

  /** One piece of a pattern. */
  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Digits(CalendarField field, int least, int most, boolean signed) implements Part {}

    /** The last two digits of a year. Longer years are read as they are. */
    record ShortYear(CalendarField field, boolean digitsFollow) implements Part {}

    record Fraction(int digits) implements Part {}

    record Name(FieldNames names, boolean full) implements Part {}

    record Offset(boolean colon) implements Part {}

    record Zone() implements Part {}

    record ZoneName(boolean full) implements Part {}
  }

  /** The zone names that can be read. */
  private static final Map<String, String> ZONES_BY_NAME =
      Map.ofEntries(
          Map.entry("UT", "UTC"),
          Map.entry("UTC", "UTC"),
          Map.entry("GMT", "UTC"),
          Map.entry("EST", "America/New_York"),
          Map.entry("EDT", "America/New_York"),
          Map.entry("CST", "America/Chicago"),
          Map.entry("CDT", "America/Chicago"),
          Map.entry("MST", "America/Denver"),
          Map.entry("MDT", "America/Denver"),
          Map.entry("PST", "America/Los_Angeles"),
          Map.entry("PDT", "America/Los_Angeles"));

  private static final DateTimeFormatter SHORT_ZONE_NAME = english("zzz");
  private static final DateTimeFormatter ZONE_NAME = english("zzzz");

  /** Zones that are no more than an offset and show as one. */
  private static final String NAMELESS = "Etc/GMT";

  private static DateTimeFormatter english(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** Reads the pattern itself. */
  static DatePattern of(String pattern) {
    if (pattern.isEmpty() || pattern.length() > LONGEST) {
      throw new SelException("expected a date pattern of 1 to " + LONGEST + " characters");
    }
    var parts = new ArrayList<Part>();
    var at = 0;
    while (at < pattern.length()) {
      var c = pattern.charAt(at);
      if (isLetter(c)) {
        var end = endOfRun(pattern, at);
        parts.add(part(c, end - at, isNumberAt(pattern, end)));
        at = end;
      } else {
        at = literal(pattern, at, parts);
      }
    }
    return new DatePattern(List.copyOf(parts));
  }

  /** All up to the next letter outside quotes; two quotes are one. */
  private static int literal(String pattern, int start, List<Part> parts) {
    var text = new StringBuilder();
    var quoted = false;
    var at = start;
    while (at < pattern.length() && (quoted || !isLetter(pattern.charAt(at)))) {
      if (pattern.charAt(at) != '\'') {
        text.append(pattern.charAt(at++));
      } else if (at + 1 < pattern.length() && pattern.charAt(at + 1) == '\'') {
        text.append('\'');
        at += 2;
      } else {
        quoted = !quoted;
        at++;
      }
    }
    parts.add(new Part.Literal(text.toString()));
    return at;
  }

  private static Part part(char letter, int count, boolean digitsFollow) {
    return switch (letter) {
      case 'C' -> digits(CalendarField.CENTURY_OF_ERA, count, count, true);
      case 'x' -> year(CalendarField.WEEKYEAR, count, digitsFollow);
      case 'y' -> year(CalendarField.YEAR, count, digitsFollow);
      case 'Y' ->
          count == 2
              ? year(CalendarField.YEAR, count, digitsFollow)
              : digits(CalendarField.YEAR_OF_ERA, count, digitsFollow ? count : 9, false);
      case 'M' ->
          count < 3
              ? digits(CalendarField.MONTH_OF_YEAR, count, 2, false)
              : new Part.Name(FieldNames.MONTHS, count > 3);
      case 'w' -> digits(CalendarField.WEEK_OF_WEEKYEAR, count, 2, false);
      case 'D' -> digits(CalendarField.DAY_OF_YEAR, count, 3, false);
      case 'd' -> digits(CalendarField.DAY_OF_MONTH, count, 2, false);
      case 'e' -> digits(CalendarField.DAY_OF_WEEK, count, 1, false);
      case 'E' -> new Part.Name(FieldNames.WEEKDAYS, count > 3);
      case 'a' -> new Part.Name(FieldNames.HALVES, false);
      case 'G' -> new Part.Name(FieldNames.ERAS, false);
      case 'H' -> digits(CalendarField.HOUR_OF_DAY, count, 2, false);
      case 'k' -> digits(CalendarField.CLOCKHOUR_OF_DAY, count, 2, false);
      case 'K' -> digits(CalendarField.HOUR_OF_HALFDAY, count, 2, false);
      case 'h' -> digits(CalendarField.CLOCKHOUR_OF_HALFDAY, count, 2, false);
      case 'm' -> digits(CalendarField.MINUTE_OF_HOUR, count, 2, false);
      case 's' -> digits(CalendarField.SECOND_OF_MINUTE, count, 2, false);
      case 'S' -> new Part.Fraction(count);
      case 'Z' -> count < 3 ? new Part.Offset(count == 2) : new Part.Zone();
      case 'z' -> new Part.ZoneName(count > 3);
      default ->
          throw new SelException(
              "there is no date pattern letter " + letter, "put text between single quotes");
    };
  }

  private static Part year(CalendarField field, int count, boolean digitsFollow) {
    return count == 2
        ? new Part.ShortYear(field, digitsFollow)
        : digits(field, count, digitsFollow ? count : 9, true);
  }

  private static Part digits(CalendarField field, int count, int most, boolean signed) {
    return new Part.Digits(field, count, Math.max(count, most), signed);
  }

  private static boolean isNumberAt(String pattern, int at) {
    if (at >= pattern.length()) {
      return false;
    }
    var c = pattern.charAt(at);
    return NUMBERS.indexOf(c) >= 0 || (c == 'M' && endOfRun(pattern, at) - at < 3);
  }

  private static int endOfRun(String pattern, int start) {
    var end = start;
    while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(start)) {
      end++;
    }
    return end;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  // --- writing

  String print(ZonedDateTime at) {
    var local = at.toLocalDateTime();
    var text = new StringBuilder();
    for (var part : parts) {
      print(part, at, local, text);
    }
    return text.toString();
  }

  private static void print(Part part, ZonedDateTime at, LocalDateTime local, StringBuilder into) {
    switch (part) {
      case Part.Literal(var text) -> into.append(text);
      case Part.Digits(var field, var least, _, _) -> Moments.pad(field.of(local), least, into);
      case Part.ShortYear(var field, _) -> Moments.pad(Math.abs(field.of(local)) % 100, 2, into);
      case Part.Fraction(var digits) -> {
        var start = into.length();
        Moments.pad(at.getNano() / 1_000_000, 3, into);
        into.repeat('0', digits);
        into.setLength(start + digits);
      }
      case Part.Name(var names, var full) -> into.append(names.of(local, full));
      case Part.Offset(var colon) -> offset(at.getOffset(), colon, into);
      case Part.Zone _ -> into.append(at.getZone().getId());
      case Part.ZoneName(var full) -> {
        var name = (full ? ZONE_NAME : SHORT_ZONE_NAME).format(at);
        var offsetOnly = name.startsWith("GMT+") || name.startsWith("GMT-");
        var nameless = offsetOnly && at.getZone().getId().startsWith(NAMELESS);
        into.append(nameless ? name.substring(3) : name);
      }
    }
  }

  private static void offset(ZoneOffset offset, boolean colon, StringBuilder into) {
    var minutes = Math.abs(offset.getTotalSeconds() / 60);
    into.append(offset.getTotalSeconds() < 0 ? '-' : '+');
    Moments.pad(minutes / 60, 2, into);
    into.append(colon ? ":" : "");
    Moments.pad(minutes % 60, 2, into);
  }

  // --- reading

  /**
   * Reads a moment.
   *
   * @param zone what it is local to if the text says neither an offset nor a zone
   * @param thisYear the year to which years of two digits are near
   */
  ZonedDateTime parse(String text, ZoneId zone, int thisYear) {
    var reader = new Reader(text, thisYear);
    for (var part : parts) {
      reader.read(part);
    }
    if (reader.at < text.length()) {
      throw reader.expected("the end");
    }
    return reader.fields.moment(zone, false);
  }

  /** A text, how far it has been read, and the fields found. */
  private static final class Reader {
    private final String text;
    private final int thisYear;
    private final DateFields fields = new DateFields();
    private int at;

    Reader(String text, int thisYear) {
      this.text = text;
      this.thisYear = thisYear;
    }

    void read(Part part) {
      switch (part) {
        case Part.Literal(var literal) -> literal(literal);
        case Part.Digits(var field, _, var most, var signed) -> {
          var sign = signed ? sign() : 0;
          fields.put(field, (sign < 0 ? -1 : 1) * number(most));
        }
        case Part.ShortYear(var field, var digitsFollow) ->
            fields.put(field, digitsFollow ? shortYear() : shortOrLongYear());
        case Part.Fraction(var digits) -> {
          var start = at;
          at += digits(digits);
          if (at == start) {
            throw expected("a digit");
          }
          fields.put(
              CalendarField.MILLIS_OF_SECOND,
              Integer.parseInt((text.substring(start, at) + "00").substring(0, 3)));
        }
        case Part.Name(var names, _) -> name(names);
        case Part.Offset _ -> offset();
        case Part.Zone _ ->
            fields.put(Moments.zone(longest(Zones.names(), "a time zone such as Europe/Paris")));
        case Part.ZoneName(var full) -> zoneName(full);
      }
    }

    private void literal(String literal) {
      if (!text.regionMatches(true, at, literal, 0, literal.length())) {
        throw expected("'" + literal + "'");
      }
      at += literal.length();
    }

    /** How many digits come next, so many at most. */
    private int digits(int most) {
      var count = 0;
      while (count < most && isDigit(at + count)) {
        count++;
      }
      return count;
    }

    private boolean isDigit(int index) {
      return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    /** Reads one to so many digits. */
    private int number(int most) {
      var count = digits(most);
      if (count == 0) {
        throw expected("a digit");
      }
      try {
        var number = Integer.parseInt(text.substring(at, at + count));
        at += count;
        return number;
      } catch (NumberFormatException _) {
        throw expected("a number of at most 32 bits");
      }
    }

    /** Reads a sign in front of a digit: -1, 1, or 0 if there is none. */
    private int sign() {
      if (at >= text.length() || !isDigit(at + 1)) {
        return 0;
      }
      var sign = text.charAt(at) == '-' ? -1 : text.charAt(at) == '+' ? 1 : 0;
      at += Math.abs(sign);
      return sign;
    }

    private int shortOrLongYear() {
      var sign = sign();
      var count = digits(Integer.MAX_VALUE);
      return sign == 0 && count == 2
          ? shortYear()
          : (sign < 0 ? -1 : 1) * number(Math.max(1, count));
    }

    private int shortYear() {
      if (digits(2) < 2) {
        throw expected("a year of two digits");
      }
      var first = thisYear - YEARS_BACK;
      return first + Math.floorMod(number(2) - first, 100);
    }

    private void name(FieldNames names) {
      var length = names.longestAt(text, at);
      if (length == 0) {
        throw expected("a name of " + names.field().shown());
      }
      fields.put(names.field(), names.value(text.substring(at, at + length)));
      at += length;
    }

    private void offset() {
      if (text.regionMatches(true, at, "Z", 0, 1)) {
        fields.put(ZoneOffset.UTC);
        at++;
        return;
      }
      var start = at;
      var sign = at < text.length() ? text.charAt(at) : ' ';
      if ((sign != '+' && sign != '-') || !isDigit(at + 1) || !isDigit(at + 2)) {
        throw expected("an offset such as +09:00");
      }
      at += 3;
      var colon = at < text.length() && text.charAt(at) == ':';
      for (var part = 0; part < 2 && offsetPart(colon); part++) {
        at += colon ? 3 : 2;
      }
      var offset = Moments.offset(text.substring(start, at));
      if (at - start == (colon ? 9 : 7) && isDecimal(colon)) {
        throw expected("an offset of whole seconds before this");
      }
      fields.put(offset);
    }

    private boolean isDecimal(boolean colon) {
      return colon
          ? at < text.length() && ".,".indexOf(text.charAt(at)) >= 0 && isDigit(at + 1)
          : isDigit(at);
    }

    /** Whether minutes or seconds come next; half of them is a mistake. */
    private boolean offsetPart(boolean colon) {
      if (colon && (at >= text.length() || text.charAt(at) != ':')) {
        return false;
      }
      var start = colon ? at + 1 : at;
      if (!colon && !isDigit(start)) {
        return false;
      }
      if (!isDigit(start) || !isDigit(start + 1)) {
        throw expected("two digits of an offset");
      }
      return true;
    }

    private void zoneName(boolean full) {
      if (full) {
        throw new SelException("the long name of a zone can be printed, but not read", "use ZZZ");
      }
      var name = longest(ZONES_BY_NAME.keySet(), "a zone such as UTC, EST or PDT");
      fields.put(Moments.zone(ZONES_BY_NAME.getOrDefault(name, name)));
    }

    /** Reads the longest of these that comes next. */
    private String longest(Set<String> known, String what) {
      var longest = "";
      for (var one : known) {
        if (one.length() > longest.length() && text.startsWith(one, at)) {
          longest = one;
        }
      }
      if (longest.isEmpty()) {
        throw expected(what);
      }
      at += longest.length();
      return longest;
    }

    SelException expected(String what) {
      return new SelException(
          "expected %s at character %d of the date '%s'"
              .formatted(what, at + 1, Moments.shown(text)));
    }
  }
}
