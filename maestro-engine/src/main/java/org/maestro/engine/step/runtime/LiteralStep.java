package org.maestro.engine.step.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.sel.Interpolation;

/**
 * A step as its definition has it: what of its params is there literally, before any run fills in
 * the rest.
 *
 * @param owner null if it isn't known yet
 * @param values by name; what isn't literal is left out, and so are such parts of a map
 * @param open what is left out, as {@code /name} or {@code /name/part}
 */
public record LiteralStep(
    StepType type,
    @Nullable String owner,
    String workflowId,
    Map<String, Object> values,
    Set<String> open) {

  /** Reads the params that a step's definition amounts to. */
  public static LiteralStep of(
      StepType type, @Nullable String owner, String workflowId, Map<String, Param> params) {
    var open = new TreeSet<String>();
    return new LiteralStep(type, owner, workflowId, values(params, "", open), open);
  }

  /** The same without what is known to be wrong at these places. */
  public LiteralStep without(Collection<String> fields) {
    var all = new TreeSet<>(open);
    all.addAll(fields);
    return new LiteralStep(type, owner, workflowId, values, all);
  }

  private static Map<String, Object> values(
      Map<String, Param> params, String above, Set<String> open) {
    var values = new LinkedHashMap<String, Object>();
    params.forEach((name, param) -> {
      var here = above + "/" + name;
      var value =
          param.type() == ParamType.MAP && param.expression() == null
              ? values(param.nested(), here, open)
              : value(param);
      if (value == null) {
        open.add(here);
      } else {
        values.put(name, value);
      }
    });
    return values;
  }

  private static @Nullable Object value(Param param) {
    return param.expression() == null ? literal(param.value()) : null;
  }

  private static @Nullable Object literal(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text ->
          Interpolation.names(text).isEmpty() ? Interpolation.interpolate(text, _ -> null) : null;
      case List<?> list -> literals(list);
      case Map<?, ?> map -> {
        var keys = literals(map.keySet());
        var values = literals(map.values());
        if (keys == null || values == null) {
          yield null;
        }
        var all = new LinkedHashMap<String, Object>();
        for (var i = 0; i < keys.size(); i++) {
          all.put(String.valueOf(keys.get(i)), values.get(i));
        }
        yield all;
      }
      default -> value;
    };
  }

  private static @Nullable List<Object> literals(Iterable<?> values) {
    var all = new ArrayList<Object>();
    for (var value : values) {
      var literal = literal(value);
      if (literal == null) {
        return null;
      }
      all.add(literal);
    }
    return all;
  }

  /** Whether nobody knows yet what will be at a place. */
  public boolean isOpen(String field) {
    return open.stream().anyMatch(one -> one.equals(field) || field.startsWith(one + "/"));
  }
}
