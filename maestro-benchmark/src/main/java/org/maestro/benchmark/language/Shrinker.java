package org.maestro.benchmark.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.language.Program.Act;
import org.maestro.benchmark.language.Program.Again;
import org.maestro.benchmark.language.Program.Child;
import org.maestro.benchmark.language.Program.Common;
import org.maestro.benchmark.language.Program.Condition;
import org.maestro.benchmark.language.Program.End;
import org.maestro.benchmark.language.Program.Flow;
import org.maestro.benchmark.language.Program.Foreach;
import org.maestro.benchmark.language.Program.Items;
import org.maestro.benchmark.language.Program.Job;
import org.maestro.benchmark.language.Program.Mode;
import org.maestro.benchmark.language.Program.Move;
import org.maestro.benchmark.language.Program.NoOp;
import org.maestro.benchmark.language.Program.Policy;
import org.maestro.benchmark.language.Program.Start;
import org.maestro.benchmark.language.Program.Step;
import org.maestro.benchmark.language.Program.Unblock;
import org.maestro.benchmark.language.Program.While;

/** Makes a program smaller as long as it shows the same. Pure: who asks says what the same is. */
final class Shrinker {
  private final Predicate<Program> shows;

  /**
   * @param shows whether a program still shows what it has to
   */
  Shrinker(Predicate<Program> shows) {
    this.shows = shows;
  }

  /** A program of which nothing can be left out. */
  Program shrink(Program program) {
    var smallest = program;
    for (var again = true; again; ) {
      again = false;
      for (var candidates = smaller(smallest); !candidates.isEmpty(); ) {
        var candidate = candidates.removeFirst();
        if (!candidate.equals(smallest) && isWhole(candidate) && shows.test(candidate)) {
          smallest = candidate;
          candidates = smaller(smallest);
          again = true;
        }
      }
    }
    return smallest;
  }

  /** Smaller programs, the smallest first. */
  private static List<Program> smaller(Program program) {
    var all = new ArrayList<Program>();
    var moves = program.moves();
    for (int length = moves.size(); length > 0; length /= 2) {
      for (int from = 0; from + length <= moves.size(); from += length) {
        var left = new ArrayList<>(moves);
        left.subList(from, from + length).clear();
        all.add(program.withMoves(left));
      }
    }
    if (program.permits() != null) {
      all.add(new Program(program.flows(), moves, null));
    }
    for (int i = 0; i < program.flows().size(); i++) {
      var flow = program.flows().get(i);
      if (flow.rule() != null) {
        var left = new ArrayList<>(program.flows());
        left.set(i, new Flow(flow.id(), flow.params(), flow.steps(), null));
        all.add(program.with(left));
      }
    }
    for (int i = 1; i < program.flows().size(); i++) {
      var left = new ArrayList<>(program.flows());
      left.remove(i);
      all.add(program.with(left));
    }
    for (var id : ids(program)) {
      all.add(changed(program, id, _ -> List.of()));
      all.add(changed(program, id, step -> step.inner().isEmpty() ? List.of(step) : step.inner()));
      all.add(changed(program, id, step -> List.of(new NoOp(step.common()))));
      all.add(changed(program, id, step -> List.of(new Job(step.common(), 0, null))));
      simpler(program, id, all::add);
    }
    for (int i = 0; i < moves.size(); i++) {
      for (var move : simpler(moves.get(i))) {
        var left = new ArrayList<>(moves);
        left.set(i, move);
        all.add(program.withMoves(left));
      }
    }
    return all;
  }

  private static List<Move> simpler(Move move) {
    return switch (move) {
      case End(var which, var outcome) ->
          outcome == 0
              ? which == 0 ? List.of() : List.of(new End(which % 7, outcome), new End(0, outcome))
              : List.of(new End(which % 7, 0), new End(0, outcome), new End(which % 7, outcome));
      case Act(var which, var action) ->
          which == 0 ? List.of() : List.of(new Act(0, action), new Act(which % 7, action));
      case Again again -> simpler(again);
      case Start(var n) -> n == null ? List.of() : List.of(new Start(null));
      case Unblock _ -> List.of();
    };
  }

