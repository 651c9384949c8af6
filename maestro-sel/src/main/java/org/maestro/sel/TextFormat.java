package org.maestro.sel;

import com.google.re2j.Pattern;
import java.util.IllegalFormatException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code String.format} for numbers, strings and booleans, with bounded widths. No dates (they
 * would take the machine's zone) and no hash codes.
 */
final class TextFormat {
  private static final int WIDEST = 1_000;
  private static final Pattern DIRECTIVE =
      Pattern.compile("%(?:[0-9]+\\$|<)?[-#+ 0,(]*([0-9]*)(?:\\.([0-9]*))?([a-zA-Z%]?)");
  private static final String CONVERSIONS = "sSdfeEgGxXobBn%";

  private TextFormat() {}

  static String format(String format, @Nullable Object[] arguments, Budget budget) {
    budget.work(format.length());
    var longestArgument = longest(arguments);
    budget.work(arguments.length);
    var longest = (long) format.length();
    var matcher = DIRECTIVE.matcher(format);
    while (matcher.find()) {
      if (matcher.group(3).isEmpty() || CONVERSIONS.indexOf(matcher.group(3)) < 0) {
        throw new SelException(
            "expected a format such as %s, %d or %.2f, found " + Moments.shown(matcher.group()),
            "write %% for a percent sign");
      }
      longest += bounded(matcher.group(1)) + bounded(matcher.group(2)) + longestArgument;
    }
    budget.characters(longest);
    try {
      return String.format(Locale.ROOT, format, arguments);
    } catch (IllegalFormatException e) {
      throw new SelException("expected a format that fits its arguments: " + e.getMessage());
    }
  }

  private static int bounded(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return 0;
    }
    if (digits.length() > 4 || Integer.parseInt(digits) > WIDEST) {
      throw new SelException(
          "expected a width or precision of at most %d in a format, found %s"
              .formatted(WIDEST, Moments.shown(digits)));
    }
    return Integer.parseInt(digits);
  }

  /** The longest text one directive can print; a double has at most 310 digits before the point. */
  private static long longest(@Nullable Object[] arguments) {
    var longest = 320L;
    for (var argument : arguments) {
      if (argument instanceof String text) {
        longest = Math.max(longest, text.length());
      }
    }
    return longest;
  }
}
