package org.maestro.client;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.ParamType;

/** A parameter of a start, with the type that its Java value says. */
public final class GivenValue {
  private GivenValue() {}

  /**
   * As the API takes it.
   *
   * @throws IllegalArgumentException if nothing is of that kind
   */
  public static Map<String, Object> of(String name, @Nullable Object value) {
    var param = new LinkedHashMap<String, Object>();
    param.put("type", type(name, value).name());
    param.put("value", Objects.requireNonNull(value));
    return param;
  }

  private static ParamType type(String name, @Nullable Object value) {
    if (value instanceof String) {
      return ParamType.STRING;
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return ParamType.LONG;
    }
    if (value instanceof BigDecimal
        || (value instanceof Double number && Double.isFinite(number))
        || (value instanceof Float other && Float.isFinite(other))) {
      return ParamType.DOUBLE;
    }
    if (value instanceof Boolean) {
      return ParamType.BOOLEAN;
    }
    if (value instanceof Map<?, ?>) {
      return ParamType.STRING_MAP;
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      return switch (type(name, list.get(0))) {
        case STRING -> ParamType.STRING_ARRAY;
        case LONG -> ParamType.LONG_ARRAY;
        case DOUBLE -> ParamType.DOUBLE_ARRAY;
        case BOOLEAN -> ParamType.BOOLEAN_ARRAY;
        case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, STRING_MAP, MAP ->
            throw unknown(name, value);
      };
    }
    throw unknown(name, value);
  }

  private static IllegalArgumentException unknown(String name, @Nullable Object value) {
    return new IllegalArgumentException(
        "%s: expected a text, a number, a flag, a map, or a list of some with at least one element, found %s"
            .formatted(name, value));
  }
}
