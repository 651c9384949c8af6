package org.maestro.sel;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A date pattern with the letters and habits of Joda-Time: {@code x w e} are the ISO week year,
 * week and weekday, {@code y} and {@code Y} the year, {@code Z ZZ ZZZ} the offset, the offset with
 * a colon and the zone. Numbers may be shorter than their pattern when read, unless digits follow.
 */
record DatePattern(List<Part> parts) {
  private static final int LONGEST = 200;
  private static final String ALWAYS_NUMBERS = "xyYDdHkKhmsSwe";
  private static final Map<Character, TemporalField> NUMBERS =
      Map.ofEntries(
          Map.entry('y', ChronoField.YEAR),
          Map.entry('Y', ChronoField.YEAR_OF_ERA),
          Map.entry('x', IsoFields.WEEK_BASED_YEAR),
          Map.entry('M', ChronoField.MONTH_OF_YEAR),
          Map.entry('w', IsoFields.WEEK_OF_WEEK_BASED_YEAR),
          Map.entry('D', ChronoField.DAY_OF_YEAR),
          Map.entry('d', ChronoField.DAY_OF_MONTH),
          Map.entry('e', ChronoField.DAY_OF_WEEK),
          Map.entry('H', ChronoField.HOUR_OF_DAY),
          Map.entry('k', ChronoField.CLOCK_HOUR_OF_DAY),
          Map.entry('K', ChronoField.HOUR_OF_AMPM),
          Map.entry('h', ChronoField.CLOCK_HOUR_OF_AMPM),
          Map.entry('m', ChronoField.MINUTE_OF_HOUR),
          Map.entry('s', ChronoField.SECOND_OF_MINUTE));

  /** One piece of a pattern. */
  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Digits(TemporalField field, int least, int most) implements Part {}

    /** A year of two digits, in the 100 years around 2000. Longer ones are read as they are. */
    record ShortYear(TemporalField field, boolean digitsFollow) implements Part {}

    record Fraction(int digits) implements Part {}

    /** A name: month, weekday, half of the day, era. */
    record Name(
        TemporalField field, DateTimeFormatter shortForm, DateTimeFormatter longForm, boolean full)
        implements Part {}

    record Offset(boolean colon) implements Part {}

