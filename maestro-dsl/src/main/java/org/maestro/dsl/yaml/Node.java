package org.maestro.dsl.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tree of plain data in which everything knows its place in the text. */
sealed interface Node {
  Span span();

  /**
   * A leaf.
   *
   * @param value String, Long, BigDecimal, Boolean or null
   * @param text as it is written, without quotes and escapes
   * @param written how it is written, to find places inside it; null if it isn't written as such
   */
  record Scalar(@Nullable Object value, String text, Span span, @Nullable Written written)
      implements Node {

    /** Something that the author didn't write, at the place that made us add it. */
    static Scalar made(Object value, Span span) {
      return new Scalar(value, value.toString(), span, null);
    }

    boolean isNull() {
      return value == null;
    }

    boolean isText() {
      return value instanceof String;
    }

    boolean isNumber() {
      return value instanceof Long || value instanceof BigDecimal;
    }

    /** The same as text; null stays. */
    Scalar asText() {
      return value == null ? this : new Scalar(text, text, span, written);
    }

    /** Characters {@code from} to {@code to} of the text, as text. */
    Scalar part(int from, int to) {
      var part = text.substring(from, to);
      return new Scalar(
          part,
          part,
          written == null ? span : written.span(from, to, span),
          written == null ? null : written.shifted(from));
    }

    /** The place of a character of the text; all of it if that isn't known. */
    Span at(int offset) {
      if (written == null || offset < 0) {
        return span;
      }
      return written.span(offset, Math.min(text.length(), offset + 1), span);
    }
  }

  /** A list. */
  record Items(List<Node> items, Span span) implements Node {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** An object or mapping: unique keys, in order. */
  record Entries(SequencedMap<String, Entry> entries, Span span) implements Node {
    public Entries {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    @Nullable Node get(String name) {
      var entry = entries.get(name);
      return entry == null ? null : entry.value();
    }

    boolean has(String name) {
      return entries.containsKey(name);
    }

    /** Without those of the given fields that are empty: empty means absent. */
    Entries withoutEmpty(Set<String> fields) {
      if (entries.entrySet().stream()
          .noneMatch(e -> fields.contains(e.getKey()) && isEmpty(e.getValue().value()))) {
        return this;
      }
      var others = new LinkedHashMap<String, Entry>();
      entries.forEach((name, entry) -> {
        if (!fields.contains(name) || !isEmpty(entry.value())) {
          others.put(name, entry);
        }
      });
      return new Entries(others, span);
    }
  }

  /** A key with its value. */
  record Entry(Scalar key, Node value) {}

  /** Whether a value says nothing: null, empty text, an empty list or an empty mapping. */
  static boolean isEmpty(Node node) {
    return switch (node) {
      case Scalar scalar -> scalar.isNull() || scalar.text().isEmpty();
      case Items items -> items.items().isEmpty();
      case Entries entries -> entries.entries().isEmpty();
    };
  }

  /** A tree of plain data that has no text behind it. */
  static Node of(@Nullable Object value) {
    var place = new Span(0, 0);
    return switch (value) {
      case Map<?, ?> map -> {
        var entries = new Composed(place);
        map.forEach((key, item) -> entries.put(String.valueOf(key), place, of(item)));
        yield entries.build();
      }
      case List<?> list -> new Items(list.stream().map(Node::of).toList(), place);
      case BigDecimal number -> new Scalar(number, CanonicalJson.number(number), place, null);
      case null -> new Scalar(null, "", place, null);
      default -> Scalar.made(value, place);
    };
  }

  /** The tree without places, as {@link org.maestro.dsl.DefinitionReader} reads it. */
  static @Nullable Object plain(Node node) {
    return switch (node) {
      case Scalar scalar -> scalar.value();
      case Items items -> {
        var list = new ArrayList<@Nullable Object>(items.items().size());
        items.items().forEach(item -> list.add(plain(item)));
        yield list;
      }
      case Entries entries -> plain(entries);
    };
  }

  /** An object without places. */
  static Map<String, Object> plain(Entries entries) {
    var map = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(entries.entries().size());
    entries.entries().forEach((name, entry) -> map.put(name, plain(entry.value())));
    return map;
  }
}
