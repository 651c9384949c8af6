package org.maestro.sel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts parameter values into literal strings: {@code $name}, {@code ${name}}, and {@code
 * ${name@step}} for {@code ${step__name}}. {@code $$} stands for one dollar sign and keeps what
 * follows from being a reference; any other dollar sign stays. Values that are put in are not
 * searched again.
 */
public final class Interpolation {
  /** What to do about a reference to nothing, if nothing like it is known. */
  public static final String JUST_TEXT = "write $$ for a dollar sign that is just text";

  private static final int LONGEST = 4_000_000;

  private Interpolation() {}

  /**
   * The text with every reference replaced: scalars as strings (numbers as {@link Decimals} says),
   * lists and maps as compact JSON.
   *
   * @param lookup the value of a name; null if there is none
   * @throws SelException if a name has no value, or the result exceeds 4 million characters
   */
  public static String interpolate(String text, Function<String, @Nullable Object> lookup) {
    return interpolate(text, lookup, LONGEST);
  }

  /**
   * The same up to a length. All values are looked up before anything is put together, and a text
   * that is a reference to a string and nothing else is that string, not a copy.
   *
   * @param longest how many characters the result may have
   */
  public static String interpolate(
      String text, Function<String, @Nullable Object> lookup, int longest) {
    var values = new ArrayList<Object>();
    scan(
        text,
        new StringBuilder(),
        (name, offset) -> values.add(valueOf(name, lookup, text, offset)));
    if (values.size() == 1 && values.getFirst() instanceof String only && isReference(text)) {
      return only;
    }
    var result = new StringBuilder();
    var next = values.iterator();
    scan(
        text,
        result,
        (_, offset) -> {
          var value = next.next();
          var part =
              switch (value) {
                case List<?> _, Map<?, ?> _ ->
                    Json.write(value, Math.max(0, longest - result.length()));
                case Number number -> Decimals.text(number);
                default -> value.toString();
              };
          if (part.length() > longest - result.length()) {
            throw new SelException("expected a text of at most %d characters".formatted(longest))
                .at(text, offset);
          }
          result.append(part);
        });
    return result.toString();
  }

  /** Whether a text with one reference is nothing else. */
  private static boolean isReference(String text) {
    var literal = new StringBuilder();
    scan(text, literal, (_, _) -> {});
    return literal.isEmpty();
  }

  /** The names a text refers to, in order of appearance. */
  public static Set<String> names(String text) {
    return places(text).keySet();
  }

  /** The same, each with the characters before its first reference. */
  public static Map<String, Integer> places(String text) {
    var places = new LinkedHashMap<String, Integer>();
    scan(text, new StringBuilder(), places::putIfAbsent);
    return Collections.unmodifiableMap(places);
  }

  private static Object valueOf(
      String name, Function<String, @Nullable Object> lookup, String text, int offset) {
    try {
      var value = lookup.apply(name);
      if (value != null) {
        return value;
      }
    } catch (UnknownNameException e) {
      throw unknown(name, e.suggestion()).at(text, offset);
    }
    throw unknown(name, null).at(text, offset);
  }

  private static SelException unknown(String name, @Nullable String suggestion) {
    return SelException.unknownName(
        "there is no parameter " + name, suggestion == null ? JUST_TEXT : suggestion);
  }

  private interface References {
    void found(String name, int offset);
  }

  /** Walks over a text, copying what is literal and reporting what is a reference. */
  private static void scan(String text, StringBuilder literal, References references) {
    var at = 0;
    while (at < text.length()) {
      var c = text.charAt(at);
      var next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
      if (c != '$') {
        literal.append(c);
        at++;
      } else if (next == '$') {
        literal.append('$');
        at += 2;
      } else if (isLetter(next)) {
        var end = at + 2;
        while (end < text.length() && isNamePart(text.charAt(end), "_")) {
          end++;
        }
        references.found(text.substring(at + 1, end), at);
        at = end;
      } else {
        var end = next == '{' ? endOfBraces(text, at + 2) : -1;
        if (end < 0) {
          literal.append(c);
          at++;
        } else {
          references.found(plainName(text.substring(at + 2, end)), at);
          at = end + 1;
        }
      }
    }
  }

  /** The index of the closing brace behind a well-formed name, or -1. */
  private static int endOfBraces(String text, int start) {
    if (start >= text.length() || !isLetter(text.charAt(start))) {
      return -1;
    }
    var end = start;
    var steps = 0;
    while (end < text.length() && isNamePart(text.charAt(end), "-_./@")) {
      steps += text.charAt(end) == '@' ? 1 : 0;
      end++;
    }
    var closed = end < text.length() && text.charAt(end) == '}';
    return closed && steps <= 1 && text.charAt(end - 1) != '@' ? end : -1;
  }

  /** {@code name@step} is another way to write {@code step__name}. */
  private static String plainName(String name) {
    var at = name.indexOf('@');
    return at < 0 ? name : name.substring(at + 1) + "__" + name.substring(0, at);
  }

  private static boolean isNamePart(char c, String more) {
    return isLetter(c) || (c >= '0' && c <= '9') || more.indexOf(c) >= 0;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