    record ZoneName(boolean id) implements Part {}
  }

  private static final DateTimeFormatter SHORT_MONTH = english("MMM");
  private static final DateTimeFormatter MONTH = english("MMMM");
  private static final DateTimeFormatter SHORT_DAY = english("EEE");
  private static final DateTimeFormatter DAY = english("EEEE");
  private static final DateTimeFormatter HALF_DAY = english("a");
  private static final DateTimeFormatter ERA = english("G");
  private static final DateTimeFormatter ZONE_NAME = english("zzz");

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
      if (c == '\'') {
        at = quoted(pattern, at, parts);
      } else if (isLetter(c)) {
        var end = endOfRun(pattern, at);
        parts.add(part(c, end - at, isNumberAt(pattern, end)));
        at = end;
      } else {
        parts.add(new Part.Literal(String.valueOf(c)));
        at++;
      }
    }
    return new DatePattern(List.copyOf(parts));
  }

  /** Text between quotes; two quotes are one. */
  private static int quoted(String pattern, int start, List<Part> parts) {
    var text = new StringBuilder();
    var at = start + 1;
    if (at < pattern.length() && pattern.charAt(at) == '\'') {
      parts.add(new Part.Literal("'"));
      return at + 1;
    }
    while (at < pattern.length()) {
      if (pattern.charAt(at) != '\'') {
        text.append(pattern.charAt(at++));
      } else if (at + 1 < pattern.length() && pattern.charAt(at + 1) == '\'') {
        text.append('\'');
        at += 2;
      } else {
        break;
      }
    }
    parts.add(new Part.Literal(text.toString()));
    return at + 1;
  }

  private static Part part(char letter, int count, boolean digitsFollow) {
    return switch (letter) {
      case 'y', 'Y', 'x' -> {
        var field = numberField(letter);
        yield count == 2
            ? new Part.ShortYear(field, digitsFollow)
            : new Part.Digits(field, count, digitsFollow ? count : 9);
      }
      case 'M' ->
          count < 3
              ? new Part.Digits(ChronoField.MONTH_OF_YEAR, count, 2)
              : new Part.Name(ChronoField.MONTH_OF_YEAR, SHORT_MONTH, MONTH, count > 3);
      case 'E' -> new Part.Name(ChronoField.DAY_OF_WEEK, SHORT_DAY, DAY, count > 3);
      case 'a' -> new Part.Name(ChronoField.AMPM_OF_DAY, HALF_DAY, HALF_DAY, false);
      case 'G' -> new Part.Name(ChronoField.ERA, ERA, ERA, false);
      case 'S' -> new Part.Fraction(count);
      case 'Z' -> count < 3 ? new Part.Offset(count == 2) : new Part.ZoneName(true);
      case 'z' -> new Part.ZoneName(false);
      case 'D' -> new Part.Digits(ChronoField.DAY_OF_YEAR, count, 3);
      case 'e' -> new Part.Digits(ChronoField.DAY_OF_WEEK, count, 1);
      case 'w', 'd', 'H', 'k', 'K', 'h', 'm', 's' -> new Part.Digits(numberField(letter), count, 2);
      default ->
          throw new SelException(
              "there is no date pattern letter " + letter, "put text between single quotes");
    };
  }

  private static TemporalField numberField(char letter) {
    var field = NUMBERS.get(letter);
    if (field == null) {
      throw new IllegalArgumentException("no number: " + letter);
    }
    return field;
  }

  private static boolean isNumberAt(String pattern, int at) {
    if (at >= pattern.length()) {
      return false;
    }
    var c = pattern.charAt(at);
    return ALWAYS_NUMBERS.indexOf(c) >= 0 || (c == 'M' && endOfRun(pattern, at) - at < 3);
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
    var text = new StringBuilder();
    for (var part : parts) {
      print(part, at, text);
    }
    return text.toString();
  }

  private static void print(Part part, ZonedDateTime at, StringBuilder into) {
    switch (part) {
      case Part.Literal(var text) -> into.append(text);
      case Part.Digits(var field, var least, _) -> pad(at.get(field), least, into);
      case Part.ShortYear(var field, _) -> pad(Math.floorMod(at.get(field), 100), 2, into);
      case Part.Fraction(var digits) -> {
        var start = into.length();
        pad(at.getNano() / 1_000_000, 3, into);
        into.repeat('0', digits);
        into.setLength(start + digits);
      }
      case Part.Name(_, var shortForm, var longForm, var full) ->
          into.append((full ? longForm : shortForm).format(at));
      case Part.Offset(var colon) -> offset(at.getOffset(), colon, into);
      case Part.ZoneName(var id) -> into.append(id ? at.getZone().getId() : ZONE_NAME.format(at));
    }
  }

  private static void pad(int number, int width, StringBuilder into) {
    var digits = Integer.toString(Math.abs(number));
    into.append(number < 0 ? "-" : "").repeat('0', Math.max(0, width - digits.length()));
    into.append(digits);
  }

  private static void offset(ZoneOffset offset, boolean colon, StringBuilder into) {
    var minutes = Math.abs(offset.getTotalSeconds() / 60);
    into.append(offset.getTotalSeconds() < 0 ? '-' : '+');
    pad(minutes / 60, 2, into);
    into.append(colon ? ":" : "");
    pad(minutes % 60, 2, into);
  }

  // --- reading

  /** Reads a moment; without an offset or zone in the text it is local to the given zone. */
  ZonedDateTime parse(String text, ZoneId zone) {
    var reader = new Reader(text);
    for (var part : parts) {
      reader.read(part);
    }
    if (reader.at < text.length()) {
      throw reader.problem("the end");
    }
    var local = LocalDateTime.of(reader.date(), reader.time());
    return reader.zone == null
        ? local.atZone(zone)
        : local.atZone(reader.zone).withZoneSameInstant(zone);
  }

  /** A text, how far it has been read, and the fields found. */
  private static final class Reader {
    private final String text;
    private final Map<TemporalField, Integer> fields = new HashMap<>();
    private @Nullable ZoneId zone;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    void read(Part part) {
      switch (part) {
        case Part.Literal(var literal) -> {
          if (!text.startsWith(literal, at)) {
            throw problem("'" + literal + "'");
          }
          at += literal.length();
        }
        case Part.Digits(var field, _, var most) -> put(field, number(field, most));
        case Part.ShortYear(var field, var digitsFollow) -> shortYear(field, digitsFollow);
        case Part.Fraction(var digits) -> {
          var start = at;
          digits(digits);
          fields.put(
              ChronoField.MILLI_OF_SECOND,
              Integer.parseInt((text.substring(start, at) + "00").substring(0, 3)));
        }
        case Part.Name name -> name(name);
        case Part.Offset _ -> offset();
        case Part.ZoneName(var id) -> zoneName(id);
      }
    }

    private int number(TemporalField field, int most) {
      var negative = field == ChronoField.YEAR && at < text.length() && text.charAt(at) == '-';
      if (negative) {
        at++;
      }
      var start = at;
      digits(most);
      var number = Integer.parseInt(text.substring(start, at));
      return negative ? -number : number;
    }

    /** Skips one to so many digits. */
    private void digits(int most) {
      var start = at;
      while (at < text.length() && at - start < most && isDigit(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        throw problem("a digit");
      }
    }

    private void shortYear(TemporalField field, boolean digitsFollow) {
      var start = at;
      var year = number(field, digitsFollow ? 2 : 9);
      put(field, at - start == 2 ? (year < 50 ? 2000 : 1900) + year : year);
    }

    private void name(Part.Name name) {
      var range = name.field().range();
      for (var value = range.getMinimum(); value <= range.getMaximum(); value++) {
        var sample = sample(name.field(), (int) value);
        for (var form : List.of(name.longForm(), name.shortForm())) {
          var known = form.format(sample);
          if (text.regionMatches(true, at, known, 0, known.length())) {
            put(name.field(), (int) value);
            at += known.length();
            return;
          }
        }
      }
      throw problem("a name");
    }

    /** Any moment at which the field has the value. */
    private static ZonedDateTime sample(TemporalField field, int value) {
      return LocalDateTime.of(2001, 1, 1, 0, 0).atZone(ZoneOffset.UTC).with(field, value);
    }

    private void offset() {
      if (text.startsWith("Z", at)) {
        zone = ZoneOffset.UTC;
        at++;
        return;
      }
      for (var length : new int[] {6, 5}) {
        var end = Math.min(text.length(), at + length);
        var offset = text.substring(at, end);
        if (Moments.OFFSET.matches(offset)) {
          zone = ZoneOffset.of(offset);
          at = end;
          return;
        }
      }
      throw problem("an offset such as +09:00");
    }

    private void zoneName(boolean id) {
      if (!id) {
        throw new SelException("a zone can be printed with z, but not read");
      }
      var start = at;
      while (at < text.length() && isZoneLetter(text.charAt(at))) {
        at++;
      }
      zone = Moments.zone(text.substring(start, at));
    }

    private static boolean isZoneLetter(char c) {
      return isLetter(c) || isDigit(c) || "/_+-:".indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private void put(TemporalField field, int value) {
      field.range().checkValidValue(value, field);
      fields.put(field, value);
    }

    private int get(TemporalField field, int otherwise) {
      return fields.getOrDefault(field, otherwise);
    }

    private LocalDate date() {
      if (fields.containsKey(IsoFields.WEEK_BASED_YEAR)
          || fields.containsKey(IsoFields.WEEK_OF_WEEK_BASED_YEAR)) {
        return LocalDate.of(2000, 1, 6)
            .with(IsoFields.WEEK_BASED_YEAR, get(IsoFields.WEEK_BASED_YEAR, 2000))
            .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, get(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1))
            .with(ChronoField.DAY_OF_WEEK, get(ChronoField.DAY_OF_WEEK, 1));
      }
      var dated =
          fields.containsKey(ChronoField.MONTH_OF_YEAR)
              || fields.containsKey(ChronoField.DAY_OF_MONTH);
      var year = get(ChronoField.YEAR, get(ChronoField.YEAR_OF_ERA, dated ? 2000 : 1970));
      if (fields.containsKey(ChronoField.DAY_OF_YEAR)) {
        return LocalDate.ofYearDay(year, get(ChronoField.DAY_OF_YEAR, 1));
      }
      return LocalDate.of(
          year, get(ChronoField.MONTH_OF_YEAR, 1), get(ChronoField.DAY_OF_MONTH, 1));
    }

    private LocalTime time() {
      var ofHalf = get(ChronoField.HOUR_OF_AMPM, get(ChronoField.CLOCK_HOUR_OF_AMPM, 0) % 12);
      var hour =
          get(
              ChronoField.HOUR_OF_DAY,
              get(ChronoField.CLOCK_HOUR_OF_DAY, ofHalf + 12 * get(ChronoField.AMPM_OF_DAY, 0)));
      return LocalTime.of(
          hour % 24,
          get(ChronoField.MINUTE_OF_HOUR, 0),
          get(ChronoField.SECOND_OF_MINUTE, 0),
          get(ChronoField.MILLI_OF_SECOND, 0) * 1_000_000);
    }

    private SelException problem(String expected) {
      return new SelException(
          "expected %s at character %d of the date '%s'"
              .formatted(expected, at + 1, Moments.shown(text)));
    }
  }
}
