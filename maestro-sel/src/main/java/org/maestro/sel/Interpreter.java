package org.maestro.sel;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of one program: walks the tree on the caller's thread and pays for every node. Its
 * state is the values of the variables and nothing else.
 */
final class Interpreter {

  /** How a statement ended. */
  private enum End {
    NORMAL,
    BREAK,
    CONTINUE,
    RETURN
  }

  private final Scope scope;
  private final SelRuntime runtime;
  private final Budget budget;
  private final @Nullable Value[] variables;
  private final @Nullable ValueType[] types;
  private final @Nullable Value[] inputs;
  private Value result = Value.Nothing.NULL;
  private int at;

  private Interpreter(Program program, Scope scope, SelRuntime runtime, Budget budget) {
    this.scope = scope;
    this.runtime = runtime;
    this.budget = budget;
    this.variables = new Value[program.slots()];
    this.types = new ValueType[program.slots()];
    this.inputs = new Value[program.slots()];
  }

  /** The value of a {@code return}, else of the last expression statement that was executed. */
  static @Nullable Object evaluate(
      String source, Program program, Scope scope, SelRuntime runtime, Allowance allowance) {
    var budget = new Budget(runtime.limits(), runtime.lane(), allowance);
    var interpreter = new Interpreter(program, scope, runtime, budget);
    try {
      interpreter.execute(program.statements());
      return PlainValues.leave(interpreter.result, interpreter.budget);
    } catch (SelException e) {
      throw e.at(source, interpreter.at);
    } catch (UnknownNameException e) {
      throw SelException.unknownName("there is no parameter " + e.name(), e.suggestion())
          .at(source, interpreter.at);
    } catch (DateTimeException | ArithmeticException e) {
      throw new SelException("expected a date or number in range: " + e.getMessage())
          .at(source, interpreter.at);
    } catch (StackOverflowError _) {
      // The limits on depth keep one evaluation small; whoever evaluates within one adds to it.
      throw new SelException("expected less nesting, found more than fits on the stack")
          .at(source, interpreter.at);
    } finally {
      interpreter.budget.end();
    }
  }

  // --- statements

  private End execute(List<Statement> statements) {
    for (var statement : statements) {
      var end = execute(statement);
      if (end != End.NORMAL) {
        return end;
      }
    }
    return End.NORMAL;
  }

  private End execute(Statement statement) {
    budget.step();
    switch (statement) {
      case Statement.Evaluate(var expression) -> result = evaluate(expression);
      case Statement.Declare declare -> declare(declare);
      case Statement.Block(var statements) -> {
        return execute(statements);
      }
      case Statement.If(var condition, var then, var otherwise) -> {
        if (truth(condition)) {
          return execute(then);
        }
        return otherwise == null ? End.NORMAL : execute(otherwise);
      }
      case Statement.Loop loop -> {
        return execute(loop);
      }
      case Statement.Break _ -> {
        return End.BREAK;
      }
      case Statement.Continue _ -> {
        return End.CONTINUE;
      }
      case Statement.Return(var expression) -> {
        result = evaluate(expression);
        return End.RETURN;
      }
      case Statement.Throw(var message, var offset) -> {
        var thrown = evaluate(message);
        at = offset;
        throw new SelException(Operators.text(thrown, budget));
      }
    }
    return End.NORMAL;
  }

  private void declare(Statement.Declare declare) {
    types[declare.slot()] = declare.type();
    variables[declare.slot()] = null;
    if (declare.initial() != null) {
      var value = evaluate(declare.initial());
      at = declare.offset();
      Operators.checkFits(value, declare.type(), declare.name());
      variables[declare.slot()] = value;
    }
  }

  private End execute(Statement.Loop loop) {
    execute(loop.start());
    var iterations = 0;
    while (loop.condition() == null || truth(loop.condition())) {
      at = loop.offset();
      budget.iteration(++iterations);
      var end = execute(loop.body());
      if (end == End.BREAK) {
        break;
      }
      if (end == End.RETURN) {
        return end;
      }
      for (var update : loop.update()) {
        evaluate(update);
      }
    }
    return End.NORMAL;
  }

