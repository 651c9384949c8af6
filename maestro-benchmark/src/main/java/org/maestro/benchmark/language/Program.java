package org.maestro.benchmark.language;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workflows and what happens to runs of the first of them.
 *
 * @param flows the first is started, the others are run by its steps; none runs one before it
 * @param moves in their order; what is still at work after them ends well
 * @param permits how many jobs that need a permit may be at work; null if none needs one
 */
record Program(List<Flow> flows, List<Move> moves, @Nullable Integer permits) {

  Program {
    flows = List.copyOf(flows);
    moves = List.copyOf(moves);
  }

  Program with(List<Flow> changed) {
    return new Program(changed, moves, permits);
  }

  Program withMoves(List<Move> changed) {
    return new Program(flows, changed, permits);
  }

  /**
   * A workflow; all its params are LONG.
   *
   * @param rule how its instances stand by each other; null if none minds the others
   */
  record Flow(String id, Map<String, Long> params, List<Step> steps, @Nullable Rule rule) {
    Flow with(List<Step> changed) {
      return new Flow(id, params, changed, rule);
    }
  }

  /** A run strategy. */
  enum Rule {
    SEQUENTIAL,
    STRICT_SEQUENTIAL,
    FIRST_ONLY,
    LAST_ONLY,
    SERIAL_LATEST_ONLY,
    /** At most {@link #places} at a time. */
    PARALLEL;

    int places() {
      return this == PARALLEL ? 2 : 1;
    }
  }

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
        case Job job -> new Job(changed, job.retries(), job.permit());
        case Foreach loop ->
            new Foreach(
                changed, loop.items(), loop.steps(), loop.concurrency(), loop.maxFailures());
        case While loop ->
            new While(changed, loop.variable(), loop.from(), loop.below(), loop.steps());
        case Child child -> new Child(changed, child.flow(), child.given(), child.async());
      };
    }

    default Step withInner(List<Step> steps) {
      return switch (this) {
        case Foreach loop ->
            new Foreach(loop.common(), loop.items(), steps, loop.concurrency(), loop.maxFailures());
        case While loop ->
            new While(loop.common(), loop.variable(), loop.from(), loop.below(), steps);
        case NoOp _, Job _, Child _ -> this;
      };
    }
  }

  /** Succeeds at once. */
  record NoOp(Common common) implements Step {}

  /**
   * Runs until it is told how to end. Its param {@code status_code} is its result.
   *
   * @param permit whether it needs one of the program's permits; null for no
   */
  record Job(Common common, int retries, @Nullable Boolean permit) implements Step {
    boolean needsPermit() {
      return Boolean.TRUE.equals(permit);
    }
  }

  /**
   * Runs its steps once for each combination of items.
   *
   * @param concurrency how many iterations may be at work; null for more than there are
   * @param maxFailures how many may fail before no more begin, or {@code all}, or a percentage;
   *     null for none
   */
  record Foreach(
      Common common,
      Map<String, Items> items,
      List<Step> steps,
      @Nullable Integer concurrency,
      @Nullable String maxFailures)
      implements Step {
    Foreach with(Map<String, Items> changed) {
      return new Foreach(common, changed, steps, concurrency, maxFailures);
    }

    Foreach limited(@Nullable Integer most, @Nullable String mayFail) {
      return new Foreach(common, items, steps, most, mayFail);
    }

    int width() {
      return concurrency == null ? Integer.MAX_VALUE : concurrency;
    }

    /** How many of so many iterations may fail before no more begin. */
    int mayFail(int total) {
      if (maxFailures == null) {
        return 0;
      }
      if (maxFailures.endsWith("%")) {
        return Integer.parseInt(maxFailures.replace("%", "")) * total / 100;
      }
      return maxFailures.equals("all") ? total : Integer.parseInt(maxFailures);
    }
  }

  /** Runs its steps as long as {@code variable < below}; one of them has a param of that name. */
  record While(Common common, String variable, long from, long below, List<Step> steps)
      implements Step {}

  /**
   * Runs a workflow.
   *
   * @param async whether it has succeeded as soon as that has been started; null for no
   */
  record Child(Common common, String flow, Map<String, Expression> given, @Nullable Boolean async)
      implements Step {
    boolean isAsync() {
      return Boolean.TRUE.equals(async);
    }
  }

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
    @JsonSubTypes.Type(value = Start.class, name = "start"),
    @JsonSubTypes.Type(value = Unblock.class, name = "unblock"),
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

  /** Somebody starts the first workflow once more. */
  record Start(@Nullable Long n) implements Move {}

  /** Failures of the first workflow hold nothing back any more. */
  record Unblock() implements Move {}

  /** How somebody wants something run again; SPECIFIC and SKIPPED from a step. */
  enum Policy {
    INCOMPLETE,
    BEGINNING,
    SPECIFIC,
    SKIPPED,
    /** The steps between some and others, whatever they have come to. */
    CUSTOMIZED;

    boolean isFromStep() {
      return this == SPECIFIC || this == SKIPPED;
    }
  }

  /**
   * Somebody runs something again that has ended.
   *
   * @param n what the root's param {@code n} becomes; null for what it was
   * @param alone whether what runs above it has nothing to do with it; null for no
   * @param part chooses where CUSTOMIZED begins and ends and what it skips; null for all steps
   */
  record Again(
      int which, Policy policy, @Nullable Long n, @Nullable Boolean alone, @Nullable Integer part)
      implements Move {
    boolean isAlone() {
      return Boolean.TRUE.equals(alone);
    }
  }
}
