package org.maestro.param;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.InternalMode;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;
import org.maestro.model.tag.TagNamespace;
import org.maestro.sel.Decimals;

/**
 * Reads parameters that this engine wrote itself, from a JSON tree of plain values. What users
 * write goes through the definition reader, which checks it.
 */
public final class ParamTree {
  private ParamTree() {}

  /** The parameters of an object, in its order. */
  public static Map<String, Param> params(Map<?, ?> tree) {
    var params = new LinkedHashMap<String, Param>();
    tree.forEach((name, node) -> params.put((String) name, param((Map<?, ?>) node)));
    return params;
  }

  /** One parameter. */
  public static Param param(Map<?, ?> node) {
    var type = ParamType.valueOf((String) required(node, "type"));
    var mode = (String) node.get("mode");
    var internalMode = (String) node.get("internal_mode");
    var source = (String) node.get("source");
    var time = (Number) node.get("evaluated_time");
    return new Param(
        type,
        type == ParamType.MAP && node.get("value") instanceof Map<?, ?> nested
            ? params(nested)
            : value(type, node.get("value")),
        (String) node.get("expression"),
        mode == null ? null : ParamMode.valueOf(mode),
        internalMode == null ? null : InternalMode.valueOf(internalMode),
        source == null ? null : ParamSource.valueOf(source),
        (String) node.get("validator"),
        node.get("tags") instanceof List<?> tags
            ? tags.stream().map(t -> tag((Map<?, ?>) t)).toList()
            : List.of(),
        value(type, node.get("evaluated_result")),
        time == null ? null : (Long) time.longValue());
  }

  private static Object required(Map<?, ?> node, String key) {
    var value = node.get(key);
    if (value == null) {
      throw new IllegalStateException("expected a stored parameter with a " + key);
    }
    return value;
  }

  private static @Nullable Object value(ParamType type, @Nullable Object raw) {
    if (raw == null) {
      return null;
    }
    return switch (type) {
      case STRING, BOOLEAN, STRING_ARRAY, BOOLEAN_ARRAY, STRING_MAP, MAP -> raw;
      case LONG -> ((Number) raw).longValue();
      case DOUBLE -> decimal(raw);
      case LONG_ARRAY -> each(raw, n -> ((Number) n).longValue());
      case DOUBLE_ARRAY -> each(raw, ParamTree::decimal);
    };
  }

  private static List<Object> each(Object raw, Function<Object, Object> conversion) {
    var list = new ArrayList<Object>();
    for (var element : (List<?>) raw) {
      list.add(conversion.apply(element));
    }
    return list;
  }

  private static BigDecimal decimal(Object raw) {
    return Decimals.normal(
        raw instanceof BigDecimal exact ? exact : new BigDecimal(raw.toString()));
  }

  private static Tag tag(Map<?, ?> node) {
    var attributes = new LinkedHashMap<String, Object>();
    node.forEach((key, value) -> {
      if (!key.equals("name") && !key.equals("namespace")) {
        attributes.put((String) key, value);
      }
    });
    var namespace = (String) node.get("namespace");
    return new Tag(
        (String) required(node, "name"),
        namespace == null ? null : TagNamespace.valueOf(namespace),
        attributes);
  }
}
