package org.maestro.dsl;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Durations as people write them: plain seconds ({@code 90}) or numbers with units ({@code 1d 2h
 * 30min 10s 5ms}), in any order and case, with or without blanks. A unit that occurs twice counts
 * twice.
 */
public final class DurationText {
  private static final Pattern SECONDS = Pattern.compile("\\s*(\\d{1,18})\\s*");
  private static final Pattern PART = Pattern.compile("\\s*(\\d{1,18})\\s*([a-zA-Z]+)\\s*");
  private static final Map<String, Long> MILLIS =
      Map.ofEntries(
          Map.entry("d", 86_400_000L),
          Map.entry("day", 86_400_000L),
          Map.entry("days", 86_400_000L),
          Map.entry("h", 3_600_000L),
          Map.entry("hour", 3_600_000L),
          Map.entry("hours", 3_600_000L),
          Map.entry("min", 60_000L),
          Map.entry("minute", 60_000L),
          Map.entry("minutes", 60_000L),
          Map.entry("s", 1_000L),
          Map.entry("sec", 1_000L),
          Map.entry("second", 1_000L),
          Map.entry("seconds", 1_000L),
          Map.entry("ms", 1L),
          Map.entry("millisecond", 1L),
          Map.entry("milliseconds", 1L));

  private DurationText() {}

  /**
   * The duration in milliseconds; zero or more.
   *
   * @throws IllegalArgumentException if the text is no duration or longer than 2^63 ms; its message
   *     is meant for the author
   */
  public static long millis(String text) {
    try {
      var seconds = SECONDS.matcher(text);
      return seconds.matches()
          ? Math.multiplyExact(Long.parseLong(seconds.group(1)), 1_000L)
          : sumOfParts(text);
    } catch (ArithmeticException _) {
      throw new IllegalArgumentException("the duration " + Found.quote(text) + " is too long");
    }
  }

  private static long sumOfParts(String text) {
    var part = PART.matcher(text);
    var position = 0;
    var sum = 0L;
    while (position < text.length()) {
      part.region(position, text.length());
      if (!part.lookingAt()) {
        throw noDuration(text);
      }
      var unit = MILLIS.get(part.group(2).toLowerCase(Locale.ROOT));
      if (unit == null) {
        throw new IllegalArgumentException(
            "expected one of the units d, h, min, s, ms, found "
                + Found.quote(part.group(2))
                + " in "
                + Found.quote(text));
      }
      sum = Math.addExact(sum, Math.multiplyExact(Long.parseLong(part.group(1)), unit));
      position = part.end();
    }
    if (position == 0) {
      throw noDuration(text);
    }
    return sum;
  }

  private static IllegalArgumentException noDuration(String text) {
    return new IllegalArgumentException(
        "expected seconds or a duration such as \"1d 2h 30min\", found " + Found.quote(text));
  }
}
