package org.maestro.sel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source text into a {@link Program}, by recursive descent with a bound on depth. What can
 * be refused without running is refused here: unknown types, constructors and methods, unreachable
 * {@code break}s, numbers that don't fit.
 */
final class Parser {
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final String NO_STEPS = "there is no ++ or --: write i += 1";
  private static final Map<String, Operator> ASSIGNMENTS =
      Map.of(
          "+=", Operator.ADD,
          "-=", Operator.SUBTRACT,
          "*=", Operator.MULTIPLY,
          "/=", Operator.DIVIDE,
          "%=", Operator.REMAINDER);

  private static final List<Operator> OPERATORS = List.of(Operator.values());

  private final SelLimits limits;
  private final Tokens tokens;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Set<String> assigned = new HashSet<>();
  private final Set<String> freeNames = new LinkedHashSet<>();
  private int depth;
  private int loops;

  private Parser(String source, SelLimits limits) {
    this.limits = limits;
    this.tokens = new Tokens(source);
  }

  static Program parse(String source, SelLimits limits) {
    if (source.length() > limits.sourceLength()) {
      throw new SelException(
          "expected an expression of at most %d characters, found %d"
              .formatted(limits.sourceLength(), source.length()));
    }
    try {
      return new Parser(source, limits).program();
    } catch (StackOverflowError e) {
      // How much a level takes depends on how the JVM has compiled it, the stack on the caller.
      throw new SelException("expected less nesting, found more than fits on the stack");
    }
  }

  private Program program() {
    while (tokens.peek().is("import")) {
      importOf();
    }
    var statements = new ArrayList<Statement>();
    while (tokens.peek().kind() != Token.Kind.END) {
      statement(statements);
    }
    return new Program(
        List.copyOf(statements), slots.size(), Collections.unmodifiableSet(freeNames));
  }

  /** Imports do nothing: they are there so that Java habits do no harm. */
  private void importOf() {
    tokens.expect("import");
    tokens.identifier("a name to import");
    while (tokens.accept(".")) {
      if (!tokens.accept("*")) {
        tokens.identifier("a name to import");
      }
    }
    endOfStatement();
  }

  // --- statements

  private void statement(List<Statement> into) {
    enter();
    var token = tokens.peek();
    if (token.kind() == Token.Kind.KEYWORD) {
      keywordStatement(token, into);
    } else if (token.is("{")) {
      into.add(block());
    } else if (tokens.accept(";")) {
      // An empty statement does nothing.
    } else if (startsDeclaration()) {
      declarations(into);
      endOfStatement();
    } else {
      into.add(new Statement.Evaluate(expression()));
      endOfStatement();
    }
    leave();
  }

  private void keywordStatement(Token token, List<Statement> into) {
    switch (token.text()) {
      case "if" -> into.add(ifStatement());
      case "while" -> into.add(whileLoop());
      case "for" -> into.add(forLoop());
      case "break", "continue" -> into.add(jump());
      case "return" -> {
        tokens.advance();
        into.add(new Statement.Return(expression()));
        endOfStatement();
      }
      case "throw" -> {
        tokens.advance();
        into.add(new Statement.Throw(expression(), token.offset()));
        endOfStatement();
      }
      case "import" -> throw tokens.problem("expected imports before the first statement", token);
      case "else" -> throw tokens.problem("expected an if before this else", token);
      default -> {
        into.add(new Statement.Evaluate(expression()));
        endOfStatement();
      }
    }
  }

  private Statement.Block block() {
    tokens.expect("{");
    var statements = new ArrayList<Statement>();
    while (!tokens.accept("}")) {
      if (tokens.peek().kind() == Token.Kind.END) {
        throw tokens.problem("expected '}', found the end", tokens.peek());
      }
      statement(statements);
    }
    return new Statement.Block(List.copyOf(statements));
  }

  private Statement ifStatement() {
    tokens.expect("if");
    tokens.expect("(");
    var condition = expression();
    tokens.expect(")");
    var then = body();
    return new Statement.If(condition, then, tokens.accept("else") ? body() : null);
  }

  private Statement body() {
    var statements = new ArrayList<Statement>();
    statement(statements);
    return statements.size() == 1
        ? statements.getFirst()
        : new Statement.Block(List.copyOf(statements));
  }

  private Statement whileLoop() {
    var offset = tokens.expect("while").offset();
    tokens.expect("(");
    var condition = expression();
    tokens.expect(")");
    return new Statement.Loop(List.of(), condition, List.of(), loopBody(), offset);
  }

