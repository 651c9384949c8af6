package org.maestro.dsl.yaml;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plain data as YAML text that reads back the same, also with readers of YAML 1.1: what they would
 * take for something else is quoted.
 */
final class YamlEmitter {
  private static final int WIDTH = 80;
  private static final int LONGEST_KEY = 900;
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}0-9_/.$(][\\p{L}0-9_ ./$()+*'\"=<>@;{}\\[\\],:!?&|%~^\\\\-]*");
  private static final Pattern OTHER_IN_1_1 =
      Pattern.compile(
          "[-+]?[0-9][0-9_,]*|[-+]?0[0-7_]+|[-+]?0b[01_]+|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
              + "|[-+]?[0-9][0-9_]*\\.[0-9_]*([eE][-+]?[0-9]+)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");
  private static final Set<String> WORDS_IN_1_1 = Set.of("y", "n", "yes", "no", "on", "off");

  private final StringBuilder out = new StringBuilder();

  private YamlEmitter() {}

  static String text(Map<String, Object> tree) {
    var emitter = new YamlEmitter();
    emitter.mapping(tree, 0, 0);
    return emitter.out.toString();
  }

  /** A mapping in block style; its first key stands where the text is now. */
  private void mapping(Map<?, ?> map, int indent, int first) {
    var column = first;
    for (var entry : map.entrySet()) {
      out.repeat(" ", column);
      column = indent;
      var key = scalar(String.valueOf(entry.getKey()), false);
      if (key.length() > LONGEST_KEY) {
        out.append("? ").append(key).append('\n').repeat(" ", indent).append(':');
      } else {
        out.append(key).append(':');
      }
      value(entry.getValue(), indent);
    }
  }

  private void value(@Nullable Object value, int indent) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        mapping(map, indent + 2, indent + 2);
      }
      case List<?> list when !list.isEmpty() -> {
        var flow = flow(list);
        if (flow != null && flow.length() + indent + 20 <= WIDTH) {
          out.append(' ').append(flow).append('\n');
        } else {
          out.append('\n');
          sequence(list, indent + 2);
        }
      }
      case null, default -> leaf(value, indent);
    }
  }

  private void sequence(List<?> list, int indent) {
    for (var item : list) {
      out.repeat(" ", indent).append('-');
      if (item instanceof Map<?, ?> map && !map.isEmpty()) {
        out.append(' ');
        mapping(map, indent + 2, 0);
      } else if (item instanceof List<?> inner && !inner.isEmpty()) {
        var flow = flow(inner);
        if (flow != null) {
          out.append(' ').append(flow).append('\n');
        } else {
          out.append('\n');
          sequence(inner, indent + 2);
        }
      } else {
        leaf(item, indent);
      }
    }
  }

  /** A list of short scalars on one line; null if it doesn't fit. */
  private static @Nullable String flow(List<?> list) {
    var text = new StringBuilder("[");
    for (var item : list) {
      if (item instanceof Map || item instanceof List || text.length() > WIDTH) {
        return null;
      }
      text.append(text.length() == 1 ? "" : ", ").append(inline(item, true));
    }
    return text.append(']').toString();
  }

  private void leaf(@Nullable Object value, int indent) {
    out.append(' ');
    if (value instanceof String text && isBlock(text)) {
      block(text, indent + 2);
    } else {
      out.append(inline(value, false)).append('\n');
    }
  }

  private static String inline(@Nullable Object value, boolean isFlow) {
    return switch (value) {
      case null -> "null";
      case String text -> scalar(text, isFlow);
      case BigDecimal number -> CanonicalJson.number(number);
      case Map<?, ?> _ -> "{}";
      case List<?> _ -> "[]";
      default -> value.toString();
    };
  }

  /** Several lines without anything that a block can't hold. */
  private static boolean isBlock(String text) {
    if (text.indexOf('\n') < 0 || text.isBlank()) {
      return false;
    }
    for (var line : text.split("\n", -1)) {
      if (line.isBlank() && !line.isEmpty()) {
        return false;
      }
    }
    var first = 0;
    while (text.charAt(first) == '\n') {
      first++;
    }
    // The first line with text says how deep the block is.
    return text.charAt(first) != ' '
        && text.charAt(first) != '\t'
        && text.chars().allMatch(c -> c == '\n' || c == '\t' || isPrintable(c));
  }

  private void block(String text, int indent) {
    var end = text.length();
    while (text.charAt(end - 1) == '\n') {
      end--;
    }
    var breaks = text.length() - end;
    out.append(breaks == 0 ? "|-" : breaks == 1 ? "|" : "|+").append('\n');
    for (var line : text.substring(0, end).split("\n", -1)) {
      out.repeat(" ", line.isEmpty() ? 0 : indent).append(line).append('\n');
    }
    out.repeat("\n", Math.max(0, breaks - 1));
  }

  /** Text on one line: plain if that is safe, else in single or double quotes. */
  static String scalar(String text, boolean isFlow) {
    if (isPlain(text, isFlow)) {
      return text;
    }
    if (text.chars().allMatch(YamlEmitter::isPrintable)) {
      return "'" + text.replace("'", "''") + "'";
    }
    var quoted = new StringBuilder("\"");
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (isPrintable(c)) {
            quoted.append(c);
          } else {
            quoted.append("\\u%04X".formatted((int) c));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isPlain(String text, boolean isFlow) {
    return PLAIN.matcher(text).matches()
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.endsWith(":")
        && !text.endsWith(" ")
        && !text.startsWith("...")
        && CoreSchema.value(text) instanceof String
        && !CoreSchema.isNoNumber(text)
        && !WORDS_IN_1_1.contains(text.toLowerCase(Locale.ROOT))
        && !OTHER_IN_1_1.matcher(text).matches()
        && !(isFlow && text.chars().anyMatch(c -> ",[]{}:?".indexOf(c) >= 0));
  }

  private static boolean isPrintable(int c) {
    return (c >= 0x20 && c <= 0x7E)
        || (c >= 0xA0 && c <= 0xFFFD && c != 0xFEFF && c != 0x2028 && c != 0x2029);
  }
}
