package org.maestro.param;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;

/** What the iterations of a loop step get from its {@code loop_params}. */
final class Loops {
  private static final String LOOP_PARAMS = "loop_params";

  private Loops() {}

  /** The product of the lengths; it stays at the largest long if it would overflow. */
  static long count(Map<String, Param> foreachParams) {
    var arrays = values(foreachParams);
    if (arrays.isEmpty()) {
      return 0;
    }
    var product = 1L;
    for (var entry : arrays.entrySet()) {
      var size = array(entry.getKey(), entry.getValue()).size();
      if (size == 0) {
        return 0;
      }
      product = product > Long.MAX_VALUE / size ? Long.MAX_VALUE : product * size;
    }
    return product;
  }

  static Map<String, Param> iteration(Map<String, Param> foreachParams, long index) {
    var loop = foreachParams.get(LOOP_PARAMS);
    var time = timeOf(loop);
    var params = new LinkedHashMap<String, Param>();
    var rest = index;
    for (var entry : values(foreachParams).entrySet()) {
      var array = array(entry.getKey(), entry.getValue());
      var element = array.get((int) (rest % array.size()));
      rest /= array.size();
      if (element == null) {
        throw new IllegalArgumentException("a loop param with null in it: " + entry.getKey());
      }
      params.put(entry.getKey(), scalar(typeOf(loop, entry.getKey(), element), element, time));
    }
    params.put("loop_index", index(index, time));
    return params;
  }

  static Map<String, Param> iteration(
      Map<String, Param> whileParams, Map<String, Object> loopValues, long index) {
    var loop = whileParams.get(LOOP_PARAMS);
    var time = timeOf(loop);
    var params = new LinkedHashMap<String, Param>();
    loopValues.forEach((name, value) -> {
      var declared = loop == null ? null : loop.nested().get(name);
      var type = declared == null ? Values.typeOf(value) : declared.type();
      params.put(
          name,
          type == ParamType.MAP
              ? Values.literal(value, time).withSource(ParamSource.WHILE)
              : scalar(type, value, time).withSource(ParamSource.WHILE));
    });
    params.put("loop_index", index(index, time).withSource(ParamSource.WHILE));
    return params;
  }

  /** The evaluated loop params by name; arrays for a foreach, scalars for a while step. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> values(Map<String, Param> stepParams) {
    var loop = stepParams.get(LOOP_PARAMS);
    return loop != null && loop.evaluatedResult() instanceof Map<?, ?> values
        ? (Map<String, Object>) values
        : Map.of();
  }

  private static long timeOf(@Nullable Param loop) {
    var time = loop == null ? null : loop.evaluatedTime();
    return time == null ? 0 : time;
  }

  private static List<?> array(String name, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new ParamException(
        "/params/loop_params/" + ParamMerge.escape(name),
        "expected an array as loop param [" + name + "], found " + value);
  }

  private static ParamType typeOf(@Nullable Param loop, String name, Object element) {
    var declared = loop == null ? null : loop.nested().get(name);
    var type = declared == null ? null : Values.elementOf(declared.type());
    return type == null ? Values.typeOf(element) : type;
  }

  private static Param scalar(ParamType type, Object value, long time) {
    return new Param(
        type,
        value,
        null,
        ParamMode.MUTABLE,
        null,
        ParamSource.FOREACH,
        null,
        List.of(),
        value,
        time);
  }

  private static Param index(long index, long time) {
    return scalar(ParamType.LONG, index, time).withMode(ParamMode.CONSTANT);
  }
}
