package org.maestro.param;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.sel.Decimals;

/** The values of parameters: from one type to another, and how long they are as JSON. */
final class Values {
  private Values() {}

  /**
   * A literal value in the shape of {@code type}.
   *
   * @throws IllegalArgumentException if it has none
   */
  static Object cast(ParamType type, Object value) {
    return switch (type) {
      case STRING -> text(value);
      case LONG -> whole(value);
      case DOUBLE -> decimal(value);
      case BOOLEAN -> truth(value);
      case STRING_ARRAY -> list(value, Values::text);
      case LONG_ARRAY -> list(value, Values::whole);
      case DOUBLE_ARRAY -> list(value, Values::decimal);
      case BOOLEAN_ARRAY -> list(value, Values::truth);
      case STRING_MAP -> stringMap(value);
      case MAP -> map(value);
    };
  }

  private static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Long number -> number.toString();
      case Integer number -> number.toString();
      case Boolean truth -> truth.toString();
      case BigDecimal number -> Decimals.text(number);
      case Double number -> Decimals.text(number.doubleValue());
      default -> throw new IllegalArgumentException("no text");
    };
  }

  private static Long whole(Object value) {
    try {
      return switch (value) {
        case Long number -> number;
        case Integer number -> number.longValue();
        case String text -> Long.valueOf(text.strip());
        case BigDecimal number ->
            Decimals.normal(number).setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        case Double number ->
            BigDecimal.valueOf(number).setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        default -> throw new IllegalArgumentException("no whole number");
      };
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("no whole number", e);
    }
  }

  private static BigDecimal decimal(Object value) {
    return Decimals.normal(
        switch (value) {
          case BigDecimal number -> number;
          case Double number -> BigDecimal.valueOf(number);
          case Long number -> BigDecimal.valueOf(number);
          case Integer number -> BigDecimal.valueOf(number);
          case String text -> new BigDecimal(text.strip());
          default -> throw new IllegalArgumentException("no number");
        });
  }

  private static Boolean truth(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case String text when text.equalsIgnoreCase("true") -> true;
      case String text when text.equalsIgnoreCase("false") -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static List<Object> list(Object value, Function<Object, Object> element) {
    if (!(value instanceof List<?> list)) {
      throw new IllegalArgumentException("no array");
    }
    var result = new ArrayList<Object>(list.size());
    for (var item : list) {
      if (item == null) {
        throw new IllegalArgumentException("an array with null in it");
      }
      result.add(element.apply(item));
    }
    return result;
  }

  private static Map<String, String> stringMap(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("no map");
    }
    var result = new LinkedHashMap<String, String>();
    map.forEach((key, item) -> {
      var plain =
          item instanceof Param nested && nested.expression() == null ? nested.value() : item;
      if (plain == null) {
        throw new IllegalArgumentException("a map with something else than strings in it");
      }
      result.put(String.valueOf(key), text(plain));
    });
    return result;
  }

  private static Map<?, ?> map(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("no map");
    }
    return map;
  }

  /** A result of an evaluation as a literal, with the types of its parts taken from the values. */
  static Param literal(Object result, long atMillis) {
    var type = typeOf(result);
    var value = type == ParamType.MAP ? nested(result, Map.of(), atMillis) : cast(type, result);
    return Param.literal(type, value).evaluated(result, atMillis);
  }

  /**
   * The parts of a MAP's result as literals.
   *
   * @param definitions what the parts were declared as, where it is known
   */
  static Map<String, Param> nested(Object result, Map<String, Param> definitions, long atMillis) {
    var parts = new LinkedHashMap<String, Param>();
    map(result)
        .forEach((key, part) -> {
          var name = String.valueOf(key);
          var definition = definitions.get(name);
          if (part != null) {
            parts.put(
                name,
                definition == null
                    ? literal(part, atMillis)
                    : literal(definition.evaluated(part, atMillis)));
          }
        });
    return parts;
  }

  /** An evaluated param as a literal of its result; what it was computed from is forgotten. */
  static Param literal(Param param) {
    var result = param.evaluatedResult();
    var time = param.evaluatedTime();
    if (result == null || time == null) {
      return param;
    }
    var value = param.type() == ParamType.MAP ? nested(result, param.nested(), time) : result;
    return new Param(
        param.type(),
        value,
        null,
        param.mode(),
        param.internalMode(),
        param.source(),
        param.validator(),
        param.tags(),
        result,
        time);
  }

  /** The type that a value has by itself; an empty list counts as STRING_ARRAY. */
  static ParamType typeOf(Object value) {
    return switch (value) {
      case String _ -> ParamType.STRING;
      case Long _, Integer _ -> ParamType.LONG;
      case BigDecimal _, Double _ -> ParamType.DOUBLE;
      case Boolean _ -> ParamType.BOOLEAN;
      case Map<?, ?> map
          when !map.isEmpty() && map.values().stream().allMatch(String.class::isInstance) ->
          ParamType.STRING_MAP;
      case Map<?, ?> _ -> ParamType.MAP;
      case List<?> list when list.isEmpty() -> ParamType.STRING_ARRAY;
      case List<?> list -> arrayOf(typeOf(list.getFirst()));
      default -> throw new IllegalArgumentException("no value of a parameter");
    };
  }

  private static ParamType arrayOf(ParamType element) {
    return switch (element) {
      case LONG -> ParamType.LONG_ARRAY;
      case DOUBLE -> ParamType.DOUBLE_ARRAY;
      case BOOLEAN -> ParamType.BOOLEAN_ARRAY;
      case STRING -> ParamType.STRING_ARRAY;
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, STRING_MAP, MAP ->
          throw new IllegalArgumentException("an array of arrays or maps");
    };
  }

  /** The type of one element of an array; null for what is no array. */
  static @Nullable ParamType elementOf(ParamType type) {
    return switch (type) {
      case LONG_ARRAY -> ParamType.LONG;
      case DOUBLE_ARRAY -> ParamType.DOUBLE;
      case BOOLEAN_ARRAY -> ParamType.BOOLEAN;
      case STRING_ARRAY -> ParamType.STRING;
      case STRING, LONG, DOUBLE, BOOLEAN, STRING_MAP, MAP -> null;
    };
  }

  /** About how many characters evaluated params have as JSON. */
  static long jsonLength(Map<String, Param> params) {
    var length = 2L;
    for (var entry : params.entrySet()) {
      length += entry.getKey().length() + 4 + jsonLength(entry.getValue());
    }
    return length;
  }

  /** About how many characters a value has as JSON. */
  static long jsonLength(@Nullable Object value) {
    return switch (value) {
      case null -> 4;
      case String text -> text.length() + 2;
      case Param param ->
          60
              + (param.value() == null ? 0 : jsonLength(param.value()))
              + (param.expression() == null ? 0 : param.expression().length())
              + jsonLength(param.evaluatedResult());
      case Map<?, ?> map -> {
        var length = 2L;
        for (var entry : map.entrySet()) {
          length += jsonLength(entry.getKey()) + 2 + jsonLength(entry.getValue());
        }
        yield length;
      }
      case List<?> list -> {
        var length = 2L;
        for (var item : list) {
          length += 1 + jsonLength(item);
        }
        yield length;
      }
      default -> value.toString().length();
    };
  }
}
