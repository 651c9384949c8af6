package org.maestro.sel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks a program in the order of its evaluation and notes what it asks its scope for. */
final class References {
  private final List<Reference> found = new ArrayList<>();

  /** Whether every evaluation that hasn't failed gets here. */
  private boolean certain = true;

  private References() {}

  static List<Reference> of(Program program) {
    var references = new References();
    program.statements().forEach(references::look);
    return List.copyOf(references.found);
  }

  private void look(Statement statement) {
    switch (statement) {
      case Statement.Evaluate(var expression) -> look(expression);
      case Statement.Declare declare -> {
        if (declare.initial() != null) {
          look(declare.initial());
        }
      }
      case Statement.Block(var statements) -> statements.forEach(this::look);
      case Statement.If(var condition, var then, var otherwise) -> {
        look(condition);
        perhaps(then);
        perhaps(otherwise);
      }
      case Statement.Loop loop -> {
        loop.start().forEach(this::look);
        if (loop.condition() != null) {
          look(loop.condition());
        }
        perhaps(loop.body());
        var before = certain;
        certain = false;
        loop.update().forEach(this::look);
        certain = before;
      }
      case Statement.Return(var expression) -> {
        look(expression);
        certain = false;
      }
      case Statement.Throw(var message, _) -> {
        look(message);
        certain = false;
      }
      case Statement.Break _, Statement.Continue _ -> certain = false;
    }
  }

  /** What may not be executed, and may end everything if it is. */
  private void perhaps(@Nullable Statement statement) {
    if (statement != null) {
      var before = certain;
      certain = false;
      look(statement);
      certain = before && !leaves(statement);
    }
  }

  private static boolean leaves(Statement statement) {
    return switch (statement) {
      case Statement.Return _, Statement.Throw _, Statement.Break _, Statement.Continue _ -> true;
      case Statement.Block(var statements) -> statements.stream().anyMatch(References::leaves);
      case Statement.If(_, var then, var otherwise) ->
          leaves(then) || (otherwise != null && leaves(otherwise));
      case Statement.Loop loop -> leaves(loop.body());
      case Statement.Evaluate _, Statement.Declare _ -> false;
    };
  }

  private void look(Expr expr) {
    switch (expr) {
      case Expr.Constant _ -> {}
      case Expr.Variable variable -> {
        if (variable.free()) {
          found.add(new Reference.Name(variable.name(), certain, variable.offset()));
        }
      }
      case Expr.Assign assign -> {
        if (assign.operator() != null) {
          look(assign.target());
        }
        look(assign.value());
      }
      case Expr.AssignElement assign -> {
        look(assign.target());
        look(assign.index());
        look(assign.value());
      }
      case Expr.Conditional(var condition, var then, var otherwise, _) -> {
        look(condition);
        perhaps(then);
        perhaps(otherwise);
      }
      case Expr.Logic logic -> {
        look(logic.operands().getFirst());
        logic.operands().stream().skip(1).forEach(this::perhaps);
      }
      case Expr.Chain chain -> {
        look(chain.first());
        chain.links().forEach(link -> look(link.operand()));
      }
      case Expr.Not(var operand, _) -> look(operand);
      case Expr.Negate(var operand, _) -> look(operand);
      case Expr.Plus(var operand, _) -> look(operand);
      case Expr.Index(var target, var index, _) -> {
        look(target);
        look(index);
      }
      case Expr.Length(var target, _) -> look(target);
      case Expr.MethodCall call -> {
        look(call.receiver());
        call.arguments().forEach(this::look);
      }
      case Expr.FunctionCall call -> call.arguments().forEach(this::look);
      case Expr.ExtensionCall call -> {
        call.arguments().forEach(this::look);
        found.add(
            new Reference.Call(
                call.name(),
                call.arguments().stream().map(References::literal).toList(),
                certain,
                call.offset()));
      }
      case Expr.NewArray array -> look(array.length());
      case Expr.ArrayOf array -> array.elements().forEach(this::look);
    }
  }

  private void perhaps(Expr expr) {
    var before = certain;
    certain = false;
    look(expr);
    certain = before;
  }

  private static @Nullable String literal(Expr argument) {
    return argument instanceof Expr.Constant(Value.Text(var text), _) ? text : null;
  }
}