  private boolean truth(Expr condition) {
    if (evaluate(condition) instanceof Value.Truth(var is)) {
      return is;
    }
    at = condition.offset();
    throw new SelException("expected a condition of type boolean");
  }

  // --- expressions

  private Value evaluate(Expr expr) {
    budget.step();
    return switch (expr) {
      case Expr.Constant(var value, _) -> value;
      case Expr.Variable variable -> read(variable);
      case Expr.Chain chain -> chain(chain);
      case Expr.MethodCall call -> method(call);
      case Expr.FunctionCall call -> function(call);
      case Expr.ExtensionCall call -> extension(call);
      case Expr.Index index -> index(index);
      case Expr.Length length -> length(length);
      case Expr.Logic logic -> logic(logic);
      case Expr.Not not -> Value.of(!truth(not.operand()));
      case Expr.Conditional(var condition, var then, var otherwise, _) ->
          evaluate(truth(condition) ? then : otherwise);
      case Expr.Assign assign -> assign(assign);
      case Expr.AssignElement assign -> assignElement(assign);
      case Expr.Negate(var operand, var offset) -> {
        var value = evaluate(operand);
        at = offset;
        yield Operators.negate(value);
      }
      case Expr.Plus(var operand, var offset) -> {
        var value = evaluate(operand);
        at = offset;
        yield Operators.plus(value);
      }
      case Expr.NewArray(var type, var length, var offset) -> newArray(type, length, offset);
      case Expr.ArrayOf array -> arrayOf(array);
    };
  }

  /** A variable that has a value; else what the scope has under a free name. */
  private Value read(Expr.Variable variable) {
    var local = variables[variable.slot()];
    if (local != null) {
      return local;
    }
    at = variable.offset();
    if (!variable.free()) {
      throw new SelException(variable.name() + " has no value yet");
    }
    var input = inputs[variable.slot()];
    if (input == null) {
      input = PlainValues.enter(scope.get(variable.name()), budget);
      inputs[variable.slot()] = input;
    }
    return input;
  }

  private Value chain(Expr.Chain chain) {
    var left = evaluate(chain.first());
    for (var link : chain.links()) {
      var right = evaluate(link.operand());
      at = link.offset();
      left = Operators.apply(link.operator(), left, right, budget);
    }
    return left;
  }

  private Value logic(Expr.Logic logic) {
    for (var operand : logic.operands()) {
      if (truth(operand) != logic.and()) {
        return Value.of(!logic.and());
      }
    }
    return Value.of(logic.and());
  }

  private Value assign(Expr.Assign assign) {
    var target = assign.target();
    var before = assign.operator() == null ? Value.Nothing.NULL : read(target);
    var value = evaluate(assign.value());
    at = assign.offset();
    if (assign.operator() != null) {
      value = Operators.apply(assign.operator(), before, value, budget);
    }
    var type = types[target.slot()];
    if (type == null && value != Value.Nothing.NULL) {
      types[target.slot()] = value.type();
    } else if (type != null) {
      Operators.checkFits(value, type, target.name());
    }
    variables[target.slot()] = value;
    return value;
  }

  private Value assignElement(Expr.AssignElement assign) {
    var target = read(assign.target());
    var index = evaluate(assign.index());
    var value = evaluate(assign.value());
    at = assign.offset();
    if (assign.operator() != null) {
      value = Operators.apply(assign.operator(), element(target, index), value, budget);
    }
    if (target instanceof Value.Array array) {
      var type = array.type().element();
      if (type != null) {
        Operators.checkFits(value, type, "an element of " + assign.target().name());
      }
      array.elements()[position(array, index)] = value;
    } else if (target instanceof Value.Dictionary map) {
      MapBuiltins.put(map, key(index), value, budget);
    } else {
      throw noElements(target);
    }
    return value;
  }

