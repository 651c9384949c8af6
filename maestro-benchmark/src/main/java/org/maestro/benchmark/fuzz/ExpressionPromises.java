package org.maestro.benchmark.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Expression;
import org.maestro.sel.Interpolation;
import org.maestro.sel.ResultType;
import org.maestro.sel.Scope;
import org.maestro.sel.SelException;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.sel.UnknownNameException;

/**
 * What the expression language promises for every text: a plain value or a {@link SelException}
 * that can be shown, the same each time, having asked for its free names only.
 */
final class ExpressionPromises {
  private static final SelLimits LIMITS =
      new SelLimits(
          10_000, 128, 1_000, 10_000, 300_000, 5_000_000, 100_000, Duration.ofSeconds(10));
  private static final SelRuntime RUNTIME =
      new SelRuntime(
          () -> Instant.parse("2024-05-05T10:20:30.040Z"),
          () -> "00000000-0000-4000-8000-000000000001",
          () -> 0.25,
          LIMITS);
  private static final Map<String, Object> VALUES =
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
          true);
  private static final List<String> TYPES =
      List.of("LONG", "DOUBLE", "STRING", "BOOLEAN", "STRING_MAP", "DOUBLE_ARRAY");

  private ExpressionPromises() {}

  /** Whether the text is an expression with a value. */
  static boolean check(String text) {
    interpolate(text);
    Expression expression;
    try {
      expression = Expression.compile(text, LIMITS);
    } catch (SelException e) {
      requireShown(e);
      return false;
    }
    var first = outcome(expression);
    var second = outcome(expression);
    if (!first.equals(second)) {
      throw new BrokenPromiseException("evaluates to " + first + ", then to " + second);
    }
    if (first.problem() == null) {
      TYPES.forEach(type -> convert(type, first.value()));
    }
    return first.problem() == null;
  }

  private record Outcome(@Nullable Object value, @Nullable String problem) {}

  private static Outcome outcome(Expression expression) {
    try {
      return new Outcome(expression.evaluate(new Strict(expression.freeNames()), RUNTIME), null);
    } catch (SelException e) {
      requireShown(e);
      return new Outcome(null, Objects.requireNonNull(e.getMessage()));
    }
  }

  private static void convert(String type, @Nullable Object value) {
    try {
      ResultType.convert(type, value);
    } catch (SelException e) {
      requireShown(e);
    }
  }

  private static void interpolate(String text) {
    var names = Interpolation.names(text);
    try {
      Interpolation.interpolate(text, VALUES::get);
    } catch (SelException e) {
      requireShown(e);
      if (VALUES.keySet().containsAll(names)) {
        throw new BrokenPromiseException("all of " + names + " are known, but: " + e.problem());
      }
    }
  }

  private static void requireShown(SelException problem) {
    if (problem.render().isBlank() || problem.getMessage().isBlank()) {
      throw new BrokenPromiseException("a problem without words");
    }
  }

  /** The parameters, and an objection to being asked for what was not announced. */
  private record Strict(Set<String> announced) implements Scope {
    @Override
    public Object get(String name) {
      if (!announced.contains(name)) {
        throw new BrokenPromiseException("asks for " + name + ", which is no free name");
      }
      return known(name);
    }

    @Override
    public @Nullable Object call(String function, List<@Nullable Object> arguments) {
      return switch (function) {
        case "get" -> known(String.valueOf(arguments.isEmpty() ? null : arguments.getFirst()));
        case "echo" -> arguments;
        default -> throw new SelException("there is no function params." + function);
      };
    }

    private static Object known(String name) {
      var value = VALUES.get(name);
      if (value == null) {
        throw new UnknownNameException(name);
      }
      return value;
    }
  }
}
