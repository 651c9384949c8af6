package org.maestro.engine.step.runtime.wiring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.http.StateExpression;
import org.maestro.sel.Expression;
import org.maestro.sel.Scope;
import org.maestro.sel.SelException;
import org.maestro.sel.SelRuntime;
import org.maestro.sel.UnknownNameException;

/** Evaluates {@code state_expr} as SEL; {@code params['x']} reads the same names as {@code x}. */
final class SelStateExpression implements StateExpression {
  private final SelRuntime runtime;

  SelStateExpression(SelRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public @Nullable Object evaluate(String source, Map<String, Object> names) {
    try {
      return Expression.compile(source).evaluate(new Names(names), runtime);
    } catch (SelException e) {
      throw new InvalidExpressionException(e.getMessage());
    }
  }

  private record Names(Map<String, Object> values) implements Scope {
    @Override
    public Object get(String name) {
      var value = values.get(name);
      if (value == null) {
        throw new UnknownNameException(name);
      }
      return value;
    }

    @Override
    public Object call(String function, List<@Nullable Object> arguments) {
      if (function.equals("get") && arguments.size() == 1) {
        return get(String.valueOf(arguments.getFirst()));
      }
      throw new SelException(
          "params." + function + " isn't there once the response has come",
          "read status_code, response_body or a parameter of the step");
    }
  }
}
