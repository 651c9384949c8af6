package org.maestro.benchmark.language;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a param or a condition of a program is computed from: its text, and its value. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Expression.Constant.class, name = "number"),
  @JsonSubTypes.Type(value = Expression.Name.class, name = "name"),
  @JsonSubTypes.Type(value = Expression.Of.class, name = "of"),
  @JsonSubTypes.Type(value = Expression.Sum.class, name = "sum"),
  @JsonSubTypes.Type(value = Expression.Collected.class, name = "collected"),
  @JsonSubTypes.Type(value = Expression.OfChild.class, name = "ofChild"),
})
sealed interface Expression {

  /**
   * What an expression can see. A null is a value that is not there, where that is told apart;
   * elsewhere a {@link NoValueException} says so.
   */
  interface Scope {
    Object name(String name);

    Object of(String step, String param);

    List<@Nullable Object> collected(String loop, String step, String param);

    Object ofChild(String child, String step, String param);
  }

  record Constant(long value) implements Expression {}

  /** A param of the run: the workflow's, or a loop's. */
  record Name(String name) implements Expression {}

  /** A param of a step that has ended before. */
  record Of(String step, String param) implements Expression {}

  record Sum(Expression left, Expression right) implements Expression {}

  /** What all iterations of a loop had as a param of one of their steps, as JSON text. */
  record Collected(String loop, String step, String param) implements Expression {}

  /** What a step of a subworkflow had as a param, as JSON text. */
  record OfChild(String child, String step, String param) implements Expression {}

  @JsonIgnore
  default boolean isText() {
    return this instanceof Collected || this instanceof OfChild;
  }

  /** As it is written in a definition. */
  default String text() {
    return switch (this) {
      case Constant(var value) -> Long.toString(value);
      case Name(var name) -> name;
      case Of(var step, var param) -> step + "__" + param;
      case Sum(var left, Constant(var value)) when value < 0 -> left.text() + " - " + -value;
      case Sum(var left, var right) -> left.text() + " + " + right.text();
      case Collected(var loop, var step, var param) ->
          "Util.toJson(params.getFromForeach('%s', '%s', '%s'))".formatted(loop, step, param);
      case OfChild(var child, var step, var param) ->
          "Util.toJson(params.getFromSubworkflow('%s', '%s', '%s'))".formatted(child, step, param);
    };
  }

  default Object value(Scope scope) {
    return switch (this) {
      case Constant(var value) -> value;
      case Name(var name) -> scope.name(name);
      case Of(var step, var param) -> scope.of(step, param);
      case Sum(var left, var right) -> left.number(scope) + right.number(scope);
      case Collected(var loop, var step, var param) -> json(scope.collected(loop, step, param));
      case OfChild(var child, var step, var param) -> json(scope.ofChild(child, step, param));
    };
  }

  default long number(Scope scope) {
    return value(scope) instanceof Long value ? value : 0;
  }

  /** As the language writes JSON: without spaces. */
  private static String json(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case List<?> list -> {
        var text = new StringBuilder("[");
        for (var each : list) {
          text.append(text.length() == 1 ? "" : ",").append(json(each));
        }
        yield text.append(']').toString();
      }
      case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      default -> value.toString();
    };
  }
}
