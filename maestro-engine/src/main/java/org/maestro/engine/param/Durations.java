package org.maestro.engine.param;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90}, {@code 100s}, {@code 1d 2h 30min}. */
final class Durations {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
  private static final Pattern PART = Pattern.compile("\\G\\s*(\\d{1,12})\\s*([a-z]+)\\s*");

  private Durations() {}

  /** In milliseconds; empty if the text is no duration. */
  static OptionalLong millis(String text) {
    var stripped = text.strip().toLowerCase(Locale.ROOT);
    if (SECONDS.matcher(stripped).matches()) {
      return OptionalLong.of(Long.parseLong(stripped) * 1000);
    }
    var part = PART.matcher(stripped);
    var total = 0L;
    var end = 0;
    while (part.find()) {
      var unit = unit(part.group(2));
      if (unit == 0) {
        return OptionalLong.empty();
      }
      total += Long.parseLong(part.group(1)) * unit;
      end = part.end();
    }
    return end == 0 || end < stripped.length() ? OptionalLong.empty() : OptionalLong.of(total);
  }

  private static long unit(String name) {
    return switch (name) {
      case "d", "day", "days" -> 86_400_000;
      case "h", "hour", "hours" -> 3_600_000;
      case "min", "minute", "minutes" -> 60_000;
      case "s", "sec", "second", "seconds" -> 1000;
      case "ms", "millisecond", "milliseconds" -> 1;
      default -> 0;
    };
  }
}
