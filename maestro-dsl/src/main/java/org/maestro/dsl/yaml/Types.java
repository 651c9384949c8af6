package org.maestro.dsl.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.model.param.ParamType;

/** The types of parameters that nobody wrote down. */
final class Types {
  private static final Set<String> PARAM_FIELDS =
      Set.of("value", "expression", "type", "mode", "validator", "tags");
  private static final Pattern DATE_RANGE =
      Pattern.compile("\\s*(Util\\.)?(dateIntsBetween|intsBetween)\\([^;]*\\)\\s*;?\\s*");

  private Types() {}

  /** The type of a literal; null for nothing, and for lists of lists or mappings. */
  static @Nullable ParamType of(Node node) {
    return switch (node) {
      case Scalar scalar -> scalarType(scalar);
      case Items items -> arrayType(items);
      case Entries entries -> mapType(entries);
    };
  }

  private static @Nullable ParamType scalarType(Scalar scalar) {
    return switch (scalar.value()) {
      case String _ -> ParamType.STRING;
      case Long _ -> ParamType.LONG;
      case BigDecimal _ -> isWhole(scalar) ? ParamType.LONG : ParamType.DOUBLE;
      case Boolean _ -> ParamType.BOOLEAN;
      case null, default -> null;
    };
  }

  /** A whole number beyond 64 bits is a LONG that doesn't fit, not a DOUBLE. */
  private static boolean isWhole(Scalar scalar) {
    return scalar.text().chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E')
        || scalar.text().startsWith("0x");
  }

  private static @Nullable ParamType arrayType(Items items) {
    if (items.items().isEmpty()) {
      return ParamType.STRING_ARRAY;
    }
    // Each item once: twice would double the work with every level of nesting.
    var types = new ArrayList<@Nullable ParamType>(items.items().size());
    items.items().forEach(item -> types.add(of(item)));
    var hasDouble = types.contains(ParamType.DOUBLE);
    return switch (types.getFirst()) {
      case STRING -> ParamType.STRING_ARRAY;
      case LONG -> hasDouble ? ParamType.DOUBLE_ARRAY : ParamType.LONG_ARRAY;
      case DOUBLE -> ParamType.DOUBLE_ARRAY;
      case BOOLEAN -> ParamType.BOOLEAN_ARRAY;
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, STRING_MAP, MAP -> null;
      case null -> null;
    };
  }

  private static ParamType mapType(Entries entries) {
    var isAllText =
        !entries.entries().isEmpty()
            && entries.entries().entrySet().stream()
                .allMatch(entry ->
                    entry.getValue().value() instanceof Scalar scalar
                        && scalar.isText()
                        && ParamKey.of(entry.getKey()).filter(ParamKey::isDecorated).isEmpty());
    return isAllText ? ParamType.STRING_MAP : ParamType.MAP;
  }

  /** Whether a mapping is a parameter as JSON has it: a type with a value or an expression. */
  static boolean isLongForm(Node node) {
    return node instanceof Entries entries
        && PARAM_FIELDS.containsAll(entries.entries().keySet())
        && entries.get("type") instanceof Scalar type
        && named(type.text()) != null
        && (entries.has("value") || entries.has("expression"));
  }

  /** The type of a name as JSON has it; null if there is none. */
  static @Nullable ParamType named(String text) {
    var upper = text.toUpperCase(Locale.ROOT);
    for (var type : ParamType.values()) {
      if (type.name().equals(upper)) {
        return type;
      }
    }
    return null;
  }

  /** The type of an expression's result: an array where that is plain to see, else a STRING. */
  static ParamType ofExpression(String expression) {
    return expression.length() < 1_000 && DATE_RANGE.matcher(expression).matches()
        ? ParamType.LONG_ARRAY
        : ParamType.STRING;
  }

  static boolean isArray(ParamType type) {
    return switch (type) {
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY -> true;
      case STRING, LONG, DOUBLE, BOOLEAN, STRING_MAP, MAP -> false;
    };
  }
}
