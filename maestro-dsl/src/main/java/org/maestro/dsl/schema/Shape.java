package org.maestro.dsl.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One schema in the making. */
final class Shape {
  private final Map<String, Object> tree = new LinkedHashMap<>();
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Shape() {}

  private Shape with(String name, Object value) {
    tree.put(name, value);
    return this;
  }

  Map<String, Object> tree() {
    return tree;
  }

  static Shape any() {
    return new Shape();
  }

  private static Shape of(Object type) {
    return new Shape().with("type", type);
  }

  static Shape text() {
    return of("string");
  }

  static Shape flag() {
    return of("boolean");
  }

  static Shape whole(long least, long most) {
    return of("integer").with("minimum", least).with("maximum", most);
  }

  /** A number, or text such as a duration or a reference to a parameter. */
  static Shape numberOrText() {
    return of(List.of("integer", "string"));
  }

  static Shape textOrNumber() {
    return of(List.of("string", "number"));
  }

  static Shape list(Shape item) {
    return of("array").with("items", item.tree);
  }

  /** One thing or a list of it. */
  static Shape oneOrMore(Shape item) {
    return anyOf(item, list(item));
  }

  static Shape anyOf(Shape... shapes) {
    return new Shape().with("anyOf", Arrays.stream(shapes).map(Shape::tree).toList());
  }

  static Shape ref(String name) {
    return new Shape().with("$ref", "#/$defs/" + name);
  }

  /** The names of an enum in any case; editors offer them as given. */
  static Shape words(List<String> words) {
    var pattern = new StringBuilder();
    for (var word : words) {
      pattern.append(pattern.isEmpty() ? "^(?:" : "|");
      word.chars()
          .forEach(c -> {
            var lower = Character.toLowerCase(c);
            var upper = Character.toUpperCase(c);
            if (lower == upper) {
              pattern.append((char) c);
            } else {
              pattern.append('[').append((char) upper).append((char) lower).append(']');
            }
          });
    }
    return anyOf(
        new Shape().with("enum", words), text().with("pattern", pattern.append(")$").toString()));
  }

  static <E extends Enum<E>> Shape words(Class<E> type) {
    return words(Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
  }

  /** The names of an enum as people write them in YAML. */
  static <E extends Enum<E>> Shape lowerWords(Class<E> type) {
    return words(
        Arrays.stream(type.getEnumConstants())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  static Shape object() {
    var object = of("object");
    return object.with("properties", object.fields);
  }

  /** An object whose keys are names. */
  static Shape map(Shape value) {
    return of("object").with("additionalProperties", value.tree);
  }

  Shape field(String name, Shape shape) {
    fields.put(name, shape.tree);
    return this;
  }

  /** Adds the fields of another object, but for those that are there already. */
  Shape fieldsOf(Shape other) {
    other.fields.forEach(fields::putIfAbsent);
    return this;
  }

  Shape required(String... names) {
    var all = new ArrayList<Object>(List.of(names));
    return with("required", all);
  }

  /** Other keys are errors. */
  Shape strict() {
    return with("additionalProperties", false);
  }

  /** Other keys are something else. */
  Shape others(Shape shape) {
    return with("additionalProperties", shape.tree);
  }

  Shape says(String description) {
    return with("description", description);
  }

  Shape like(Object... examples) {
    return with("examples", List.of(examples));
  }

  Shape otherwise(Object value) {
    return with("default", value);
  }
}
