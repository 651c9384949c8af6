package org.maestro.sel;

/** What the operators do with values of each type. */
final class Operators {
  private Operators() {}

  static Value apply(Operator operator, Value left, Value right, Budget budget) {
    if (left instanceof Value.Whole(var a) && right instanceof Value.Whole(var b)) {
      return wholes(operator, a, b);
    }
    if (left instanceof Value.Real(var a) && right instanceof Value.Real(var b)) {
      return reals(operator, a, b);
    }
    if (left instanceof Value.Whole(var a) && right instanceof Value.Real(var b)) {
      return reals(operator, (double) a, b);
    }
    if (left instanceof Value.Real(var a) && right instanceof Value.Whole(var b)) {
      return reals(operator, a, (double) b);
    }
    return switch (operator) {
      case ADD -> join(left, right, budget);
      case EQUAL -> Value.of(same(operator, left, right, budget));
      case NOT_EQUAL -> Value.of(!same(operator, left, right, budget));
      case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL -> throw refuse(operator, left, right);
      case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> throw refuse(operator, left, right);
    };
  }

  private static Value wholes(Operator operator, long a, long b) {
    if (b == 0 && (operator == Operator.DIVIDE || operator == Operator.REMAINDER)) {
      throw new SelException("division by zero");
    }
    return switch (operator) {
      case EQUAL -> Value.of(a == b);
      case NOT_EQUAL -> Value.of(a != b);
      case LESS -> Value.of(a < b);
      case GREATER -> Value.of(a > b);
      case LESS_OR_EQUAL -> Value.of(a <= b);
      case GREATER_OR_EQUAL -> Value.of(a >= b);
      case ADD -> new Value.Whole(a + b);
      case SUBTRACT -> new Value.Whole(a - b);
      case MULTIPLY -> new Value.Whole(a * b);
      case DIVIDE -> new Value.Whole(a / b);
      case REMAINDER -> new Value.Whole(a % b);
    };
  }

  private static Value reals(Operator operator, double a, double b) {
    return switch (operator) {
      case EQUAL -> Value.of(a == b);
      case NOT_EQUAL -> Value.of(a != b);
      case LESS -> Value.of(a < b);
      case GREATER -> Value.of(a > b);
      case LESS_OR_EQUAL -> Value.of(a <= b);
      case GREATER_OR_EQUAL -> Value.of(a >= b);
      case ADD -> new Value.Real(a + b);
      case SUBTRACT -> new Value.Real(a - b);
      case MULTIPLY -> new Value.Real(a * b);
      case DIVIDE -> new Value.Real(a / b);
      case REMAINDER -> new Value.Real(a % b);
    };
  }

  /** A string and anything else become one string. */
  private static Value join(Value left, Value right, Budget budget) {
    if (!(left instanceof Value.Text) && !(right instanceof Value.Text)) {
      throw refuse(Operator.ADD, left, right);
    }
    var a = text(left, budget);
    var b = text(right, budget);
    budget.characters((long) a.length() + b.length());
    return new Value.Text(a + b);
  }

  private static boolean same(Operator operator, Value left, Value right, Budget budget) {
    if (left == Value.Nothing.NULL || right == Value.Nothing.NULL) {
      return left.equals(right);
    }
    if (left instanceof Value.Text(var a) && right instanceof Value.Text(var b)) {
      budget.work(Math.min(a.length(), b.length()) / 16);
      return a.equals(b);
    }
    if (left instanceof Value.Truth(var a) && right instanceof Value.Truth(var b)) {
      return a == b;
    }
    throw refuse(operator, left, right);
  }

  private static SelException refuse(Operator operator, Value left, Value right) {
    var dates = left instanceof Value.Moment && right instanceof Value.Moment;
    var texts = left instanceof Value.Text && right instanceof Value.Text;
    return new SelException(
        "there is no %s %s %s"
            .formatted(left.type().shown(), operator.symbol(), right.type().shown()),
        dates
            ? "compare dates with isBefore, isEqual and isAfter"
            : texts ? "compare strings with compareTo" : null);
  }

  static Value negate(Value value) {
    if (value instanceof Value.Whole(var number)) {
      return new Value.Whole(-number);
    }
    if (value instanceof Value.Real(var number)) {
      return new Value.Real(-number);
    }
    throw new SelException("expected a number after -, found " + value.type().shown());
  }

  static Value plus(Value value) {
    if (value instanceof Value.Whole || value instanceof Value.Real) {
      return value;
    }
    throw new SelException("expected a number after +, found " + value.type().shown());
  }

  /** Refuses a value for a variable or element of another type. Nothing converts by itself. */
  static void checkFits(Value value, ValueType type, String target) {
    var found = value.type();
    if (found == type || (found == ValueType.NULL && type.takesNull())) {
      return;
    }
    if (value instanceof Value.Array array && mayBeArrayOf(type, array)) {
      return;
    }
    throw new SelException(
        "expected a %s for %s, found %s".formatted(type.shown(), target, found.shown()),
        type == ValueType.DOUBLE && found == ValueType.LONG ? "add 0.0 to make it a double" : null);
  }

  /**
   * An empty list from outside has no element type, and fits every array; and the other way round.
   */
  private static boolean mayBeArrayOf(ValueType type, Value.Array array) {
    return type == ValueType.MIXED_ARRAY
        || (type.element() != null
            && array.elements().length == 0
            && array.type() == ValueType.MIXED_ARRAY);
  }

  /** How a value reads as a part of a string. */
  static String text(Value value, Budget budget) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Whole(var number) -> Long.toString(number);
      case Value.Real(var number) -> Decimals.text(number);
      case Value.Truth(var is) -> Boolean.toString(is);
      case Value.Nothing _ -> "null";
      case Value.Array _, Value.Dictionary _ ->
          Json.write(PlainValues.leave(value, budget), budget.resultSize());
      case Value.Moment(var at) -> Moments.text(at);
      case Value.Zone(var id) -> id.getId();
      case Value.Uuid(var text) -> text;
      case Value.Days(var count) -> "P" + count + "D";
      case Value.Formatter _, Value.Property _ ->
          throw new SelException("a " + value.type().shown() + " can't be part of a string");
    };
  }
}
