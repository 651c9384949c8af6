package org.maestro.model.param;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.tag.Tag;

/**
 * A parameter: its definition and, once evaluated, its result.
 *
 * <p>Exactly one of {@code value} and {@code expression} is given, or neither for a parameter that
 * still has to get its value. Shapes of {@code value} by type: STRING {@code String}, LONG {@code
 * Long}, DOUBLE {@code BigDecimal}, BOOLEAN {@code Boolean}, arrays {@code List} of those,
 * STRING_MAP {@code Map<String, String>}, MAP {@code Map<String, Param>}. {@code evaluatedResult}
 * has the same shapes, except that MAP gives {@code Map<String, Object>} of results.
 *
 * @param type the declared type
 * @param value a literal; strings in it are interpolated
 * @param expression SEL source
 * @param mode null means {@link ParamMode#MUTABLE}
 * @param internalMode set by the system and by templates only
 * @param source where this definition came from; null in what users write
 * @param validator a SEL boolean over {@code param}
 * @param tags tags that the parameter adds to its step or run
 * @param evaluatedResult the result, null until evaluated
 * @param evaluatedTime when it was evaluated, in epoch milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Param(
    ParamType type,
    @Nullable Object value,
    @Nullable String expression,
    @Nullable ParamMode mode,
    @Nullable InternalMode internalMode,
    @Nullable ParamSource source,
    @Nullable String validator,
    List<Tag> tags,
    @Nullable Object evaluatedResult,
    @Nullable Long evaluatedTime) {

  public Param {
    tags = List.copyOf(tags);
  }

  /** A literal with default mode. */
  public static Param literal(ParamType type, Object value) {
    return new Param(type, value, null, null, null, null, null, List.of(), null, null);
  }

  /** A SEL expression with default mode. */
  public static Param expression(ParamType type, String expression) {
    return new Param(type, null, expression, null, null, null, null, List.of(), null, null);
  }

  /** The mode that holds: the written one or the default. */
  @JsonIgnore
  public ParamMode effectiveMode() {
    return mode == null ? ParamMode.MUTABLE : mode;
  }

  @JsonIgnore
  public boolean isEvaluated() {
    return evaluatedTime != null;
  }

  /** The nested parameters of a MAP literal. */
  @JsonIgnore
  @SuppressWarnings("unchecked")
  public Map<String, Param> nested() {
    return type == ParamType.MAP && value instanceof Map<?, ?> map
        ? (Map<String, Param>) map
        : Map.of();
  }

  public Param withMode(@Nullable ParamMode newMode) {
    return new Param(
        type,
        value,
        expression,
        newMode,
        internalMode,
        source,
        validator,
        tags,
        evaluatedResult,
        evaluatedTime);
  }

  public Param withSource(ParamSource newSource) {
    return new Param(
        type,
        value,
        expression,
        mode,
        internalMode,
        newSource,
        validator,
        tags,
        evaluatedResult,
        evaluatedTime);
  }

  /** The same definition with a result. */
  public Param evaluated(@Nullable Object result, long atMillis) {
    return new Param(
        type, value, expression, mode, internalMode, source, validator, tags, result, atMillis);
  }

  /** The definition alone, as if it had never been evaluated. */
  public Param unevaluated() {
    return new Param(
        type, value, expression, mode, internalMode, source, validator, tags, null, null);
  }
}
