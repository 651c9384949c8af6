package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** How a signal's parameter is compared. */
public enum MatchOperator {
  /** The same value. */
  EQUALS("="),
  /** More. */
  GREATER(">"),
  /** At least as much. */
  GREATER_OR_EQUAL(">="),
  /** Less. */
  LESS("<"),
  /** At most as much. */
  LESS_OR_EQUAL("<=");

  private final String symbol;

  MatchOperator(String symbol) {
    this.symbol = symbol;
  }

  @JsonValue
  public String symbol() {
    return symbol;
  }

  public static Optional<MatchOperator> of(String symbol) {
    return Arrays.stream(values()).filter(o -> o.symbol.equals(symbol)).findFirst();
  }
}
