package org.maestro.sel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A syntax node that does something. */
sealed interface Statement {

  record Block(List<Statement> statements) implements Statement {}

  record Evaluate(Expr expression) implements Statement {}

  /** {@code Type name = initial}; without an initial value the variable can't be read yet. */
  record Declare(ValueType type, String name, int slot, @Nullable Expr initial, int offset)
      implements Statement {}

  record If(Expr condition, Statement then, @Nullable Statement otherwise) implements Statement {}

  /** A {@code for}, or a {@code while} (nothing to start with, nothing to update). */
  record Loop(
      List<Statement> start,
      @Nullable Expr condition,
      List<Expr> update,
      Statement body,
      int offset)
      implements Statement {}

  record Break() implements Statement {}

  record Continue() implements Statement {}

  record Return(Expr expression) implements Statement {}

  record Throw(Expr message, int offset) implements Statement {}
}
