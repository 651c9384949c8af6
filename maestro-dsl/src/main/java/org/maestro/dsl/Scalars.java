package org.maestro.dsl;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Decimals;

/**
 * Scalars as JSON clients send them: a number may come as text and text as a number, as long as
 * nothing is lost. Each method gives null for what doesn't fit.
 */
final class Scalars {
  private static final int LONGEST = 2 * Decimals.MOST_DIGITS + 2;

  private Scalars() {}

  /** Whether a value says nothing: null, empty text, an empty list or an empty object. */
  static boolean isEmpty(@Nullable Object tree) {
    return switch (tree) {
      case null -> true;
      case String text -> text.isEmpty();
      case List<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }

  static @Nullable String text(@Nullable Object tree) {
    return switch (tree) {
      case String text -> text;
      case Boolean flag -> flag.toString();
      case Number number -> Decimals.text(number);
      case null, default -> null;
    };
  }

  static @Nullable Boolean flag(@Nullable Object tree) {
    return switch (tree) {
      case Boolean flag -> flag;
      case String text when text.toLowerCase(Locale.ROOT).equals("true") -> true;
      case String text when text.toLowerCase(Locale.ROOT).equals("false") -> false;
      case null, default -> null;
    };
  }

  static @Nullable Long wholeNumber(@Nullable Object tree) {
    if (tree instanceof Long number) {
      return number;
    }
    var decimal = decimal(tree);
    try {
      return decimal == null ? null : decimal.longValueExact();
    } catch (ArithmeticException _) {
      return null;
    }
  }

  /** In its one form. */
  static @Nullable BigDecimal decimal(@Nullable Object tree) {
    try {
      var number =
          switch (tree) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Long integer -> BigDecimal.valueOf(integer);
            case Integer integer -> BigDecimal.valueOf(integer);
            case Double real -> BigDecimal.valueOf(real);
            case String text when text.length() <= LONGEST -> new BigDecimal(text.strip());
            case null, default -> null;
          };
      return number == null || isHuge(number) ? null : Decimals.normal(number);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /** Whether plain code (adding, printing) would choke on the number. */
  static boolean isHuge(BigDecimal number) {
    return !Decimals.isOrdinary(number);
  }
}
