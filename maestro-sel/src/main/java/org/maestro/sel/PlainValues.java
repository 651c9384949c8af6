package org.maestro.sel;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The border between values of the language and plain JDK values. Both directions copy. */
final class PlainValues {
  /** Deeper than any sane parameter; a map that contains itself ends here. */
  private static final int DEEPEST = 32;

  private final Budget budget;
  private long size;

  private PlainValues(Budget budget) {
    this.budget = budget;
  }

  /** A value from outside. */
  static Value enter(@Nullable Object plain, Budget budget) {
    return new PlainValues(budget).enter(plain, 0);
  }

  private Value enter(@Nullable Object plain, int depth) {
    checkDepth(depth);
    return switch (plain) {
      case null -> Value.Nothing.NULL;
      case String text -> new Value.Text(text);
      case Long number -> new Value.Whole(number);
      case Integer number -> new Value.Whole(number);
      case Double number -> new Value.Real(number);
      case Float number -> new Value.Real(number);
      case BigDecimal number -> new Value.Real(number.doubleValue());
      case Boolean truth -> Value.of(truth);
      case List<?> list -> enterList(list, depth);
      case Map<?, ?> map -> enterMap(map, depth);
      default ->
          throw new SelException(
              "expected a string, number, boolean, list or map from outside, found another kind of value");
    };
  }

  private Value enterList(List<?> list, int depth) {
    budget.elements(list.size());
    var elements = new Value[list.size()];
    var next = 0;
    for (var element : list) {
      elements[next++] = enter(element, depth + 1);
    }
    return arrayOf(elements);
  }

  private Value enterMap(Map<?, ?> map, int depth) {
    budget.elements(map.size());
    var result = new Value.Dictionary();
    map.forEach((key, value) -> result.entries().put(String.valueOf(key), enter(value, depth + 1)));
    return result;
  }

  /** An array of these elements; its type is theirs. */
  static Value array(Value[] elements, Budget budget) {
    budget.elements(elements.length);
    return arrayOf(elements);
  }

  private static Value arrayOf(Value[] elements) {
    if (elements.length == 0) {
      return new Value.Array(ValueType.MIXED_ARRAY, elements);
    }
    if (all(elements, ValueType.LONG)) {
      return new Value.Array(ValueType.LONG_ARRAY, elements);
    }
    if (all(elements, ValueType.BOOLEAN)) {
      return new Value.Array(ValueType.BOOLEAN_ARRAY, elements);
    }
    if (all(elements, ValueType.STRING)) {
      return new Value.Array(ValueType.STRING_ARRAY, elements);
    }
    if (!Arrays.stream(elements)
        .allMatch(e -> e instanceof Value.Real || e instanceof Value.Whole)) {
      return new Value.Array(ValueType.MIXED_ARRAY, elements);
    }
    for (var i = 0; i < elements.length; i++) {
      if (elements[i] instanceof Value.Whole(var number)) {
        elements[i] = new Value.Real(number);
      }
    }
    return new Value.Array(ValueType.DOUBLE_ARRAY, elements);
  }

  private static boolean all(Value[] elements, ValueType type) {
    for (var element : elements) {
      if (element.type() != type) {
        return false;
      }
    }
    return true;
  }

  /** A value for outside: immutable, of bounded size and depth. */
  static @Nullable Object leave(Value value, Budget budget) {
    return new PlainValues(budget).leave(value, 0);
  }

  private @Nullable Object leave(Value value, int depth) {
    checkDepth(depth);
    return switch (value) {
      case Value.Nothing _ -> sized(4, null);
      case Value.Whole(var number) -> sized(1 + digits(number), number);
      case Value.Real(var number) -> sized(8, number);
      case Value.Truth(var is) -> sized(5, is);
      case Value.Text(var text) -> sized(text.length() + 3, text);
      case Value.Array array -> leaveArray(array, depth);
      case Value.Dictionary map -> leaveMap(map, depth);
      case Value.Moment _,
          Value.Zone _,
          Value.Formatter _,
          Value.Days _,
          Value.Property _,
          Value.Uuid _ ->
          throw new SelException(
              "expected a string, number, boolean, array or map as the result, found "
                  + value.type().shown(),
              "turn it into one, as with .toString()");
    };
  }

  private Object leaveArray(Value.Array array, int depth) {
    var plain = new @Nullable Object[array.elements().length];
    for (var i = 0; i < plain.length; i++) {
      plain[i] = leave(array.elements()[i], depth + 1);
    }
    return Collections.unmodifiableList(Arrays.asList(plain));
  }

  private Object leaveMap(Value.Dictionary map, int depth) {
    var plain = new LinkedHashMap<String, @Nullable Object>();
    for (var entry : map.entries().entrySet()) {
      sized(entry.getKey().length() + 4, null);
      plain.put(entry.getKey(), leave(entry.getValue(), depth + 1));
    }
    return Collections.unmodifiableMap(plain);
  }

  private @Nullable Object sized(long characters, @Nullable Object plain) {
    size += characters;
    budget.step();
    if (size > budget.resultSize()) {
      throw new SelException(
          "expected a result of at most %d characters".formatted(budget.resultSize()));
    }
    return plain;
  }

  private static int digits(long number) {
    return number == 0 ? 1 : (int) Math.log10(Math.abs((double) number)) + 1;
  }

  private static void checkDepth(int depth) {
    if (depth > DEEPEST) {
      throw new SelException(
          "expected values nested at most " + DEEPEST + " deep; does a map contain itself?");
    }
  }
}