  private Statement forLoop() {
    var offset = tokens.expect("for").offset();
    tokens.expect("(");
    var start = new ArrayList<Statement>();
    if (startsDeclaration()) {
      declarations(start);
    } else if (!tokens.peek().is(";")) {
      start.add(new Statement.Evaluate(expression()));
    }
    tokens.expect(";");
    var condition = tokens.peek().is(";") ? null : expression();
    tokens.expect(";");
    var update = new ArrayList<Expr>();
    if (!tokens.peek().is(")")) {
      do {
        update.add(expression());
      } while (tokens.accept(","));
    }
    tokens.expect(")");
    return new Statement.Loop(
        List.copyOf(start), condition, List.copyOf(update), loopBody(), offset);
  }

  private Statement loopBody() {
    loops++;
    var body = body();
    loops--;
    return body;
  }

  private Statement jump() {
    var token = tokens.advance();
    if (loops == 0) {
      throw tokens.problem("expected " + token.shown() + " inside a loop only", token);
    }
    endOfStatement();
    return token.is("break") ? new Statement.Break() : new Statement.Continue();
  }

  /** {@code Type name} or {@code Type[] name}. */
  private boolean startsDeclaration() {
    if (tokens.peek().kind() != Token.Kind.IDENTIFIER) {
      return false;
    }
    return tokens.peek(1).kind() == Token.Kind.IDENTIFIER
        || (tokens.peek(1).is("[")
            && tokens.peek(2).is("]")
            && tokens.peek(3).kind() == Token.Kind.IDENTIFIER);
  }

  private void declarations(List<Statement> into) {
    var type = declaredType(tokens.advance());
    if (tokens.accept("[")) {
      tokens.expect("]");
      type = arrayOf(type, tokens.peek());
    }
    do {
      var name = tokens.identifier("a name for the variable");
      Expr initial = null;
      if (tokens.accept("=")) {
        initial = tokens.peek().is("{") ? arrayElements(type, tokens.peek()) : expression();
      }
      assigned.add(name.text());
      into.add(new Statement.Declare(type, name.text(), slot(name.text()), initial, name.offset()));
    } while (tokens.accept(","));
  }

  private ValueType declaredType(Token token) {
    var type = ValueType.DECLARABLE.get(token.text());
    if (type == null) {
      throw tokens.problem(
          "there is no type " + token.text(),
          Spelling.suggest(token.text(), ValueType.DECLARABLE.keySet()),
          token);
    }
    return type;
  }

  private ValueType arrayOf(ValueType element, Token at) {
    var type = element.arrayOf();
    if (type == null) {
      throw tokens.problem("there are no arrays of " + element.shown(), at);
    }
    return type;
  }

  /** A semicolon, which may be left out at the very end. */
  private void endOfStatement() {
    if (tokens.peek().kind() != Token.Kind.END) {
      tokens.expect(";");
    }
  }

  // --- expressions, loosest first

  private Expr expression() {
    enter();
    var left = conditional();
    var token = tokens.peek();
    var operator = token.kind() == Token.Kind.SYMBOL ? ASSIGNMENTS.get(token.text()) : null;
    if (token.is("=") || operator != null) {
      tokens.advance();
      left = assignment(left, operator, expression(), token);
    }
    leave();
    return left;
  }

  private Expr assignment(Expr target, @Nullable Operator operator, Expr value, Token token) {
    if (target instanceof Expr.Variable variable) {
      assigned.add(variable.name());
      return new Expr.Assign(variable, operator, value, token.offset());
    }
    if (target instanceof Expr.Index(Expr.Variable array, var index, _)) {
      return new Expr.AssignElement(array, index, operator, value, token.offset());
    }
    throw tokens.problem(
        "expected a variable, or an element of one, left of " + token.shown(), token);
  }

  private Expr conditional() {
    var condition = or();
    var token = tokens.peek();
    if (!tokens.accept("?")) {
      return condition;
    }
    var then = expression();
    tokens.expect(":");
    enter();
    var otherwise = conditional();
    leave();
    return new Expr.Conditional(condition, then, otherwise, token.offset());
  }

  private Expr or() {
    var first = and();
    return tokens.peek().is("||") ? logic(false, first) : first;
  }

  private Expr and() {
    var first = binary(Operator.LOOSEST);
    return tokens.peek().is("&&") ? logic(true, first) : first;
  }

  private Expr logic(boolean and, Expr first) {
    var offset = tokens.peek().offset();
    var operands = new ArrayList<Expr>();
    operands.add(first);
    while (tokens.accept(and ? "&&" : "||")) {
      operands.add(and ? binary(Operator.LOOSEST) : and());
    }
    return new Expr.Logic(and, List.copyOf(operands), offset);
  }

