package org.maestro.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times and durations as people read and write them. */
public final class Times {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssX", Locale.ROOT);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");

  private final ZoneId zone;

  public Times(ZoneId zone) {
    this.zone = zone;
  }

  /** Date and time to the second, with the offset of the zone; {@code -} for null. */
  public String at(@Nullable Long millis) {
    return millis == null ? "-" : SECOND.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  /** Time of day to the second. */
  public String clock(long millis) {
    return CLOCK.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  /** How long something took in two units at most, such as {@code 3m12s}. */
  public static String took(long millis) {
    var ms = Math.max(0, millis);
    if (ms < 1_000) {
      return ms + "ms";
    }
    if (ms < 60_000) {
      return ms / 1_000 + "." + ms % 1_000 / 100 + "s";
    }
    var seconds = ms / 1_000;
    if (seconds < 3_600) {
      return "%dm%02ds".formatted(seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return "%dh%02dm".formatted(seconds / 3_600, seconds % 3_600 / 60);
    }
    return "%dd%02dh".formatted(seconds / 86_400, seconds % 86_400 / 3_600);
  }

  /** From a start to an end, or to now if it has none; {@code -} without a start. */
  public static String took(@Nullable Long start, @Nullable Long end, long now) {
    return start == null ? "-" : took((end == null ? now : end) - start);
  }

  /**
   * Reads {@code 90s}, {@code 1h30m}, {@code 250ms}; a bare number is seconds. Null if it is none
   * of them.
   */
  public static @Nullable Duration duration(String text) {
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    var matcher = PART.matcher(text);
    var sum = Duration.ZERO;
    var end = 0;
    while (matcher.find() && matcher.start() == end) {
      var number = matcher.group(1);
      if (number.length() > 12) {
        return null;
      }
      var unit = unitMillis(matcher.group(2));
      sum = sum.plusMillis(Math.round(Double.parseDouble(number) * unit));
      end = matcher.end();
    }
    return end == 0 || end < text.length() ? null : sum;
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> throw new IllegalStateException("expected a unit, found " + unit);
    };
  }
}
