package org.maestro.dsl.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plain scalars as YAML 1.2's core schema reads them: {@code no} and {@code on} are text, so are
 * dates and {@code 1_000}; {@code 012} is twelve; octal is {@code 0o14}.
 */
final class CoreSchema {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NO_NUMBER =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
  private static final int MOST_DIGITS = 1_000;

  private CoreSchema() {}

  /** The value: String, Long, BigDecimal, Boolean or null. */
  static @Nullable Object value(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    if (text.length() > MOST_DIGITS) {
      return text;
    }
    if (INTEGER.matcher(text).matches()) {
      return whole(new BigInteger(text));
    }
    if (OCTAL.matcher(text).matches()) {
      return whole(new BigInteger(text.substring(2), 8));
    }
    if (HEX.matcher(text).matches()) {
      return whole(new BigInteger(text.substring(2), 16));
    }
    if (FLOAT.matcher(text).matches()) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException _) {
        return text;
      }
    }
    return text;
  }

  private static Object whole(BigInteger number) {
    return number.bitLength() < 64 ? number.longValue() : (Object) new BigDecimal(number);
  }

  /** Whether it is infinity or not a number, which JSON doesn't have. */
  static boolean isNoNumber(String text) {
    return NO_NUMBER.matcher(text).matches();
  }

  /** Whether zeros at its start get lost. */
  static boolean hasLeadingZero(String text) {
    return LEADING_ZERO.matcher(text).matches();
  }
}