  private static List<Move> simpler(Again again) {
    var found = new ArrayList<Move>();
    var which = again.which();
    var policy = again.policy();
    if (again.n() != null) {
      found.add(new Again(which, policy, null, again.alone(), again.part()));
    }
    if (again.alone() != null) {
      found.add(new Again(which, policy, again.n(), null, again.part()));
    }
    if (again.part() != null) {
      found.add(new Again(which, policy, again.n(), again.alone(), null));
    }
    if (policy == Policy.CUSTOMIZED) {
      found.add(new Again(which, Policy.BEGINNING, again.n(), again.alone(), null));
    }
    if (which > 0) {
      found.add(new Again(0, policy, again.n(), again.alone(), again.part()));
      found.add(new Again(which % 7, policy, again.n(), again.alone(), again.part()));
    }
    return found;
  }

  private static void simpler(Program program, String id, Consumer<Program> found) {
    var one = find(program, id);
    var common = one.common();
    for (var next : common.next().entrySet()) {
      var without = new LinkedHashMap<>(common.next());
      without.remove(next.getKey());
      found.accept(
          changed(program, id, step -> List.of(step.with(step.common().withNext(without)))));
      if (!next.getValue().equals(Condition.ALWAYS)) {
        var always = new LinkedHashMap<>(common.next());
        always.put(next.getKey(), Condition.ALWAYS);
        found.accept(
            changed(program, id, step -> List.of(step.with(step.common().withNext(always)))));
      }
    }
    for (var name : common.params().keySet()) {
      var without = new LinkedHashMap<>(common.params());
      without.remove(name);
      found.accept(with(program, id, new Common(id, without, common.next(), common.mode())));
      if (!common.params().get(name).isText()) {
        var plain = new LinkedHashMap<>(common.params());
        plain.put(name, new Expression.Constant(1));
        found.accept(with(program, id, new Common(id, plain, common.next(), common.mode())));
      }
    }
    if (common.mode() != Mode.FAIL_AFTER_RUNNING) {
      found.accept(
          with(
              program,
              id,
              new Common(id, common.params(), common.next(), Mode.FAIL_AFTER_RUNNING)));
    }
    switch (one) {
      case Job job when job.retries() > 0 || job.permit() != null -> {
        found.accept(changed(program, id, _ -> List.of(new Job(common, 0, job.permit()))));
        found.accept(changed(program, id, _ -> List.of(new Job(common, job.retries(), null))));
      }
      case Foreach loop -> {
        if (loop.concurrency() != null || loop.maxFailures() != null) {
          found.accept(changed(program, id, _ -> List.of(loop.limited(null, loop.maxFailures()))));
          found.accept(changed(program, id, _ -> List.of(loop.limited(loop.concurrency(), null))));
        }
        for (var name : loop.items().keySet()) {
          var items = loop.items().get(name);
          if (loop.items().size() > 1) {
            var fewer = new LinkedHashMap<>(loop.items());
            fewer.remove(name);
            found.accept(changed(program, id, _ -> List.of(loop.with(fewer))));
          }
          for (var listed : List.of(List.of(1L), List.of(1L, 2L))) {
            if (items != null && (items.count() != null || items.listed().size() > listed.size())) {
              var shorter = new LinkedHashMap<>(loop.items());
              shorter.put(name, new Items(listed, null));
              found.accept(changed(program, id, _ -> List.of(loop.with(shorter))));
            }
          }
        }
      }
      case Child child when !child.given().isEmpty() || child.async() != null -> {
        found.accept(
            changed(
                program,
                id,
                _ -> List.of(new Child(common, child.flow(), Map.of(), child.async()))));
        found.accept(
            changed(
                program, id, _ -> List.of(new Child(common, child.flow(), child.given(), null))));
      }
      case While loop when loop.below() - loop.from() > 1 ->
          found.accept(
              changed(
                  program,
                  id,
                  _ ->
                      List.of(
                          new While(
                              common,
                              loop.variable(),
                              loop.from(),
                              loop.below() - 1,
                              loop.steps()))));
      case Job _, NoOp _, Child _, While _ -> {}
    }
  }

  private static Program with(Program program, String id, Common common) {
    return changed(program, id, step -> List.of(step.with(common)));
  }

  private static Program changed(Program program, String id, Function<Step, List<Step>> change) {
    return program.with(
        program.flows().stream()
            .map(flow -> flow.with(changed(flow.steps(), id, change)))
            .toList());
  }

  private static List<Step> changed(
      List<Step> steps, String id, Function<Step, List<Step>> change) {
    var all = new ArrayList<Step>();
    for (var step : steps) {
      if (step.id().equals(id)) {
        all.addAll(change.apply(step));
      } else {
        all.add(step.inner().isEmpty() ? step : step.withInner(changed(step.inner(), id, change)));
      }
    }
    UnaryOperator<Step> known = step -> step.with(step.common().withNext(knownOnly(step, all)));
    return all.stream().map(known).toList();
  }

