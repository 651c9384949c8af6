package org.maestro.dsl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Decimals;

/** Words for what was found in a document. */
final class Found {
  private static final int LONGEST = 60;

  private Found() {}

  /** Such as {@code the text "x"} or {@code a list}. */
  static String describe(@Nullable Object tree) {
    return switch (tree) {
      case null -> "nothing";
      case String text -> "the text " + quote(text);
      case Boolean flag -> flag.toString();
      case Number number -> "the number " + shorten(Decimals.text(number));
      case List<?> list -> list.isEmpty() ? "an empty list" : "a list";
      case Map<?, ?> map -> map.isEmpty() ? "an empty object" : "an object";
      default -> "a " + tree.getClass().getSimpleName();
    };
  }

  /** The text in quotes, shortened, on one line. */
  static String quote(String text) {
    return "\""
        + shorten(text).replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\u0000")
        + "\"";
  }

  private static String shorten(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
