package org.maestro.sel;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A world in which every evaluation gives the same result. */
final class Fixed {
  static final Instant NOW = Instant.parse("2024-05-05T10:20:30.040Z");
  static final String UUID = "00000000-0000-4000-8000-000000000001";

  private Fixed() {}

  static SelRuntime runtime() {
    return runtime(SelLimits.DEFAULT);
  }

  static SelRuntime runtime(SelLimits limits) {
    return new SelRuntime(() -> NOW, () -> UUID, () -> 0.25, limits);
  }

  /** The parameters of the standard's own table, and a few more. */
  static Scope scope() {
    return scope(
        Map.of(
            "a",
            7L,
            "name",
            "ada",
            "xs",
            List.of(3L, 1L, 2L),
            "d",
            20240229L,
            "m",
            Map.of("k", "v"),
            "ok",
            true));
  }

  static Scope scope(Map<String, ?> parameters) {
    var values = new HashMap<String, Object>(parameters);
    return new Scope() {
      @Override
      public @Nullable Object get(String name) {
        if (!values.containsKey(name)) {
          throw new UnknownNameException(name);
        }
        return values.get(name);
      }

      @Override
      public @Nullable Object call(String function, List<@Nullable Object> arguments) {
        return switch (function) {
          case "get" -> get(String.valueOf(arguments.get(0)));
          case "containsKey" -> values.containsKey(arguments.get(0));
          case "getFromInstance" -> "tester";
          case "echo" -> arguments;
          default -> throw new SelException("there is no function params." + function);
        };
      }
    };
  }

  static @Nullable Object evaluate(String source) {
    return Expression.compile(source).evaluate(scope(), runtime());
  }
}
