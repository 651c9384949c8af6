package org.maestro.model.definition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many of several runs beside each other may fail before no more of them begin: a count, a
 * percentage of them, or all. One more failure than that holds back what has not begun.
 *
 * @param text {@code all}, a whole number such as {@code 20} or a percentage such as {@code 10%}
 */
public record MaxFailures(String text) {
  private static final String ALL = "all";

  /** What is expected, for messages. */
  public static final String EXPECTED =
      "all, a whole number such as 20 or a percentage such as 10%";

  private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
  private static final Pattern PERCENTAGE = Pattern.compile("\\d{1,3}(\\.\\d{1,4})?%");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public MaxFailures {
    if (!isWritten(text)) {
      throw new IllegalArgumentException("expected %s, found \"%s\"".formatted(EXPECTED, text));
    }
  }

  private static boolean isWritten(String text) {
    return text.equals(ALL)
        || COUNT.matcher(text).matches()
        || (PERCENTAGE.matcher(text).matches() && percent(text).compareTo(HUNDRED) <= 0);
  }

  private static BigDecimal percent(String text) {
    return new BigDecimal(text.substring(0, text.length() - 1));
  }

  /** What somebody wrote, as a text or a whole number; empty if it is none. */
  public static Optional<MaxFailures> read(@Nullable Object written) {
    var text =
        written instanceof Long number
            ? number.toString()
            : written instanceof String given ? given.strip().toLowerCase(Locale.ROOT) : "";
    return isWritten(text) ? Optional.of(new MaxFailures(text)) : Optional.empty();
  }

  /** What may have been meant by something that is none; null if nobody can say. */
  public static @Nullable String meant(@Nullable Object written) {
    if (written instanceof Boolean allowed) {
      return allowed ? ALL : "0";
    }
    if (written instanceof Long number && number < 0) {
      return ALL;
    }
    if (written instanceof BigDecimal part
        && part.signum() > 0
        && part.compareTo(BigDecimal.ONE) < 0) {
      return part.multiply(HUNDRED).stripTrailingZeros().toPlainString() + "%";
    }
    if (!(written instanceof String text)) {
      return null;
    }
    var dense = text.replaceAll("\\s", "");
    if (isWritten(dense)) {
      return dense;
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "-1", "any", "infinite", "infinity", "unlimited", "*" -> ALL;
      case "none", "no" -> "0";
      default -> null;
    };
  }

  /** As definitions have it: a count as a number. */
  public Object written() {
    return COUNT.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
  }

  /** How many of so many may fail; a part of one counts for nothing. */
  public long of(long total) {
    if (text.equals(ALL)) {
      return total;
    }
    return text.endsWith("%")
        ? percent(text)
            .multiply(BigDecimal.valueOf(total))
            .divide(HUNDRED, 0, RoundingMode.FLOOR)
            .longValueExact()
        : Math.min(total, Long.parseLong(text));
  }
}
