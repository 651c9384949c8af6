package org.maestro.sel;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression: immutable, safe to share between threads, as often evaluated as wanted.
 *
 * <pre>{@code
 * var expression = Expression.compile("Util.intsBetween(0, n, 1)");
 * expression.freeNames();                     // [n]
 * expression.evaluate(scope, runtime);        // [0, 1, 2] if the scope's n is 3
 * }</pre>
 */
public final class Expression {
  private final String source;
  private final Program program;

  private Expression(String source, Program program) {
    this.source = source;
    this.program = program;
  }

  /**
   * Compiles within {@link SelLimits#DEFAULT}.
   *
   * @throws SelException if the text is too long, nested too deep, or not a program of the
   *     language; types, constructors and methods that don't exist are found here, too
   */
  public static Expression compile(String source) {
    return compile(source, SelLimits.DEFAULT);
  }

  /** Compiles within other limits; only {@code sourceLength} and {@code depth} matter here. */
  public static Expression compile(String source, SelLimits limits) {
    return new Expression(source, Parser.parse(source, limits));
  }

  /**
   * Evaluates on the calling thread.
   *
   * @return the value of a {@code return}, else of the last expression statement executed, as an
   *     immutable plain value: {@code Long}, {@code Double}, {@code Boolean}, {@code String},
   *     {@code List}, {@code Map} in insertion order, or null. Arrays are lists of one element type
   * @throws SelException for a type that doesn't fit, an unknown name, an exhausted limit, an
   *     interrupted thread, a {@code throw} statement, or a result that is no plain value
   */
  public @Nullable Object evaluate(Scope scope, SelRuntime runtime) {
    return evaluate(scope, runtime, new Allowance(runtime.limits()));
  }

  /** The same as one of a set of expressions, which has an allowance for all of them. */
  public @Nullable Object evaluate(Scope scope, SelRuntime runtime, Allowance allowance) {
    return Interpreter.evaluate(source, program, scope, runtime, allowance);
  }

  /**
   * The names it may ask {@link Scope#get} for, in order of appearance: what it reads before (in
   * the text) declaring or assigning it. {@code params.get(…)} and the like aren't names.
   */
  public Set<String> freeNames() {
    return program.freeNames();
  }

  /**
   * Everything it may ask a {@link Scope} for, in the order of the evaluation; nothing is evaluated
   * for that.
   */
  public List<Reference> references() {
    return References.of(program);
  }

  /** The text it was compiled from. */
  public String source() {
    return source;
  }

  @Override
  public String toString() {
    return source;
  }
}
