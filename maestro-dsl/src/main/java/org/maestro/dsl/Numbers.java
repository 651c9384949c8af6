package org.maestro.dsl;

import org.jspecify.annotations.Nullable;
import org.maestro.model.document.Limit;

/**
 * Numbers that may be interpolated: a number, its text, or text with {@code $param}. They are kept
 * as text; what is constant is checked here, the rest when it is known.
 */
final class Numbers {
  private static final long DAY_MILLIS = 86_400_000L;

  @Limit(value = "a time-out", unit = "days")
  private static final long LONGEST_TIMEOUT_DAYS = 120;

  private static final int LONGEST = 1_024;

  private Numbers() {}

  /** A whole number within bounds. */
  static @Nullable String number(
      Fields fields, String name, long least, long most, boolean checked) {
    var text = text(fields, name);
    if (text != null && checked && isConstant(text)) {
      var number = Scalars.wholeNumber(text);
      if (number == null || number < least || number > most) {
        fields
            .at(name)
            .report(
                "expected a whole number from "
                    + least
                    + " to "
                    + most
                    + " or a ${parameter}, found "
                    + Found.describe(fields.raw(name)));
      }
    }
    return text;
  }

  /** A time-out: seconds or a duration, above zero and at most 120 days. */
  static @Nullable String timeout(Fields fields, String name, boolean checked) {
    var text = text(fields, name);
    if (text != null && checked && isConstant(text)) {
      var millis = duration(text, fields.at(name));
      if (millis == 0 || millis > LONGEST_TIMEOUT_DAYS * DAY_MILLIS) {
        fields
            .at(name)
            .report(
                "expected a time-out above zero and of at most "
                    + LONGEST_TIMEOUT_DAYS
                    + " days, found "
                    + Found.describe(fields.raw(name)));
      }
    }
    return text;
  }

  /** A constant duration of at least some milliseconds. */
  static @Nullable String duration(Fields fields, String name, long leastMillis, boolean checked) {
    var text = text(fields, name);
    if (text != null && checked) {
      var millis = duration(text, fields.at(name));
      if (millis >= 0 && millis < leastMillis) {
        fields
            .at(name)
            .report(
                "expected at least "
                    + leastMillis / 1_000
                    + " seconds, found "
                    + Found.describe(fields.raw(name)));
      }
    }
    return text;
  }

  /** In milliseconds; negative after a problem. */
  private static long duration(String text, Place place) {
    try {
      return DurationText.millis(text);
    } catch (IllegalArgumentException e) {
      place.report(String.valueOf(e.getMessage()));
      return -1;
    }
  }

  /** Whole numbers are written without a fraction, so that 5.0 and 5 are the same. */
  private static @Nullable String text(Fields fields, String name) {
    var number = fields.raw(name) instanceof Number written ? Scalars.wholeNumber(written) : null;
    return number == null ? fields.text(name, LONGEST) : number.toString();
  }

  private static boolean isConstant(String text) {
    return text.indexOf('$') < 0;
  }
}
