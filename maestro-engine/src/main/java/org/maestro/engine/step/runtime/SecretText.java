package org.maestro.engine.step.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.SecretReference;

/**
 * A text of a step's parameters in which its definition names secrets: {@code Bearer
 * ${secret://crm/token}}. Only what the definition itself says is one. A value that came from
 * elsewhere, as a parameter of the run or an output of another step, stays the text it is, so that
 * nobody is given a secret by handing in its name.
 *
 * @param text with the names
 * @param isOfDefinition false if whoever started the run has set that parameter: then the names are
 *     refused, for a definition says which secrets its steps get
 */
public record SecretText(String text, boolean isOfDefinition) {
  private static final Set<ParamSource> HANDED_IN =
      Set.of(
          ParamSource.LAUNCH,
          ParamSource.RESTART,
          ParamSource.SUBWORKFLOW,
          ParamSource.SIGNAL,
          ParamSource.TIME_TRIGGER,
          ParamSource.OUTPUT_PARAMETER);

  /** One that the definition has. */
  public SecretText(String text) {
    this(text, true);
  }

  /** A parameter's value, with {@link SecretText} in place of texts that name secrets. */
  public static @Nullable Object valueOf(Param param) {
    return valueOf(param, param.evaluatedResult(), true);
  }

  private static @Nullable Object valueOf(
      @Nullable Object written, @Nullable Object evaluated, boolean isOfDefinition) {
    return switch (written) {
      case Param param ->
          valueOf(
              param.value(),
              evaluated,
              param.source() == null || !HANDED_IN.contains(param.source()));
      case String text when text.equals(evaluated) && SecretReference.isIn(text) ->
          new SecretText(text, isOfDefinition);
      case List<?> list when evaluated instanceof List<?> values && hasAny(list) ->
          elements(list, values, isOfDefinition);
      case Map<?, ?> map when evaluated instanceof Map<?, ?> values && hasAny(map) ->
          entries(map, values, isOfDefinition);
      case null, default -> evaluated;
    };
  }

  private static boolean hasAny(@Nullable Object written) {
    return switch (written) {
      case Param nested -> hasAny(nested.value());
      case String text -> SecretReference.isIn(text);
      case List<?> list -> list.stream().anyMatch(SecretText::hasAny);
      case Map<?, ?> map -> map.values().stream().anyMatch(SecretText::hasAny);
      case null, default -> false;
    };
  }

  private static Object elements(List<?> written, List<?> values, boolean isOfDefinition) {
    if (written.size() != values.size()) {
      return values;
    }
    var elements = new ArrayList<@Nullable Object>();
    for (var i = 0; i < values.size(); i++) {
      elements.add(valueOf(written.get(i), values.get(i), isOfDefinition));
    }
    return elements;
  }

  private static Object entries(Map<?, ?> written, Map<?, ?> values, boolean isOfDefinition) {
    var entries = new LinkedHashMap<@Nullable Object, @Nullable Object>();
    values.forEach(
        (key, value) -> entries.put(key, valueOf(written.get(key), value, isOfDefinition)));
    return entries;
  }

  /** The same value as if the names were nothing but text. */
  public static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case SecretText secret -> secret.text;
      case List<?> list -> list.stream().map(SecretText::plain).toList();
      case Map<?, ?> map -> {
        var plain = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        map.forEach((key, one) -> plain.put(key, plain(one)));
        yield plain;
      }
      case null, default -> value;
    };
  }

  /** The names, which is all that may be shown. */
  @Override
  public String toString() {
    return text;
  }
}