  private Value index(Expr.Index expr) {
    var target = evaluate(expr.target());
    var index = evaluate(expr.index());
    at = expr.offset();
    return element(target, index);
  }

  private static Value element(Value target, Value index) {
    if (target instanceof Value.Array array) {
      return array.elements()[position(array, index)];
    }
    if (target instanceof Value.Dictionary map) {
      return map.entries().getOrDefault(key(index), Value.Nothing.NULL);
    }
    throw noElements(target);
  }

  private static int position(Value.Array array, Value index) {
    if (!(index instanceof Value.Whole(var position))) {
      throw new SelException("expected an index of type long, found " + index.type().shown());
    }
    if (position < 0 || position >= array.elements().length) {
      throw new SelException(
          "expected an index from 0 to %d, found %d"
              .formatted(array.elements().length - 1, position));
    }
    return (int) position;
  }

  private static String key(Value index) {
    if (index instanceof Value.Text(var key)) {
      return key;
    }
    throw new SelException("expected a key of type String, found " + index.type().shown());
  }

  private static SelException noElements(Value target) {
    return new SelException("expected an array or a map before [, found " + target.type().shown());
  }

  private Value length(Expr.Length length) {
    var target = evaluate(length.target());
    at = length.offset();
    if (target instanceof Value.Array array) {
      return new Value.Whole(array.elements().length);
    }
    throw new SelException(
        "expected an array before .length, found " + target.type().shown(),
        target instanceof Value.Text ? "write .length()" : null);
  }

  private Value method(Expr.MethodCall call) {
    var receiver = evaluate(call.receiver());
    var arguments = evaluate(call.arguments());
    at = call.offset();
    var method = Builtins.method(receiver.type(), call.key());
    if (method == null) {
      var slash = call.key().indexOf('/');
      throw new SelException(
          receiver == Value.Nothing.NULL
              ? "expected a value before ." + call.key().substring(0, slash) + ", found null"
              : "a %s has no method %s with %s"
                  .formatted(
                      receiver.type().shown(),
                      call.key().substring(0, slash),
                      Builtins.shownArity(arguments.length)));
    }
    return method.apply(new Call(receiver, arguments, runtime, budget));
  }

  private Value function(Expr.FunctionCall call) {
    var arguments = evaluate(call.arguments());
    at = call.offset();
    return call.function().apply(new Call(Value.Nothing.NULL, arguments, runtime, budget));
  }

  private Value extension(Expr.ExtensionCall call) {
    var arguments = new ArrayList<@Nullable Object>(call.arguments().size());
    for (var argument : call.arguments()) {
      arguments.add(PlainValues.leave(evaluate(argument), budget));
    }
    at = call.offset();
    return PlainValues.enter(scope.call(call.name(), arguments), budget);
  }

  private Value[] evaluate(List<Expr> expressions) {
    var values = new Value[expressions.size()];
    for (var i = 0; i < values.length; i++) {
      values[i] = evaluate(expressions.get(i));
    }
    return values;
  }

  private Value newArray(ValueType type, Expr length, int offset) {
    var value = evaluate(length);
    at = offset;
    if (!(value instanceof Value.Whole(var count))) {
      throw new SelException("expected a length of type long, found " + value.type().shown());
    }
    if (count < 0) {
      throw new SelException("expected a length of 0 or more, found " + count);
    }
    budget.elements(count);
    return Value.Array.blank(type, (int) count);
  }

  private Value arrayOf(Expr.ArrayOf array) {
    var elements = evaluate(array.elements());
    at = array.offset();
    budget.elements(elements.length);
    var type = array.type().element();
    for (var element : elements) {
      if (type != null) {
        Operators.checkFits(element, type, "an element");
      }
    }
    return new Value.Array(array.type(), elements);
  }
}
