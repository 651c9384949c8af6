package org.maestro.sel;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Strings. */
final class TextBuiltins {
  private TextBuiltins() {}

  static void addTo(Builtins table) {
    var type = ValueType.STRING;
    table.method(type, "length", 0, c -> new Value.Whole(c.selfText().length()));
    table.method(type, "isEmpty", 0, c -> Value.of(c.selfText().isEmpty()));
    table.method(
        type,
        "equals",
        1,
        c -> Value.of(read(c).receiver() instanceof Value.Text text && text.equals(c.value(0))));
    table.method(
        type, "compareTo", 1, c -> new Value.Whole(read(c).selfText().compareTo(c.text(0))));
    table.method(type, "startsWith", 1, c -> Value.of(read(c).selfText().startsWith(c.text(0))));
    table.method(type, "endsWith", 1, c -> Value.of(read(c).selfText().endsWith(c.text(0))));
    table.method(type, "contains", 1, c -> Value.of(find(c) >= 0));
    table.method(type, "lastIndexOf", 1, TextBuiltins::lastIndexOf);
    table.method(type, "substring", 1, c -> substring(c, c.whole(0), c.selfText().length()));
    table.method(type, "substring", 2, c -> substring(c, c.whole(0), c.whole(1)));
    table.method(type, "trim", 0, c -> c.made(c.selfText().trim()));
    table.method(type, "toUpperCase", 0, c -> c.made(read(c).selfText().toUpperCase(Locale.ROOT)));
    table.method(type, "toLowerCase", 0, c -> c.made(read(c).selfText().toLowerCase(Locale.ROOT)));
    table.method(type, "escape", 0, c -> escape(c, c.selfText()));
    table.method(type, "replace", 2, TextBuiltins::replace);
    table.method(
        type,
        "replaceAll",
        2,
        c -> c.made(Regex.of(c.text(0), c.budget()).replaceAll(c.selfText(), c.text(1))));
    table.method(type, "split", 1, c -> split(c, 0));
    table.method(type, "split", 2, c -> split(c, c.small(1)));

    table.function("String", "valueOf", 1, c -> c.made(Operators.text(c.value(0), c.budget())));
    table.function("String", "escape", 1, c -> escape(c, c.text(0)));
    table.functionOfAny("String", "format", TextBuiltins::format);
    table.functionOfAny("String", "join", TextBuiltins::join);
  }

  /** Pays for reading the receiver once. */
  private static Call read(Call c) {
    c.budget().work(c.selfText().length() / 16);
    return c;
  }

  private static int find(Call c) {
    // The search is naive: at worst it compares the whole needle at every position.
    c.budget().work((long) c.selfText().length() * Math.min(c.text(0).length(), 4096) / 64);
    return c.selfText().indexOf(c.text(0));
  }

  private static Value lastIndexOf(Call c) {
    find(c);
    return new Value.Whole(c.selfText().lastIndexOf(c.text(0)));
  }

  private static Value substring(Call c, long from, long to) {
    var text = c.selfText();
    if (from < 0 || from > to || to > text.length()) {
      throw new SelException(
          "expected 0 <= from <= to <= %d for substring, found %d and %d"
              .formatted(text.length(), from, to));
    }
    return c.made(text.substring((int) from, (int) to));
  }

  private static Value replace(Call c) {
    var text = c.selfText();
    var from = c.text(0);
    var to = c.text(1);
    var result = new StringBuilder();
    var start = 0;
    var found = find(c);
    while (found >= 0) {
      c.budget().characters(found - start + (long) to.length());
      result.append(text, start, found).append(to);
      start = found + from.length();
      if (from.isEmpty()) {
        // Nothing is found between all characters.
        if (found == text.length()) {
          break;
        }
        result.append(text.charAt(found));
        start = found + 1;
        found = start;
      } else {
        found = text.indexOf(from, start);
      }
    }
    return c.made(result.append(text, Math.min(start, text.length()), text.length()).toString());
  }

  private static Value split(Call c, int limit) {
    return strings(Regex.of(c.text(0), c.budget()).split(c.selfText(), limit));
  }

  private static Value strings(List<String> texts) {
    return new Value.Array(
        ValueType.STRING_ARRAY, texts.stream().map(Value.Text::new).toArray(Value[]::new));
  }

  private static Value format(Call c) {
    if (c.count() == 0) {
      throw new SelException("expected a format and its arguments");
    }
    var arguments = new @Nullable Object[c.count() - 1];
    for (var i = 0; i < arguments.length; i++) {
      var value = c.value(i + 1);
      arguments[i] =
          value instanceof Value.Whole
                  || value instanceof Value.Real
                  || value instanceof Value.Truth
              ? PlainValues.leave(value, c.budget())
              : value == Value.Nothing.NULL ? null : Operators.text(value, c.budget());
    }
    return c.made(TextFormat.format(c.text(0), arguments, c.budget()));
  }

  /** A separator, then one array or any number of values. */
  private static Value join(Call c) {
    if (c.count() == 0) {
      throw new SelException("expected a separator and what to join");
    }
    var separator = c.text(0);
    var result = new StringBuilder();
    var first = true;
    var values =
        c.count() == 2 && c.value(1) instanceof Value.Array array ? array.elements() : c.from(1);
    for (var value : values) {
      var text = Operators.text(value, c.budget());
      c.budget().characters((long) separator.length() + text.length());
      result.append(first ? "" : separator).append(text);
      first = false;
    }
    return c.made(result.toString());
  }

  /** The text as it would stand between the quotes of a Java string. */
  private static Value escape(Call c, String text) {
    c.budget().characters(6L * text.length());
    var result = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      var ch = text.charAt(i);
      switch (ch) {
        case '"' -> result.append("\\\"");
        case '\\' -> result.append("\\\\");
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        case '\t' -> result.append("\\t");
        case '\b' -> result.append("\\b");
        case '\f' -> result.append("\\f");
        default -> result.append(ch < ' ' || ch > '~' ? "\\u%04X".formatted((int) ch) : ch);
      }
    }
    return c.made(result.toString());
  }
}