  private static Map<String, Condition> knownOnly(Step step, List<Step> steps) {
    var edges = new LinkedHashMap<>(step.common().next());
    edges.keySet().removeIf(next -> steps.stream().noneMatch(one -> one.id().equals(next)));
    return edges;
  }

  private static List<String> ids(Program program) {
    var ids = new ArrayList<String>();
    program.flows().forEach(flow -> addIds(flow.steps(), ids));
    return ids;
  }

  private static void addIds(List<Step> steps, List<String> ids) {
    for (var step : steps) {
      ids.add(step.id());
      addIds(step.inner(), ids);
    }
  }

  private static Step find(Program program, String id) {
    return program.flows().stream()
        .flatMap(flow -> all(flow.steps()).stream())
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<Step> all(List<Step> steps) {
    var all = new ArrayList<Step>();
    for (var step : steps) {
      all.add(step);
      all.addAll(all(step.inner()));
    }
    return all;
  }

  // ------------------------------------------------------------------ what still is a program

  /** Whether everything that is named is there, and every while goes on. */
  private static boolean isWhole(Program program) {
    var flows = program.flows().stream().map(Flow::id).toList();
    return program.flows().stream()
        .allMatch(flow -> isWhole(flow.steps(), flows, new ArrayList<>(flow.params().keySet())));
  }

  private static boolean isWhole(List<Step> steps, List<String> flows, List<String> names) {
    if (steps.isEmpty()) {
      return false;
    }
    for (var step : steps) {
      if (!step.common().params().values().stream().allMatch(e -> isWhole(e, steps, names, step))
          || !step.common().next().values().stream()
              .allMatch(c -> isWhole(c.left(), steps, names, null))) {
        return false;
      }
      var seen = new ArrayList<>(names);
      var whole =
          switch (step) {
            case NoOp _, Job _ -> true;
            case Child child ->
                flows.contains(child.flow())
                    && child.given().values().stream()
                        .allMatch(e -> isWhole(e, steps, names, step));
            case While loop -> {
              seen.add(loop.variable());
              yield loop.steps().stream()
                      .anyMatch(one ->
                          one instanceof NoOp && isUp(one.common().params().get(loop.variable())))
                  && isWhole(loop.steps(), flows, seen);
            }
            case Foreach loop -> {
              seen.addAll(loop.items().keySet());
              yield loop.items().values().stream()
                      .allMatch(i -> i.count() == null || isWhole(i.count(), steps, names, step))
                  && isWhole(loop.steps(), flows, seen);
            }
          };
      if (!whole) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUp(@Nullable Expression value) {
    return value instanceof Expression.Sum;
  }

  private static boolean isWhole(
      Expression expression, List<Step> steps, List<String> names, @Nullable Step by) {
    return switch (expression) {
      case Expression.Constant _ -> true;
      case Expression.Name(var name) -> names.contains(name);
      case Expression.Sum(var left, var right) ->
          isWhole(left, steps, names, by) && isWhole(right, steps, names, by);
      case Expression.Of(var id, var param) ->
          steps.stream()
              .anyMatch(step ->
                  step.id().equals(id)
                      && (by == null || isBefore(steps, id, by.id()))
                      && (step.common().params().containsKey(param)
                          || (step instanceof Job && param.equals(Definitions.RESULT))));
      case Expression.Collected(var loop, var id, var param) ->
          steps.stream()
              .anyMatch(step ->
                  step.id().equals(loop)
                      && step instanceof Foreach
                      && by != null
                      && isBefore(steps, loop, by.id())
                      && step.inner().stream()
                          .anyMatch(inner ->
                              inner.id().equals(id) && inner.common().params().containsKey(param)));
      case Expression.OfChild(var child, _, _) ->
          steps.stream()
              .anyMatch(step ->
                  step.id().equals(child)
                      && step instanceof Child called
                      && !called.isAsync()
                      && by != null
                      && isBefore(steps, child, by.id()));
    };
  }

  private static List<Step> predecessors(List<Step> steps, String id) {
    return steps.stream().filter(step -> step.common().next().containsKey(id)).toList();
  }

  private static boolean isBefore(List<Step> steps, String first, String id) {
    return predecessors(steps, id).stream()
        .anyMatch(step -> step.id().equals(first) || isBefore(steps, first, step.id()));
  }
}
