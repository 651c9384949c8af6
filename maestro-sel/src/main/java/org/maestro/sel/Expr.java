package org.maestro.sel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A syntax node that has a value. The offset is where a message about it points. */
sealed interface Expr {
  int offset();

  record Constant(Value value, int offset) implements Expr {}

  /**
   * A variable, or a name the scope knows.
   *
   * @param slot where its value is kept during an evaluation
   * @param free whether nothing before it in the text declares or assigns the name, so the scope is
   *     asked as long as no later assignment has run
   */
  record Variable(String name, int slot, boolean free, int offset) implements Expr {}

  /** {@code target = value}, or {@code target op= value}. */
  record Assign(Variable target, @Nullable Operator operator, Expr value, int offset)
      implements Expr {}

  /** {@code target[index] = value}, or {@code target[index] op= value}. */
  record AssignElement(
      Variable target, Expr index, @Nullable Operator operator, Expr value, int offset)
      implements Expr {}

  record Conditional(Expr condition, Expr then, Expr otherwise, int offset) implements Expr {}

  /** Operands joined by {@code &&}, or by {@code ||}; evaluated only as far as needed. */
  record Logic(boolean and, List<Expr> operands, int offset) implements Expr {}

  /** {@code first op operand op operand …}, from left to right, however long. */
  record Chain(Expr first, List<Link> links, int offset) implements Expr {}

  record Link(Operator operator, Expr operand, int offset) {}

  record Not(Expr operand, int offset) implements Expr {}

  record Negate(Expr operand, int offset) implements Expr {}

  record Plus(Expr operand, int offset) implements Expr {}

  record Index(Expr target, Expr index, int offset) implements Expr {}

  /** {@code target.length}. */
  record Length(Expr target, int offset) implements Expr {}

  /** A method of a value; the key leads to it once the type of the value is known. */
  record MethodCall(Expr receiver, String key, List<Expr> arguments, int offset) implements Expr {}

  /** A method of a type, or a constructor: {@code Math.max(…)}, {@code new DateTime(…)}. */
  record FunctionCall(Builtins.Function function, List<Expr> arguments, int offset)
      implements Expr {}

  /** {@code params.name(…)}. */
  record ExtensionCall(String name, List<Expr> arguments, int offset) implements Expr {}

  record NewArray(ValueType type, Expr length, int offset) implements Expr {}

  record ArrayOf(ValueType type, List<Expr> elements, int offset) implements Expr {}
}
