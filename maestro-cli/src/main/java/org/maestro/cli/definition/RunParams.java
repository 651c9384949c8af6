package org.maestro.cli.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.MaestroServer;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.WorkflowDefinition;
import org.maestro.model.param.ParamType;
import org.maestro.sel.Spelling;
import tools.jackson.core.JacksonException;

/**
 * Parameters of a start as people give them, {@code name=value}, in the form that the server takes.
 * A value is read as the type that the workflow declares. Names that it doesn't declare are
 * refused, because most are misspelt; {@code name<type>=value} sends them all the same.
 */
public final class RunParams {
  /** As many as the server takes on each side of a point. */
  private static final int MOST_DIGITS = 1_000;

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?<name>[^=<>]+?)(?:<(?<type>[A-Za-z_]+)>)?=(?<value>.*)", Pattern.DOTALL);

  private final Map<String, ParamType> declared;

  /** What people may give. */
  private final Set<String> open = new LinkedHashSet<>();

  private final String whose;
  private final Map<String, Object> params = new LinkedHashMap<>();

  /**
   * No parameters yet.
   *
   * @param whose they are, as messages name it
   * @param declared its parameters as the server answers them
   */
  public RunParams(String whose, Map<String, Object> declared) {
    this.whose = whose;
    this.declared = new LinkedHashMap<>();
    new Tree(declared)
        .members()
        .forEach((name, param) -> {
          var type = type(param.at("type").text(""));
          if (type != null) {
            this.declared.put(name, type);
            if (!param.at("mode").text("").equals("CONSTANT")) {
              open.add(name);
            }
          }
        });
  }

  /** No parameters yet, of a version that the server has. */
  public static RunParams of(MaestroServer server, String workflow, String version) {
    var definition =
        server.get(Route.workflow(workflow, "versions", version), WorkflowDefinition.class).body();
    return new RunParams(
        "workflow \"%s\"".formatted(workflow), new Tree(definition.workflow()).at("params").map());
  }

  /** Adds one from the command line. */
  public void add(String assignment) {
    var matcher = ASSIGNMENT.matcher(assignment);
    if (!matcher.matches()) {
      throw CommandFailure.usage(
          "expected a parameter to be name=value, found \"%s\"".formatted(assignment));
    }
    var name = matcher.group("name").strip();
    if (params.containsKey(name)) {
      throw CommandFailure.usage(
          "expected parameter \"%s\" once, found it again in \"%s\"".formatted(name, assignment));
    }
    var written = matcher.group("type");
    var type = written == null ? declaredType(name) : writtenType(name, written);
    params.put(name, param(type, parsed(name, type, matcher.group("value"))));
  }

  /** Adds all of a file's. */
  public void add(Tree file) {
    if (!(file.value() instanceof Map<?, ?>)) {
      throw CommandFailure.usage("expected the file of parameters to hold names with values");
    }
    file.members()
        .forEach((name, value) -> {
          var type = declaredType(name);
          params.put(
              name,
              param(
                  type,
                  value.value() instanceof String text
                      ? parsed(name, type, text)
                      : checked(name, type, value.value())));
        });
  }

  /** For the body of a start. */
  public Map<String, Object> tree() {
    return params;
  }

  private ParamType declaredType(String name) {
    var type = declared.get(name);
    if (type != null) {
      return type;
    }
    var nearest = Spelling.nearestOrBeginning(name, open);
    throw CommandFailure.usage(
        "%s has no parameter \"%s\"".formatted(whose, name),
        nearest != null
            ? "did you mean \"%s\"?".formatted(nearest)
            : open.isEmpty() ? "it has none" : "it has " + String.join(", ", open),
        "to send it all the same, say its type: -p '%s<string>=…'".formatted(name));
  }

  private static ParamType writtenType(String name, String written) {
    var type = type(written);
    if (type == null) {
      throw CommandFailure.usage(
          "parameter \"%s\": expected a type such as string, long, double, boolean, string_array, string_map or map, found \"%s\""
              .formatted(name, written));
    }
    return type;
  }

  private static @Nullable ParamType type(String text) {
    for (var type : ParamType.values()) {
      if (type.name().equals(text.toUpperCase(Locale.ROOT))) {
        return type;
      }
    }
    return null;
  }

  private static Object param(ParamType type, Object value) {
    return Report.members("type", type.name(), "value", value);
  }

  private static Object parsed(String name, ParamType type, String text) {
    try {
      return switch (type) {
        case STRING -> text;
        case LONG -> whole(name, new BigDecimal(text.strip()));
        case DOUBLE -> decimal(name, new BigDecimal(text.strip()));
        case BOOLEAN -> flag(name, text.strip());
        case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY ->
            checked(
                name,
                type,
                text.strip().startsWith("[") ? Json.read(text) : elements(name, type, text));
        case STRING_MAP, MAP -> checked(name, type, Json.read(text));
      };
    } catch (NumberFormatException | JacksonException _) {
      throw wrong(name, type, text);
    }
  }

  /** 5, 5.0 and 5e0 are the same. */
  private static Long whole(String name, BigDecimal number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException _) {
      throw wrong(name, ParamType.LONG, number.toString());
    }
  }

  /** Digits that can be written. */
  private static BigDecimal decimal(String name, BigDecimal number) {
    if (number.scale() > MOST_DIGITS || (long) number.precision() - number.scale() > MOST_DIGITS) {
      throw wrong(name, ParamType.DOUBLE, number.toString());
    }
    return number;
  }

  /** Without brackets: elements between commas. */
  private static List<Object> elements(String name, ParamType type, String text) {
    var elements = new ArrayList<Object>();
    if (!text.isBlank()) {
      for (var element : text.split(",", -1)) {
        elements.add(parsed(name, elementType(type), element.strip()));
      }
    }
    return elements;
  }

  private static ParamType elementType(ParamType array) {
    return switch (array) {
      case LONG_ARRAY -> ParamType.LONG;
      case DOUBLE_ARRAY -> ParamType.DOUBLE;
      case BOOLEAN_ARRAY -> ParamType.BOOLEAN;
      case STRING, LONG, DOUBLE, BOOLEAN, STRING_ARRAY, STRING_MAP, MAP -> ParamType.STRING;
    };
  }

  private static Object flag(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, ParamType.BOOLEAN, text);
    };
  }

  private static Object checked(String name, ParamType type, @Nullable Object value) {
    return switch (type) {
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY -> {
        if (!(value instanceof List<?> list)) {
          throw wrong(name, type, Json.compact(value));
        }
        yield list.stream().map(element -> checked(name, elementType(type), element)).toList();
      }
      case STRING_MAP -> {
        if (!(value instanceof Map<?, ?> map)
            || !map.values().stream().allMatch(String.class::isInstance)) {
          throw wrong(name, type, Json.compact(value));
        }
        yield map;
      }
      case MAP -> {
        if (!(value instanceof Map<?, ?> map)) {
          throw wrong(name, type, Json.compact(value));
        }
        var nested = new LinkedHashMap<String, Object>();
        map.forEach((key, element) -> nested.put(String.valueOf(key), inferred(name, element)));
        yield nested;
      }
      case STRING ->
          value instanceof BigDecimal number
              ? decimal(name, number).toPlainString()
              : String.valueOf(value);
      case LONG -> {
        if (!(value instanceof Number number)) {
          throw wrong(name, type, Json.compact(value));
        }
        yield number instanceof Integer
            ? number
            : (Object) whole(name, new BigDecimal(number.toString()));
      }
      case DOUBLE -> {
        if (!(value instanceof Number number)) {
          throw wrong(name, type, Json.compact(value));
        }
        yield decimal(name, new BigDecimal(number.toString()));
      }
      case BOOLEAN -> {
        if (!(value instanceof Boolean)) {
          throw wrong(name, type, Json.compact(value));
        }
        yield value;
      }
    };
  }

  /** A typed parameter for what is inside of a map. */
  private static Object inferred(String name, @Nullable Object value) {
    return switch (value) {
      case Boolean flag -> param(ParamType.BOOLEAN, flag);
      case Long number -> param(ParamType.LONG, number);
      case Integer number -> param(ParamType.LONG, number);
      case Number number ->
          param(ParamType.DOUBLE, decimal(name, new BigDecimal(number.toString())));
      case String text -> param(ParamType.STRING, text);
      case Map<?, ?> map -> param(ParamType.MAP, checked(name, ParamType.MAP, map));
      case List<?> list -> {
        var type =
            list.stream().allMatch(Long.class::isInstance) && !list.isEmpty()
                ? ParamType.LONG_ARRAY
                : list.stream().allMatch(Boolean.class::isInstance) && !list.isEmpty()
                    ? ParamType.BOOLEAN_ARRAY
                    : list.stream().allMatch(Number.class::isInstance) && !list.isEmpty()
                        ? ParamType.DOUBLE_ARRAY
                        : ParamType.STRING_ARRAY;
        yield param(type, checked(name, type, list));
      }
      case null, default -> throw wrong(name, ParamType.MAP, Json.compact(value));
    };
  }

  private static CommandFailure wrong(String name, ParamType type, String found) {
    var example =
        switch (type) {
          case STRING -> "text";
          case LONG -> "an integer such as 42";
          case DOUBLE -> "a number such as 0.5";
          case BOOLEAN -> "true or false";
          case STRING_ARRAY -> "a,b or [\"a\",\"b\"]";
          case LONG_ARRAY -> "1,2 or [1,2]";
          case DOUBLE_ARRAY -> "0.5,1 or [0.5,1]";
          case BOOLEAN_ARRAY -> "true,false";
          case STRING_MAP -> "{\"key\":\"text\"}";
          case MAP -> "{\"key\":42}";
        };
    return CommandFailure.usage(
        "parameter \"%s\": expected %s (%s), found \"%s\"".formatted(name, example, type, found));
  }
}