  /**
   * Chains of operators that bind equally, the tightest first; the operands of each bind tighter.
   * One call for all of them, so that nesting costs little of the stack.
   */
  private Expr binary(int loosest) {
    var result = unary();
    for (int binding = Operator.TIGHTEST; binding >= loosest; binding--) {
      var operator = operator(binding);
      if (operator == null) {
        continue;
      }
      var links = new ArrayList<Expr.Link>();
      while (operator != null) {
        var token = tokens.advance();
        links.add(new Expr.Link(operator, binary(binding + 1), token.offset()));
        operator = operator(binding);
      }
      result = new Expr.Chain(result, List.copyOf(links), result.offset());
    }
    return result;
  }

  private @Nullable Operator operator(int binding) {
    for (var operator : OPERATORS) {
      if (operator.binding() == binding && tokens.peek().is(operator.symbol())) {
        return operator;
      }
    }
    return null;
  }

  private Expr unary() {
    var token = tokens.peek();
    if (!token.is("-") && !token.is("!") && !token.is("+")) {
      return postfix(primary());
    }
    tokens.advance();
    if (isStep(token, tokens.peek())) {
      throw tokens.problem("expected a value, found " + token.text().repeat(2), NO_STEPS, token);
    }
    if (token.is("-") && tokens.peek().kind() == Token.Kind.WHOLE_NUMBER) {
      // The smallest long has no positive counterpart, so the sign belongs to the number.
      return postfix(whole(tokens.advance(), true));
    }
    enter();
    var operand = unary();
    leave();
    if (token.is("!")) {
      return new Expr.Not(operand, token.offset());
    }
    return token.is("-")
        ? new Expr.Negate(operand, token.offset())
        : new Expr.Plus(operand, token.offset());
  }

  private Expr postfix(Expr start) {
    var result = start;
    var outer = depth;
    while (tokens.peek().is(".") || tokens.peek().is("[")) {
      enter();
      result = tokens.accept(".") ? member(result) : index(result);
    }
    depth = outer;
    return result;
  }

  private Expr index(Expr target) {
    var offset = tokens.expect("[").offset();
    var index = expression();
    tokens.expect("]");
    return new Expr.Index(target, index, offset);
  }

  private Expr member(Expr receiver) {
    var name = tokens.identifier("the name of a method");
    if (tokens.peek().is("(")) {
      var arguments = arguments();
      var key = Builtins.key(name.text(), arguments.size());
      if (!Builtins.isMethod(key)) {
        throw tokens.problem(
            "no type has a method %s with %s"
                .formatted(name.text(), Builtins.shownArity(arguments.size())),
            suggestMethod(receiver, name.text()),
            name);
      }
      return new Expr.MethodCall(receiver, key, arguments, name.offset());
    }
    if (name.text().equals("length")) {
      return new Expr.Length(receiver, name.offset());
    }
    throw tokens.problem("expected .length or a method call, found ." + name.text(), name);
  }

  /** What looks like a value may be a type that isn't written rightly. */
  private static @Nullable String suggestMethod(Expr receiver, String name) {
    var function =
        receiver instanceof Expr.Variable variable
                && Character.isUpperCase(variable.name().charAt(0))
            ? Builtins.suggestFunction(name)
            : null;
    return function == null ? Builtins.suggestMethod(name) : function;
  }

  private List<Expr> arguments() {
    tokens.expect("(");
    var arguments = new ArrayList<Expr>();
    if (!tokens.peek().is(")")) {
      do {
        arguments.add(expression());
      } while (tokens.accept(","));
    }
    tokens.expect(")");
    return List.copyOf(arguments);
  }

  private Expr primary() {
    var token = tokens.advance();
    return switch (token.kind()) {
      case WHOLE_NUMBER -> whole(token, false);
      case REAL_NUMBER -> real(token);
      case STRING -> new Expr.Constant(new Value.Text(token.text()), token.offset());
      case KEYWORD -> keywordExpression(token);
      case IDENTIFIER -> name(token);
      case SYMBOL -> {
        if (!token.is("(")) {
          throw unexpected(token);
        }
        var inner = expression();
        tokens.expect(")");
        yield inner;
      }
      case END -> throw unexpected(token);
    };
  }

  private Expr whole(Token token, boolean negative) {
    var text = token.text();
    var hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    if (hexadecimal && text.length() == 2) {
      throw tokens.problem("expected hexadecimal digits after " + text, token);
    }
    var number = hexadecimal ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    if (negative) {
      number = number.negate();
    }
    // As in Java, hexadecimal numbers name all 64 bits.
    var fits = hexadecimal ? number.abs().bitLength() <= 64 : number.bitLength() < 64;
    if (!fits) {
      throw tokens.problem("expected a number of at most " + LARGEST, token);
    }
    return new Expr.Constant(new Value.Whole(number.longValue()), token.offset());
  }

  private Expr real(Token token) {
    var number = Double.parseDouble(token.text());
    if (Double.isInfinite(number)) {
      throw tokens.problem("expected a number that fits a double", token);
    }
    return new Expr.Constant(new Value.Real(number), token.offset());
  }

