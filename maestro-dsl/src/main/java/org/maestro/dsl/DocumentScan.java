package org.maestro.dsl;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Decimals;

/**
 * One walk over the whole document, before its fields are read: what no field may contain, and how
 * large the document is as compact JSON.
 */
final class DocumentScan {
  private static final int DEEPEST = 200;

  private long bytes;
  private boolean tooDeep;

  private DocumentScan() {}

  /**
   * Reports what can be found.
   *
   * @param mostBytes largest size as JSON in UTF-8
   * @return false if the document can't be read any further
   */
  static boolean passes(@Nullable Object tree, Place place, long mostBytes) {
    var scan = new DocumentScan();
    scan.visit(tree, place, 0);
    if (scan.bytes > mostBytes) {
      place.report(
          ProblemCode.LIMIT,
          "expected a document of at most "
              + mostBytes / 1024
              + " KB as JSON, found "
              + (scan.bytes + 1023) / 1024
              + " KB; split the workflow, or move large values out of it");
    }
    return !scan.tooDeep;
  }

  private void visit(@Nullable Object tree, Place place, int depth) {
    if (depth >= DEEPEST && (tree instanceof Map || tree instanceof List)) {
      if (!tooDeep) {
        place.report(
            ProblemCode.LIMIT,
            "expected at most " + DEEPEST + " levels, found more; nest less deeply");
      }
      tooDeep = true;
      return;
    }
    switch (tree) {
      case null -> bytes += 4;
      case String text -> visitText(text, place);
      case Map<?, ?> map -> {
        bytes += 2;
        map.forEach((key, value) -> {
          var name = String.valueOf(key);
          var child = place.child(name);
          visitText(name, child);
          bytes += 2;
          visit(value, child, depth + 1);
        });
      }
      case List<?> list -> {
        bytes += 2;
        for (var i = 0; i < list.size(); i++) {
          bytes += 1;
          visit(list.get(i), place.child(i), depth + 1);
        }
      }
      case Number number -> visitNumber(number, place);
      case Boolean _ -> bytes += 5;
      default ->
          place.report(
              "expected text, a number, true, false, null, a list or an object, found "
                  + Found.describe(tree));
    }
  }

  private void visitText(String text, Place place) {
    bytes += 2;
    var reported = false;
    for (var i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      bytes += jsonBytes(character);
      if (!reported && isUnstorable(text, i)) {
        reported = true;
        place.report(
            ProblemCode.CHARACTER,
            "expected text that the database can hold, found the character U+"
                + "%04X".formatted((int) character)
                + " at position "
                + i
                + "; remove it");
      }
    }
  }

  /** NUL and half of a surrogate pair have no place in the database's text. */
  private static boolean isUnstorable(String text, int index) {
    var character = text.charAt(index);
    if (Character.isHighSurrogate(character)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(character)) {
      return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }
    return character == 0;
  }

  private static int jsonBytes(char character) {
    if (character < 0x80) {
      return character == '"' || character == '\\' || character == '\n'
          ? 2
          : character < 0x20 ? 6 : 1;
    }
    return character < 0x800 || Character.isSurrogate(character) ? 2 : 3;
  }

  private void visitNumber(Number number, Place place) {
    var decimal = number instanceof Double real && !Double.isFinite(real) ? null : exact(number);
    if (decimal == null) {
      place.report(
          ProblemCode.NUMBER, "expected a number, found " + number + "; JSON has no such number");
    } else if (Scalars.isHuge(decimal)) {
      place.report(
          ProblemCode.NUMBER,
          "expected a number of at most "
              + Decimals.MOST_DIGITS
              + " digits before and after the point, found a larger one; round it");
    } else {
      bytes += number instanceof Long ? number.toString().length() : plainLength(decimal);
    }
  }

  /** As it is written: 1e999 is a digit and 999 zeros. */
  private static long plainLength(BigDecimal decimal) {
    long digits = decimal.precision();
    long scale = decimal.scale();
    return scale <= 0 ? digits - scale + 1 : Math.max(digits, scale + 1) + 2;
  }

  private static @Nullable BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    try {
      return new BigDecimal(number.toString());
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
