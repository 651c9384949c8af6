package org.maestro.benchmark.language;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workflows and what happens to a run of the first of them.
 *
 * @param flows the first is started, the others are run by its steps; none runs one before it
 * @param moves in their order; what is still at work after them ends well
 */
record Program(List<Flow> flows, List<Move> moves) {

  Program {
    flows = List.copyOf(flows);
    moves = List.copyOf(moves);
  }

  /** A workflow; all its params are LONG. */
  record Flow(String id, Map<String, Long> params, List<Step> steps) {}

  /** What becomes of a run when the step fails. */
  enum Mode {
    FAIL_IMMEDIATELY,
    FAIL_AFTER_RUNNING,
    IGNORE_FAILURE
  }

  /** When an edge is taken. */
  record Condition(Expression left, String operator, long right) {
    static final Condition ALWAYS = new Condition(new Expression.Constant(1), "==", 1);

    String text() {
      return equals(ALWAYS) ? "true" : left.text() + " " + operator + " " + right;
    }

    boolean holds(Expression.Scope scope) {
      var value = left.number(scope);
      return switch (operator) {
        case "<" -> value < right;
        case ">" -> value > right;
        default -> value == right;
      };
    }
  }

  /** What steps of all types have. */
  record Common(String id, Map<String, Expression> params, Map<String, Condition> next, Mode mode) {
    Common withNext(Map<String, Condition> edges) {
      return new Common(id, params, edges, mode);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = NoOp.class, name = "noop"),
    @JsonSubTypes.Type(value = Job.class, name = "job"),
    @JsonSubTypes.Type(value = Foreach.class, name = "foreach"),
    @JsonSubTypes.Type(value = While.class, name = "while"),
    @JsonSubTypes.Type(value = Child.class, name = "child"),
  })
  sealed interface Step {
    Common common();

    @JsonIgnore
    default String id() {
      return common().id();
    }

    @JsonIgnore
    default List<Step> inner() {
      return switch (this) {
        case Foreach loop -> loop.steps();
        case While loop -> loop.steps();
        case NoOp _, Job _, Child _ -> List.of();
      };
    }

    default Step with(Common changed) {
      return switch (this) {
        case NoOp _ -> new NoOp(changed);
        case Job job -> new Job(changed, job.retries());
        case Foreach loop -> new Foreach(changed, loop.items(), loop.steps());
        case While loop ->
            new While(changed, loop.variable(), loop.from(), loop.below(), loop.steps());
        case Child child -> new Child(changed, child.flow(), child.given());
      };
    }

    default Step withInner(List<Step> steps) {
      return switch (this) {
        case Foreach loop -> new Foreach(loop.common(), loop.items(), steps);
        case While loop ->
            new While(loop.common(), loop.variable(), loop.from(), loop.below(), steps);
        case NoOp _, Job _, Child _ -> this;
      };
    }
  }

  /** Succeeds at once. */
  record NoOp(Common common) implements Step {}

  /** Runs until it is told how to end. Its param {@code status_code} is its result. */
  record Job(Common common, int retries) implements Step {}

  /** Runs its steps once for each combination of items. */
  record Foreach(Common common, Map<String, Items> items, List<Step> steps) implements Step {}

  /** Runs its steps as long as {@code variable < below}; one of them has a param of that name. */
  record While(Common common, String variable, long from, long below, List<Step> steps)
      implements Step {}

  /** Runs a workflow. */
  record Child(Common common, String flow, Map<String, Expression> given) implements Step {}

  /** What a loop runs over: the listed values, or from 0 to below what the expression comes to. */
  record Items(List<Long> listed, @Nullable Expression count) {}

  /**
   * Something happens. Numbers choose among what is possible at that moment, in a fixed order, so
   * that a move has a meaning whatever the program is shrunk to.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = End.class, name = "end"),
    @JsonSubTypes.Type(value = Act.class, name = "act"),
    @JsonSubTypes.Type(value = Again.class, name = "again"),
  })
  sealed interface Move {}

  /** A job ends: below 4 well, with that added to its result; 4 fatally, 5 with an error. */
  record End(int which, int outcome) implements Move {}

  /** What can be asked of a run or a step at work. */
  enum Action {
    STOP,
    KILL,
    SKIP
  }

  /** Somebody acts on a run or a step at work. */
  record Act(int which, Action action) implements Move {}

  /** How somebody wants something run again; the last two from a step. */
  enum Policy {
    INCOMPLETE,
    BEGINNING,
    SPECIFIC,
    SKIPPED;

    boolean isFromStep() {
      return this == SPECIFIC || this == SKIPPED;
    }
  }

  /**
   * Somebody runs something again that has ended.
   *
   * @param n what the root's param {@code n} becomes; null for what it was
   */
  record Again(int which, Policy policy, @Nullable Long n) implements Move {}
}
