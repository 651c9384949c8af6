package org.maestro.signal.match;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.message.SignalRequest.Condition;

/**
 * What is asked of the parameters of a signal. A parameter that is missing, or is text where a
 * number is asked for or the other way round, doesn't meet a condition.
 */
public final class Conditions {
  private Conditions() {}

  /** Whether the parameters meet all of them. */
  public static boolean hold(Collection<Condition> conditions, Map<String, Object> params) {
    return conditions.stream().allMatch(condition -> holds(condition, params));
  }

  private static boolean holds(Condition condition, Map<String, Object> params) {
    return holds(condition.operator(), params.get(condition.param()), condition.value());
  }

  /** Whether a parameter compares with a value of the condition as asked. */
  public static boolean holds(MatchOperator operator, @Nullable Object param, Object wanted) {
    if (param == null || param instanceof Long != wanted instanceof Long) {
      return false;
    }
    var order = Arrays.compareUnsigned(EncodedValue.whole(param), EncodedValue.whole(wanted));
    return switch (operator) {
      case EQUALS -> order == 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
    };
  }
}
