package org.maestro.sel;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one form of a DOUBLE, whichever way it came, and so its one text: all its digits, never an
 * exponent, a point with at least one digit behind it and no more zeros there than that. The point
 * tells it from a LONG wherever it is written and read again.
 */
public final class Decimals {
  /** The most digits on each side of the point. */
  public static final int MOST_DIGITS = 1_000;

  private static final double LEAST_PLAIN = 1e-3;
  private static final double MOST_PLAIN = 1e7;

  private Decimals() {}

  /**
   * The same number in its one form.
   *
   * @throws IllegalArgumentException if it has more than {@link #MOST_DIGITS} digits on a side:
   *     those of 1e999999999 fill a gigabyte
   */
  public static BigDecimal normal(BigDecimal number) {
    if (!isOrdinary(number)) {
      throw new IllegalArgumentException(
          "expected a number of at most "
              + MOST_DIGITS
              + " digits before and after the point, found a larger one; round it");
    }
    var plain = number.stripTrailingZeros();
    return plain.scale() < 1 ? plain.setScale(1) : plain;
  }

  /** Whether {@link #normal} takes it. */
  public static boolean isOrdinary(BigDecimal number) {
    var before = (long) number.precision() - number.scale();
    return number.signum() == 0
        || (before <= MOST_DIGITS
            && -before <= MOST_DIGITS // zeros need not be stripped to see that
            && number.stripTrailingZeros().scale() <= MOST_DIGITS);
  }

  /** A finite number in its one form; there is no negative zero. */
  public static BigDecimal of(double number) {
    return normal(BigDecimal.valueOf(number));
  }

  /** The text of a number; with an exponent only where no parameter could hold it. */
  public static String text(BigDecimal number) {
    return isOrdinary(number) ? normal(number).toPlainString() : number.toString();
  }

  /** The text of a number: NaN, Infinity, or as that of the same BigDecimal. */
  public static String text(double number) {
    var size = Math.abs(number);
    if ((size >= LEAST_PLAIN && size < MOST_PLAIN) || !Double.isFinite(number)) {
      return Double.toString(number); // plain already, and quicker
    }
    return of(number).toPlainString();
  }

  /**
   * The LONG that a number from outside is, because JSON knows one kind of number only: 5, 5.0 and
   * 5e0 are the same. Null if it has a fraction or is beyond 64 bits.
   */
  public static @Nullable Long whole(Number number) {
    try {
      return switch (number) {
        case Long whole -> whole;
        case Integer whole -> (Long) whole.longValue();
        case BigInteger whole -> (Long) whole.longValueExact();
        case BigDecimal decimal -> (Long) decimal.longValueExact();
        case Double real when Double.isFinite(real) -> whole(BigDecimal.valueOf(real));
        default -> null;
      };
    } catch (ArithmeticException _) {
      return null;
    }
  }

  /** The text of a number of any kind. */
  public static String text(Number number) {
    return switch (number) {
      case BigDecimal decimal -> text(decimal);
      case Double real -> text(real.doubleValue());
      case Float real -> text(real.doubleValue());
      default -> number.toString();
    };
  }
}
