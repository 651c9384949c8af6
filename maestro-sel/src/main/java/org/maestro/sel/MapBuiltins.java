package org.maestro.sel;

/** Maps. */
final class MapBuiltins {
  private MapBuiltins() {}

  static void addTo(Builtins table) {
    for (var type : new String[] {"Map", "HashMap", "LinkedHashMap"}) {
      // Also new Map(): the standard's own definitions write all three.
      table.constructor(type, 0, _ -> new Value.Dictionary());
    }
    table.method(ValueType.MAP, "size", 0, c -> new Value.Whole(c.selfEntries().size()));
    table.method(
        ValueType.MAP, "containsKey", 1, c -> Value.of(c.selfEntries().containsKey(c.text(0))));
    table.method(
        ValueType.MAP, "get", 1, c -> c.selfEntries().getOrDefault(c.text(0), Value.Nothing.NULL));
    table.method(
        ValueType.MAP, "getOrDefault", 2, c -> c.selfEntries().getOrDefault(c.text(0), c.value(1)));
    table.method(
        ValueType.MAP,
        "put",
        2,
        c -> put((Value.Dictionary) c.receiver(), c.text(0), c.value(1), c.budget()));
  }

  /** Sets an entry and returns what was there before. */
  static Value put(Value.Dictionary map, String key, Value value, Budget budget) {
    budget.entry(map.entries().size() + 1);
    var before = map.entries().put(key, value);
    return before == null ? Value.Nothing.NULL : before;
  }
}
