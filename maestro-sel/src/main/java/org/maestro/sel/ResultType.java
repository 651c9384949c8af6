package org.maestro.sel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fits the result of an expression to the declared type of the parameter it is for. */
public final class ResultType {
  private ResultType() {}

  /**
   * Converts without losing anything: a whole number may become a double or a string, a string may
   * be read as a number or a boolean, and nothing else changes its kind. A double isn't a LONG, not
   * even 5.0, and a single value isn't an array.
   *
   * @param declaredType STRING, LONG, DOUBLE, BOOLEAN, STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY,
   *     BOOLEAN_ARRAY, STRING_MAP or MAP, in any letter case
   * @return String, Long, BigDecimal as {@link Decimals} makes it, Boolean, List or Map
   * @throws SelException if the value doesn't fit; null fits nothing, and neither NaN nor infinity
   *     nor a number of more digits than {@link Decimals#MOST_DIGITS} is a DOUBLE or part of a MAP
   */
  public static Object convert(String declaredType, @Nullable Object value) {
    var type = declaredType.toUpperCase(Locale.ROOT);
    if (value == null) {
      throw new SelException("expected a value of type " + type + ", found null");
    }
    return switch (type) {
      case "STRING" -> string(value);
      case "LONG" -> whole(value);
      case "DOUBLE" -> decimal(value);
      case "BOOLEAN" -> truth(value);
      case "STRING_ARRAY" -> array(type, value, String.class);
      case "LONG_ARRAY" -> array(type, value, Long.class);
      case "BOOLEAN_ARRAY" -> array(type, value, Boolean.class);
      case "DOUBLE_ARRAY" -> decimals(value);
      case "STRING_MAP" -> stringMap(value);
      case "MAP" -> value instanceof Map<?, ?> map ? map(map, "") : refuse(type, value);
      default -> throw new SelException("there is no parameter type " + declaredType);
    };
  }

  private static Object string(Object value) {
    return switch (value) {
      case String text -> text;
      case Long _, Boolean _ -> value.toString();
      case Double number -> Decimals.text(number.doubleValue());
      case BigDecimal number -> Decimals.text(number);
      default -> refuse("STRING", value);
    };
  }

  private static Object whole(Object value) {
    if (value instanceof Long) {
      return value;
    }
    if (value instanceof String text) {
      try {
        return Long.valueOf(text.trim());
      } catch (NumberFormatException _) {
        return refuse("LONG", value);
      }
    }
    return refuse("LONG", value);
  }

  private static Object decimal(Object value) {
    return switch (value) {
      case BigDecimal number when Decimals.isOrdinary(number) -> Decimals.normal(number);
      case Long number -> Decimals.normal(BigDecimal.valueOf(number));
      case Double number when Double.isFinite(number) -> Decimals.of(number);
      case String text when text.length() <= 100 -> {
        try {
          yield decimal(new BigDecimal(text.trim()));
        } catch (NumberFormatException _) {
          yield refuse("DOUBLE", value);
        }
      }
      default -> refuse("DOUBLE", value);
    };
  }

  private static Object truth(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof String text
        && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return Boolean.valueOf(text);
    }
    return refuse("BOOLEAN", value);
  }

  private static Object array(String type, Object value, Class<?> element) {
    return value instanceof List<?> list && list.stream().allMatch(element::isInstance)
        ? list
        : refuse(type, value);
  }

  private static Object decimals(Object value) {
    if (!(value instanceof List<?> list) || !list.stream().allMatch(e -> e instanceof Number)) {
      return refuse("DOUBLE_ARRAY", value);
    }
    return list.stream().map(element -> decimal((Object) element)).toList();
  }

  private static Object stringMap(Object value) {
    return value instanceof Map<?, ?> map
            && map.values().stream().allMatch(String.class::isInstance)
        ? map
        : refuse("STRING_MAP", value);
  }

  /** What is in a map has no declared type, but its numbers are what parameters can hold. */
  private static Map<String, @Nullable Object> map(Map<?, ?> map, String at) {
    var result = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, value) -> result.put(String.valueOf(key), part(value, at + "/" + key)));
    return Collections.unmodifiableMap(result);
  }

  private static @Nullable Object part(@Nullable Object value, String at) {
    return switch (value) {
      case Map<?, ?> map -> map(map, at);
      case List<?> list -> {
        var parts = new ArrayList<@Nullable Object>(list.size());
        list.forEach(element -> parts.add(part(element, at + "/" + parts.size())));
        yield Collections.unmodifiableList(parts);
      }
      case Double number when !Double.isFinite(number) ->
          throw new SelException(
              "expected a finite number at " + at + " of a MAP, found " + number);
      case Double number -> Decimals.of(number);
      case BigDecimal number when Decimals.isOrdinary(number) -> Decimals.normal(number);
      case BigDecimal _ ->
          throw new SelException(
              "expected a number of at most %d digits before and after the point at %s of a MAP"
                  .formatted(Decimals.MOST_DIGITS, at));
      case null, default -> value;
    };
  }

  /** Never returns; typed so that it fits where the value was expected. */
  private static Object refuse(String type, Object value) {
    throw new SelException(
        "expected a value of type " + type + ", found " + kind(value),
        type.equals("LONG") && value instanceof Double ? "make the parameter a DOUBLE" : null);
  }

  /** Where the first null is; -1 if there is none. */
  private static int nullIn(List<?> list) {
    for (var index = 0; index < list.size(); index++) {
      if (list.get(index) == null) {
        return index;
      }
    }
    return -1;
  }

  private static String kind(Object value) {
    return switch (value) {
      case String text -> "the string '" + Moments.shown(text) + "'";
      case Double number -> "the double " + number;
      case BigDecimal number -> "the decimal " + Moments.shown(number.toString());
      case Long number -> "the long " + number;
      case Boolean truth -> "the boolean " + truth;
      case List<?> list when list.isEmpty() -> "an empty array";
      case List<?> list when nullIn(list) >= 0 -> "an array with null at index " + nullIn(list);
      case List<?> list -> "an array with " + kind(list.getFirst());
      case Map<?, ?> _ -> "a map";
      default -> "another kind of value";
    };
  }
}
