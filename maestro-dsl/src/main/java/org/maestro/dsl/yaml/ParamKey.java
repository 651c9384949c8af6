package org.maestro.dsl.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;

/**
 * The key of a parameter: {@code name}, {@code !name} for an expression, {@code name<type>}, {@code
 * name(mode)}, or all of it: {@code !name<type>(mode)}.
 *
 * @param type as written between the angle brackets; null if it isn't
 * @param mode as written between the parentheses; null if it isn't
 */
record ParamKey(String name, boolean isExpression, @Nullable String type, @Nullable String mode) {
  private static final Pattern DECORATED =
      Pattern.compile("(!?)([^<>()!]+)(?:<([\\w ]+(?:<[\\w ]+>)?)>)?(?:\\(([\\w ]+)\\))?");
  private static final int LONGEST = 1_000;

  /** The types as people write them in YAML. */
  private static final Map<String, ParamType> TYPES =
      Map.ofEntries(
          Map.entry("string", ParamType.STRING),
          Map.entry("long", ParamType.LONG),
          Map.entry("double", ParamType.DOUBLE),
          Map.entry("boolean", ParamType.BOOLEAN),
          Map.entry("array<string>", ParamType.STRING_ARRAY),
          Map.entry("array<long>", ParamType.LONG_ARRAY),
          Map.entry("array<double>", ParamType.DOUBLE_ARRAY),
          Map.entry("array<boolean>", ParamType.BOOLEAN_ARRAY),
          Map.entry("string_array", ParamType.STRING_ARRAY),
          Map.entry("long_array", ParamType.LONG_ARRAY),
          Map.entry("double_array", ParamType.DOUBLE_ARRAY),
          Map.entry("boolean_array", ParamType.BOOLEAN_ARRAY),
          Map.entry("map", ParamType.STRING_MAP),
          Map.entry("string_map", ParamType.STRING_MAP),
          Map.entry("pmap", ParamType.MAP));

  /** A key of a parameter; empty if it isn't written as one. */
  static Optional<ParamKey> of(String text) {
    var match = DECORATED.matcher(text);
    return text.length() > LONGEST || !match.matches()
        ? Optional.empty()
        : Optional.of(
            new ParamKey(
                match.group(2).strip(), !match.group(1).isEmpty(), match.group(3), match.group(4)));
  }

  /** Whether it says more than a name. */
  boolean isDecorated() {
    return isExpression || type != null || mode != null;
  }

  /** The type that is written; null if none is, or one that doesn't exist. */
  @Nullable ParamType paramType() {
    return type == null ? null : TYPES.get(type.replace(" ", "").toLowerCase(Locale.ROOT));
  }

  /** The mode that is written; null if none is, or one that doesn't exist. */
  @Nullable ParamMode paramMode() {
    for (var candidate : ParamMode.values()) {
      if (mode != null && candidate.name().equalsIgnoreCase(mode.strip())) {
        return candidate;
      }
    }
    return null;
  }

  /** The names of all types, for messages. */
  static List<String> types() {
    return TYPES.keySet().stream().sorted().toList();
  }

  /** How a type is written between angle brackets. */
  static String typeName(ParamType type) {
    return switch (type) {
      case STRING -> "string";
      case LONG -> "long";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case STRING_ARRAY -> "array<string>";
      case LONG_ARRAY -> "array<long>";
      case DOUBLE_ARRAY -> "array<double>";
      case BOOLEAN_ARRAY -> "array<boolean>";
      case STRING_MAP -> "map";
      case MAP -> "pmap";
    };
  }
}
