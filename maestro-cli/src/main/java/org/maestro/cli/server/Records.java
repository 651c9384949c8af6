package org.maestro.cli.server;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;

/**
 * Trees of JSON as the records of the API, and back. A server of another release breaks nothing:
 * what it doesn't say is null, empty or zero, what it says in addition is passed over, and a word
 * that this program doesn't know is null. Goes by the annotations that the records have for
 * Jackson, whose own data binding would take 0.06 s more at each start.
 */
public final class Records {
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  /** The constants of an enum by what they are in JSON. */
  private static final ClassValue<Map<Object, Object>> WORDS =
      new ClassValue<>() {
        @Override
        protected Map<Object, Object> computeValue(Class<?> type) {
          return words(type);
        }
      };

  private Records() {}

  private static Map<Object, Object> words(Class<?> type) {
    var text =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(JsonValue.class))
            .findFirst();
    var words = new HashMap<Object, Object>();
    for (var constant : type.getEnumConstants()) {
      words.put(
          text.isEmpty() ? ((Enum<?>) constant).name() : invoked(text.get(), constant), constant);
    }
    return words;
  }

  private static @Nullable Object invoked(Method method, Object on) {
    try {
      return method.invoke(on);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected " + method + " to be open", e);
    }
  }

  /** How a component stands in JSON. */
  private enum Place {
    /** Under its name. */
    MEMBER,
    /** It is all members that no other component has. */
    OTHERS,
    /** Its members stand among those of the record. */
    UNWRAPPED
  }

  private record Part(String name, Type type, boolean nullable, Place place, Method accessor) {}

  private record Shape(List<Part> parts, Constructor<?> constructor) {

    static Shape of(Class<?> type) {
      var components = type.getRecordComponents();
      try {
        var constructor =
            type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true); // a record of a command is its own
        return new Shape(Arrays.stream(components).map(Shape::part).toList(), constructor);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("expected " + type + " to be a record", e);
      }
    }

    private static Part part(RecordComponent component) {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      var place =
          accessor.isAnnotationPresent(JsonAnyGetter.class)
              ? Place.OTHERS
              : accessor.isAnnotationPresent(JsonUnwrapped.class) ? Place.UNWRAPPED : Place.MEMBER;
      return new Part(
          memberName(component.getName()),
          component.getGenericType(),
          component.getAnnotatedType().isAnnotationPresent(Nullable.class),
          place,
          accessor);
    }

    /** {@code workflowId} is {@code workflow_id} in JSON. */
    private static String memberName(String name) {
      var member = new StringBuilder();
      for (var i = 0; i < name.length(); i++) {
        var letter = name.charAt(i);
        if (Character.isUpperCase(letter)) {
          member.append('_');
        }
        member.append(Character.toLowerCase(letter));
      }
      return member.toString();
    }
  }

  /**
   * Reads a record.
   *
   * @throws CommandFailure if it can't be one
   */
  public static <T> T read(Class<T> type, @Nullable Object tree) {
    return Objects.requireNonNull(
        type.cast(value(type, tree instanceof Map<?, ?> ? tree : Map.of(), false)),
        () -> "expected " + type + " to be a record");
  }

  private static @Nullable Object value(Type type, @Nullable Object tree, boolean nullable) {
    return switch (type) {
      case Class<?> plain -> plain(plain, tree, nullable);
      case ParameterizedType generic -> generic(generic, tree, nullable);
      default -> tree;
    };
  }

  private static @Nullable Object generic(
      ParameterizedType type, @Nullable Object tree, boolean nullable) {
    var arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      return tree instanceof List<?> list
          ? list.stream().map(element -> value(arguments[0], element, true)).toList()
          : nullable ? null : List.of();
    }
    return tree instanceof Map<?, ?> map
        ? map(arguments[0], arguments[1], map)
        : nullable ? null : Map.of();
  }

  @SuppressWarnings("NullAway") // JSON's null is a value of its own
  private static Map<Object, Object> map(Type keys, Type values, Map<?, ?> tree) {
    var map = new LinkedHashMap<Object, Object>();
    tree.forEach((name, member) -> {
      var key = value(keys, name, true);
      if (key != null) {
        map.put(key, value(values, member, true));
      }
    });
    return map;
  }

  private static @Nullable Object plain(Class<?> type, @Nullable Object tree, boolean nullable) {
    if (type == Object.class) {
      return tree;
    }
    if (type == String.class) {
      return text(tree, nullable);
    }
    if (type.isRecord()) {
      return tree instanceof Map<?, ?> map
          ? made(type, map)
          : nullable ? null : made(type, Map.of());
    }
    if (type.isEnum()) {
      return tree == null ? null : WORDS.get(type).get(tree);
    }
    if (type.isSealed()) {
      return tree instanceof Map<?, ?> map ? oneOf(type, map) : null;
    }
    if (type == boolean.class || type == Boolean.class) {
      return tree instanceof Boolean flag ? flag : isNull(type, nullable) ? null : (Object) false;
    }
    return number(type, tree, isNull(type, nullable));
  }

  private static boolean isNull(Class<?> type, boolean nullable) {
    return nullable && !type.isPrimitive();
  }

  private static @Nullable Object text(@Nullable Object tree, boolean nullable) {
    return switch (tree) {
      case String text -> text;
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case null, default -> nullable ? null : "";
    };
  }

  private static @Nullable Object number(Class<?> type, @Nullable Object tree, boolean nullable) {
    if (!(tree instanceof Number) && nullable) {
      return null;
    }
    var number = tree instanceof Number found ? found : (Number) 0L;
    if (type == long.class || type == Long.class) {
      return number.longValue();
    }
    if (type == int.class || type == Integer.class) {
      return number.intValue();
    }
    return type == double.class || type == Double.class ? (Object) number.doubleValue() : null;
  }

  /** Null if it is of a kind that this program doesn't know. */
  private static @Nullable Object oneOf(Class<?> type, Map<?, ?> tree) {
    var kind = type.getAnnotation(JsonTypeInfo.class);
    var kinds = type.getAnnotation(JsonSubTypes.class);
    if (kind == null || kinds == null) {
      return null;
    }
    for (var known : kinds.value()) {
      if (known.name().equals(tree.get(kind.property()))) {
        return made(known.value(), tree);
      }
    }
    return null;
  }

  private static Object made(Class<?> type, Map<?, ?> tree) {
    var shape = SHAPES.get(type);
    var values = new ArrayList<@Nullable Object>();
    for (var part : shape.parts) {
      values.add(
          switch (part.place) {
            case MEMBER -> value(part.type, tree.get(part.name), part.nullable);
            case OTHERS -> others(shape, part, tree);
            case UNWRAPPED -> value(part.type, tree, part.nullable);
          });
    }
    try {
      return shape.constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "expected %s in the answer of the server, found what this program can't read: %s"
              .formatted(type.getSimpleName(), e.getCause()),
          List.of("is the server newer? this program of its release can read it"));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected " + type + " to be open", e);
    }
  }

  private static @Nullable Object others(Shape shape, Part others, Map<?, ?> tree) {
    var rest = new LinkedHashMap<Object, Object>(tree);
    shape.parts.forEach(part -> {
      if (part.place == Place.MEMBER) {
        rest.remove(part.name);
      }
    });
    return value(others.type, rest, false);
  }

  /** A record as a tree; without what is null. */
  static Map<String, Object> tree(Record body) {
    var tree = new LinkedHashMap<String, Object>();
    for (var part : SHAPES.get(body.getClass()).parts) {
      var value = member(part, body);
      if (value != null) {
        if (part.place == Place.MEMBER) {
          tree.put(part.name, value);
        } else if (value instanceof Map<?, ?> members) {
          members.forEach((name, member) -> tree.put(String.valueOf(name), member));
        }
      }
    }
    return tree;
  }

  private static @Nullable Object member(Part part, Record body) {
    return tree(invoked(part.accessor, body));
  }

  /** Records become maps, wherever they are. */
  static @Nullable Object tree(@Nullable Object value) {
    return switch (value) {
      case Record nested -> tree(nested);
      case List<?> list -> list.stream().map(Records::tree).toList();
      case null -> null;
      default -> value;
    };
  }
}
