package org.maestro.dsl.yaml;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Scalar;

/** An object of the canonical tree in the making; every part keeps its place in the text. */
final class Composed {
  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
  private final Span span;

  /** An object that what is at a place stands for. */
  Composed(Span span) {
    this.span = span;
  }

  /** Puts a value under a name, shown at the key that the author wrote for it. */
  void put(String name, Scalar key, @Nullable Node value) {
    if (value != null) {
      entries.put(name, new Entry(key, value));
    }
  }

  /** Puts a value under a name that the author didn't write. */
  void put(String name, Span key, @Nullable Node value) {
    put(name, Scalar.made(name, key), value);
  }

  void put(String name, Entry written) {
    entries.put(name, written);
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  @Nullable Entry get(String name) {
    return entries.get(name);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Span span() {
    return span;
  }

  Entries build() {
    return new Entries(entries, span);
  }
}
