package org.maestro.sel;

/** A binary operator that evaluates both sides, with how tightly it binds. */
enum Operator {
  EQUAL("==", 1),
  NOT_EQUAL("!=", 1),
  LESS("<", 2),
  GREATER(">", 2),
  LESS_OR_EQUAL("<=", 2),
  GREATER_OR_EQUAL(">=", 2),
  ADD("+", 3),
  SUBTRACT("-", 3),
  MULTIPLY("*", 4),
  DIVIDE("/", 4),
  REMAINDER("%", 4);

  static final int LOOSEST = 1;
  static final int TIGHTEST = 4;

  private final String symbol;
  private final int binding;

  Operator(String symbol, int binding) {
    this.symbol = symbol;
    this.binding = binding;
  }

  String symbol() {
    return symbol;
  }

  int binding() {
    return binding;
  }
}