  private Expr keywordExpression(Token token) {
    return switch (token.text()) {
      case "true" -> new Expr.Constant(Value.TRUE, token.offset());
      case "false" -> new Expr.Constant(Value.FALSE, token.offset());
      case "null" -> new Expr.Constant(Value.Nothing.NULL, token.offset());
      case "new" -> creation(token);
      default -> throw unexpected(token);
    };
  }

  private Expr creation(Token start) {
    var type = tokens.identifier("a type after new");
    if (tokens.peek().is("(")) {
      var arguments = arguments();
      return new Expr.FunctionCall(
          function(type, "new", arguments.size(), type), arguments, start.offset());
    }
    if (tokens.peek().is(".")) {
      throw tokens.problem("expected a type without a package", type);
    }
    var arrayType = arrayOf(declaredType(type), type);
    tokens.expect("[");
    if (tokens.accept("]")) {
      return arrayElements(arrayType, start);
    }
    var length = expression();
    tokens.expect("]");
    return new Expr.NewArray(arrayType, length, start.offset());
  }

  private Expr arrayElements(ValueType type, Token start) {
    if (type.element() == null) {
      throw tokens.problem("expected a value of type " + type.shown() + ", not an array", start);
    }
    tokens.expect("{");
    var elements = new ArrayList<Expr>();
    while (!tokens.accept("}")) {
      elements.add(expression());
      if (!tokens.peek().is("}")) {
        tokens.expect(",");
      }
    }
    return new Expr.ArrayOf(type, List.copyOf(elements), start.offset());
  }

  private Expr name(Token token) {
    var name = token.text();
    if (!assigned.contains(name)) {
      if (name.equals("params") && (tokens.peek().is(".") || tokens.peek().is("["))) {
        return extension();
      }
      if (tokens.peek().is(".") && Builtins.isType(name)) {
        return staticMember(token);
      }
    }
    if (tokens.peek().is("(")) {
      throw tokens.problem(
          "there is no function " + name + " outside a type",
          Builtins.suggestFunction(name),
          token);
    }
    var free = !assigned.contains(name);
    if (free && !tokens.peek().is("=")) {
      freeNames.add(name);
    }
    return new Expr.Variable(name, slot(name), free, token.offset());
  }

  private Expr extension() {
    if (tokens.peek().is("[")) {
      var offset = tokens.advance().offset();
      var key = expression();
      tokens.expect("]");
      return new Expr.ExtensionCall("get", List.of(key), offset);
    }
    tokens.expect(".");
    var name = tokens.identifier("the name of a function of params");
    if (!tokens.peek().is("(")) {
      throw tokens.problem(
          "expected a call after params." + name.text(),
          "write params.get('" + name.text() + "')",
          name);
    }
    return new Expr.ExtensionCall(name.text(), arguments(), name.offset());
  }

  private Expr staticMember(Token type) {
    tokens.expect(".");
    var name = tokens.identifier("a member of " + type.text());
    if (!tokens.peek().is("(")) {
      var constant = Builtins.constant(type.text(), name.text());
      if (constant == null) {
        throw tokens.problem("there is no constant " + type.text() + "." + name.text(), name);
      }
      return new Expr.Constant(constant, name.offset());
    }
    var arguments = arguments();
    return new Expr.FunctionCall(
        function(type, name.text(), arguments.size(), name), arguments, name.offset());
  }

  private Builtins.Function function(Token type, String name, int arity, Token at) {
    var function = Builtins.function(type.text(), name, arity);
    if (function == null) {
      var constructor = name.equals("new");
      throw tokens.problem(
          "there is no %s with %s"
              .formatted(
                  constructor ? "new " + type.text() : type.text() + "." + name,
                  Builtins.shownArity(arity)),
          constructor && !Builtins.isType(type.text())
              ? Builtins.suggestType(type.text())
              : Builtins.suggestFunction(type.text(), name),
          at);
    }
    return function;
  }

  private int slot(String name) {
    return slots.computeIfAbsent(name, _ -> slots.size());
  }

  private void enter() {
    if (++depth > limits.depth()) {
      throw tokens.problem(
          "expected at most " + limits.depth() + " levels of nesting", tokens.peek());
    }
  }

  private void leave() {
    depth--;
  }

  /** The token just taken can't start a value. */
  private SelException unexpected(Token token) {
    return tokens.problem(
        "expected a value, found " + token.shown(),
        isStep(tokens.before(token, 2), tokens.before(token, 1)) ? NO_STEPS : null,
        token);
  }

  /** Whether two tokens look like Java's {@code ++} or {@code --}. */
  private static boolean isStep(Token one, Token other) {
    return (one.is("+") || one.is("-")) && other.is(one.text()) && one.end() == other.offset();
  }
}
