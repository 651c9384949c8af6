package org.maestro.sel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plain values as compact JSON, up to a given length. */
final class Json {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();
  private final int longest;

  private Json(int longest) {
    this.longest = longest;
  }

  static String write(@Nullable Object plain, int longest) {
    var json = new Json(longest);
    json.value(plain);
    return json.out.toString();
  }

  private void value(@Nullable Object plain) {
    switch (plain) {
      case null -> out.append("null");
      case String text -> string(text);
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      case Double number when !Double.isFinite(number) ->
          throw new SelException("expected a finite number for JSON, found " + number);
      case Number number -> out.append(Decimals.text(number));
      case Boolean truth -> out.append(truth);
      default -> string(plain.toString());
    }
    if (out.length() > longest) {
      throw new SelException("expected at most %d characters of JSON".formatted(longest));
    }
  }

  private void list(List<?> list) {
    var separator = '[';
    for (var element : list) {
      out.append(separator);
      value(element);
      separator = ',';
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private void map(Map<?, ?> map) {
    var separator = '{';
    for (var entry : map.entrySet()) {
      out.append(separator);
      string(String.valueOf(entry.getKey()));
      out.append(':');
      value(entry.getValue());
      separator = ',';
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private void string(String text) {
    out.append('"');
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || (Character.isSurrogate(c) && !paired(text, i))) {
            out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
            out.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Whether a surrogate has its other half, so that it can be encoded. */
  private static boolean paired(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }
}
