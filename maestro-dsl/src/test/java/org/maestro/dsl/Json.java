package org.maestro.dsl;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Just enough JSON for tests: text to the tree the reader expects, and back. Single quotes work as
 * double quotes, so that documents in tests need no escapes.
 */
final class Json {
  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    var json = new Json(text);
    var value = json.value();
    json.blanks();
    if (json.position != text.length()) {
      throw json.unexpected();
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String text) {
    return (Map<String, Object>) parse(text);
  }

  private Object value() {
    blanks();
    return switch (text.charAt(position)) {
      case '{' -> object();
      case '[' -> array();
      case '"', '\'' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    var map = new LinkedHashMap<String, Object>();
    expect('{');
    while (!next('}')) {
      blanks();
      var key = string();
      blanks();
      expect(':');
      map.put(key, value());
      next(',');
    }
    return map;
  }

  private List<Object> array() {
    var list = new ArrayList<Object>();
    expect('[');
    while (!next(']')) {
      list.add(value());
      next(',');
    }
    return list;
  }

  private String string() {
    var quote = text.charAt(position++);
    var result = new StringBuilder();
    while (text.charAt(position) != quote) {
      var character = text.charAt(position++);
      if (character != '\\') {
        result.append(character);
        continue;
      }
      var escaped = text.charAt(position++);
      switch (escaped) {
        case 'n' -> result.append('\n');
        case 't' -> result.append('\t');
        case 'r' -> result.append('\r');
        case 'u' -> {
          result.append((char) Integer.parseInt(text.substring(position, position + 4), 16));
          position += 4;
        }
        default -> result.append(escaped);
      }
    }
    position++;
    return result.toString();
  }

  private Object number() {
    var start = position;
    while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (start == position) {
      throw unexpected();
    }
    var number = new BigDecimal(text.substring(start, position));
    return number.scale() == 0 && number.precision() < 19
        ? (Object) number.longValueExact()
        : number;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, position)) {
      throw unexpected();
    }
    position += word.length();
    return value;
  }

  private boolean next(char character) {
    blanks();
    if (position < text.length() && text.charAt(position) == character) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char character) {
    if (text.charAt(position++) != character) {
      throw unexpected();
    }
  }

  private void blanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("bad JSON at " + position + " of " + text);
  }
}
