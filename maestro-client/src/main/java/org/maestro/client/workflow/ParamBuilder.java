package org.maestro.client.workflow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;

/** A parameter's value or expression, with what may be said about it. */
public final class ParamBuilder {
  private final @Nullable ParamType type;
  private final @Nullable Object value;
  private final @Nullable String expression;
  private @Nullable ParamMode mode;
  private @Nullable String validator;
  private final List<Object> tags = new ArrayList<>();

  ParamBuilder(@Nullable ParamType type, @Nullable Object value, @Nullable String expression) {
    this.type = type;
    this.value = Values.plain(value);
    this.expression = expression;
  }

  /** Who may still change it. */
  public ParamBuilder mode(ParamMode newMode) {
    mode = newMode;
    return this;
  }

  /** A SEL condition over {@code param} that its value has to fulfil. */
  public ParamBuilder validator(String condition) {
    validator = condition;
    return this;
  }

  /** Tags that it adds to its step or run. */
  public ParamBuilder tags(String... names) {
    tags.addAll(List.of(names));
    return this;
  }

  /** Puts it under a name as the YAML form has it. */
  void putInto(Map<String, @Nullable Object> params, String name) {
    if (validator != null || !tags.isEmpty()) {
      params.put(name, tree());
      return;
    }
    var key =
        (expression == null ? "" : "!")
            + name
            + (type == null ? "" : "<" + type.name().toLowerCase(Locale.ROOT) + ">")
            + (mode == null ? "" : "(" + mode.name().toLowerCase(Locale.ROOT) + ")");
    params.put(type == ParamType.MAP ? key.replace("<map>", "<pmap>") : key, content());
  }

  private @Nullable Object content() {
    return expression == null ? value : expression;
  }

  /** As JSON has it. */
  Map<String, @Nullable Object> tree() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("type", (type == null ? typeOfValue() : type).name());
    tree.put(expression == null ? "value" : "expression", content());
    if (mode != null) {
      tree.put("mode", mode.name());
    }
    if (validator != null) {
      tree.put("validator", validator);
    }
    if (!tags.isEmpty()) {
      tree.put("tags", tags);
    }
    return tree;
  }

  private ParamType typeOfValue() {
    if (value instanceof String) {
      return ParamType.STRING;
    }
    if (value instanceof Long) {
      return ParamType.LONG;
    }
    if (value instanceof BigDecimal) {
      return ParamType.DOUBLE;
    }
    if (value instanceof Boolean) {
      return ParamType.BOOLEAN;
    }
    throw new IllegalStateException(
        "expected the type of a list or map that has a validator or tags; use value(type, …)");
  }
}
