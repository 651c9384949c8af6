package org.maestro.engine.step.runtime.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates a step's {@code state_expr} once its response is there. */
@FunctionalInterface
public interface StateExpression {

  /**
   * The result of an expression.
   *
   * @param source the text of the parameter
   * @param names what it may read: the step's parameters, {@code status_code} and {@code
   *     response_body}
   * @throws InvalidExpressionException if it can't be evaluated; the message is shown to the owner
   */
  @Nullable Object evaluate(String source, Map<String, Object> names);

  /** An expression that its author has to mend. */
  final class InvalidExpressionException extends RuntimeException {
    public InvalidExpressionException(String message) {
      super(message, null, false, false);
    }
  }
}
