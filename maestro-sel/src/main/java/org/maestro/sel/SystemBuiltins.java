package org.maestro.sel;

/** {@code Math}, {@code UUID}, {@code System} and {@code Arrays}. */
final class SystemBuiltins {
  private SystemBuiltins() {}

  static void addTo(Builtins table) {
    table.function("Math", "min", 2, c -> extreme(c, true));
    table.function("Math", "max", 2, c -> extreme(c, false));
    table.function("Math", "pow", 2, c -> new Value.Real(Math.pow(c.real(0), c.real(1))));
    table.function("Math", "random", 0, c -> new Value.Real(c.runtime().random().getAsDouble()));
    table.function("UUID", "randomUUID", 0, c -> new Value.Uuid(c.runtime().uuids().get()));
    table.method(ValueType.UUID, "toString", 0, c -> c.made(((Value.Uuid) c.receiver()).text()));
    table.function(
        "System", "currentTimeMillis", 0, c -> new Value.Whole(c.runtime().clock().millis()));
    table.functionOfAny("Arrays", "asList", SystemBuiltins::asList);
  }

  private static Value extreme(Call c, boolean least) {
    if (c.value(0) instanceof Value.Whole(var one)
        && c.value(1) instanceof Value.Whole(var other)) {
      return new Value.Whole(least ? Math.min(one, other) : Math.max(one, other));
    }
    var one = c.real(0);
    var other = c.real(1);
    return new Value.Real(least ? Math.min(one, other) : Math.max(one, other));
  }

  /** One array is the list already; anything else becomes the elements of a new one. */
  private static Value asList(Call c) {
    if (c.count() == 1 && c.value(0) instanceof Value.Array array) {
      return array;
    }
    return PlainValues.array(c.from(0), c.budget());
  }
}
