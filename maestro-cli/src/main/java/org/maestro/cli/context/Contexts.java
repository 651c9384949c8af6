package org.maestro.cli.context;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All saved contexts.
 *
 * @param current the name of the one in use; null for none
 */
public record Contexts(@Nullable String current, Map<String, Context> byName) {
  public static final Contexts NONE = new Contexts(null, Map.of());

  public Contexts {
    byName = Map.copyOf(byName);
  }

  /** With one more, or one replaced. */
  public Contexts with(Context context) {
    var more = new TreeMap<>(byName);
    more.put(context.name(), context);
    return new Contexts(current == null ? context.name() : current, more);
  }

  /** Without one. */
  public Contexts without(String name) {
    var fewer = new TreeMap<>(byName);
    fewer.remove(name);
    return new Contexts(name.equals(current) ? null : current, fewer);
  }

  public Contexts using(String name) {
    return new Contexts(name, byName);
  }

  /** In the order of their names. */
  public Map<String, Context> sorted() {
    return new TreeMap<>(byName);
  }
}
