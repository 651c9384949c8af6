package org.maestro.dsl;

import java.util.HashSet;
import java.util.Set;
import org.maestro.sel.Expression;
import org.maestro.sel.SelException;

/** Checks SEL sources; each distinct one once per document. */
final class Expressions {
  private final boolean checking;
  private final Set<String> good = new HashSet<>();

  Expressions(boolean checking) {
    this.checking = checking;
    good.add("true");
    good.add("false");
  }

  void check(String source, Place place) {
    if (!checking || good.contains(source)) {
      return;
    }
    if (source.isBlank()) {
      place.report(
          ProblemCode.EXPRESSION,
          "expected an expression, found a blank one; write one, or remove the field");
    } else {
      compile(source, place);
    }
  }

  private void compile(String source, Place place) {
    try {
      Expression.compile(source);
      good.add(source);
    } catch (SelException e) {
      var what = "not a valid expression: ";
      place.reportInside(
          ProblemCode.EXPRESSION,
          what + e.problem() + (e.suggestion() == null ? "" : "; " + e.suggestion()),
          what + e.getMessage(),
          e.offset());
    }
  }
}
