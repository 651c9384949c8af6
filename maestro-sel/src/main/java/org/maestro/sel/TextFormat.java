package org.maestro.sel;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
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
      return hasReal(arguments)
          ? withTextsOfReals(format, arguments)
          : String.format(Locale.ROOT, format, arguments);
    } catch (IllegalFormatException e) {
      throw new SelException("expected a format that fits its arguments: " + e.getMessage());
    }
  }

  private static boolean hasReal(@Nullable Object[] arguments) {
    for (var argument : arguments) {
      if (argument instanceof Double) {
        return true;
      }
    }
    return false;
  }

  /** As {@code %s} a double has the text that it has everywhere. */
  private static String withTextsOfReals(String format, @Nullable Object[] arguments) {
    var all = new ArrayList<@Nullable Object>(Arrays.asList(arguments));
    var numbered = new StringBuilder();
    var matcher = DIRECTIVE.matcher(format);
    var end = 0;
    var ordinary = 0;
    var last = -1;
    while (matcher.find()) {
      var directive = matcher.group();
      numbered.append(format, end, matcher.start());
      end = matcher.end();
      if (directive.endsWith("%") || directive.endsWith("n")) {
        numbered.append(directive);
        continue;
      }
      var dollar = directive.indexOf('$');
      var relative = directive.charAt(1) == '<';
      var rest = directive.substring(relative ? 2 : Math.max(dollar, 0) + 1);
      last =
          relative ? last : dollar < 0 ? ordinary++ : indexOf(directive.substring(1, dollar)) - 1;
      if (last < 0 || last >= arguments.length) {
        numbered.append(directive);
        continue;
      }
      var argument = arguments[last];
      var index = last;
      if (argument instanceof Double number && (rest.endsWith("s") || rest.endsWith("S"))) {
        index = all.size();
        all.add(Decimals.text(number.doubleValue()));
      }
      numbered.append('%').append(index + 1).append('$').append(rest);
    }
    numbered.append(format, end, format.length());
    return String.format(Locale.ROOT, numbered.toString(), all.toArray());
  }

  /** Too many digits are no argument's number. */
  private static int indexOf(String digits) {
    return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
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

  /** The longest text one directive can print; a double has at most 325 digits behind its point. */
  private static long longest(@Nullable Object[] arguments) {
    var longest = 330L;
    for (var argument : arguments) {
      if (argument instanceof String text) {
        longest = Math.max(longest, text.length());
      }
    }
    return longest;
  }
}
