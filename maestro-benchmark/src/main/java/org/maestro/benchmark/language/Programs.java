package org.maestro.benchmark.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.language.Program.Act;
import org.maestro.benchmark.language.Program.Action;
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
import org.maestro.benchmark.language.Program.Step;
import org.maestro.benchmark.language.Program.While;

/** Makes random programs: the same seed makes the same program. */
final class Programs {
  /** Loops and subworkflows within each other. */
  private static final int DEPTH = 3;

  private static final String VALUE = "v";

  private static final List<Action> ACTIONS = List.of(Action.values());
  private static final List<Policy> POLICIES = List.of(Policy.values());

  private final SplittableRandom random;
  private final int flows;
  private int made;

  private Programs(long seed) {
    random = new SplittableRandom(seed);
    flows = 1 + random.nextInt(3);
  }

  static Program of(long seed) {
    var programs = new Programs(seed);
    var flows = new ArrayList<Flow>();
    for (int i = 0; i < programs.flows; i++) {
      var params = new LinkedHashMap<String, Long>();
      params.put("n", (long) programs.random.nextInt(4));
      params.put("c", (long) programs.random.nextInt(3));
      flows.add(new Flow("f" + i, params, programs.steps(i, i, List.of("n", "c"), List.of())));
    }
    return new Program(flows, programs.moves());
  }

  // ------------------------------------------------------------------ steps

  /**
   * The steps of a workflow or a loop.
   *
   * @param names of params that they see
   */
  private List<Step> steps(int flow, int depth, List<String> names, List<Step> first) {
    var steps = new ArrayList<>(first);
    var predecessors = new LinkedHashMap<String, List<String>>();
    first.forEach(step -> predecessors.put(step.id(), List.of()));
    var count = 1 + random.nextInt(depth == 0 ? 4 : 3);
    for (int i = 0; i < count; i++) {
      var before = new ArrayList<String>();
      if (!steps.isEmpty() && random.nextInt(5) > 0) {
        before.add(steps.get(random.nextInt(steps.size())).id());
        if (random.nextInt(4) == 0) {
          var other = steps.get(random.nextInt(steps.size())).id();
          if (!before.contains(other)) {
            before.add(other);
          }
        }
      }
      var always = chain(steps, predecessors, before);
      var all = ancestors(steps, predecessors, before);
      var step = step(flow, depth, names, always, all);
      for (var id : before) {
        steps.replaceAll(one -> one.id().equals(id) ? withEdge(one, step.id()) : one);
      }
      predecessors.put(step.id(), before);
      steps.add(step);
    }
    return List.copyOf(steps);
  }

  private Step withEdge(Step step, String next) {
    var edges = new LinkedHashMap<>(step.common().next());
    edges.put(next, condition(step));
    return step.with(step.common().withNext(edges));
  }

  private Condition condition(Step step) {
    if (random.nextInt(3) > 0) {
      return Condition.ALWAYS;
    }
    var operator = List.of("<", ">", "==").get(random.nextInt(3));
    if (step instanceof Job) {
      return new Condition(
          new Expression.Of(step.id(), Definitions.RESULT), operator, 200L + random.nextInt(3));
    }
    return step.common().params().containsKey(VALUE)
        ? new Condition(new Expression.Of(step.id(), VALUE), operator, random.nextInt(4))
        : Condition.ALWAYS;
  }

  /** The steps that have surely run when one with these predecessors begins. */
  private static List<Step> chain(
      List<Step> steps, Map<String, List<String>> predecessors, List<String> before) {
    var chain = new ArrayList<Step>();
    for (var at = before;
        at.size() == 1;
        at = predecessors.getOrDefault(at.getFirst(), List.of())) {
      chain.add(named(steps, at.getFirst()));
    }
    return chain;
  }

  private static List<Step> ancestors(
      List<Step> steps, Map<String, List<String>> predecessors, List<String> before) {
    var all = new ArrayList<Step>();
    for (var id : before) {
      all.add(named(steps, id));
      all.addAll(ancestors(steps, predecessors, predecessors.getOrDefault(id, List.of())));
    }
    return all;
  }

  private static Step named(List<Step> steps, String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }

  private Step step(int flow, int depth, List<String> names, List<Step> always, List<Step> all) {
    var id = "s" + ++made;
    var kind = random.nextInt(100);
    var params = new LinkedHashMap<String, Expression>();
    var mode =
        switch (random.nextInt(6)) {
          case 0 -> Mode.FAIL_IMMEDIATELY;
          case 1 -> Mode.IGNORE_FAILURE;
          default -> Mode.FAIL_AFTER_RUNNING;
        };
    var common = new Common(id, params, Map.of(), mode);
    if (depth < DEPTH && kind < 22) {
      var items = new LinkedHashMap<String, Items>();
      items.put("i" + made, items(always));
      if (random.nextInt(5) == 0) {
        items.put("j" + made, new Items(List.of(5L, 6L), null));
      }
      var seen = new ArrayList<>(names);
      seen.addAll(items.keySet());
      return new Foreach(common, items, steps(flow, depth + 1, seen, List.of()));
    }
    if (depth < DEPTH && kind < 32) {
      var variable = "k" + made;
      var seen = new ArrayList<>(names);
      seen.add(variable);
      var up =
          new NoOp(
              new Common(
                  "s" + ++made,
                  Map.of(
                      variable,
                      new Expression.Sum(
                          new Expression.Name(variable), new Expression.Constant(1))),
                  Map.of(),
                  Mode.FAIL_AFTER_RUNNING));
      var from = random.nextInt(3);
      return new While(
          common,
          variable,
          from,
          from + random.nextInt(3),
          steps(flow, depth + 1, seen, List.of(up)));
    }
    if (depth < DEPTH && kind < 45 && flow + 1 < flows) {
      var given = new LinkedHashMap<String, Expression>();
      if (random.nextBoolean()) {
        given.put("c", number(names, always));
      }
      return new Child(common, "f" + (flow + 1 + random.nextInt(flows - flow - 1)), given);
    }
    if (random.nextInt(3) > 0) {
      params.put(VALUE, number(names, always));
    }
    var collected = collected(all);
    if (collected != null) {
      params.put("all", collected);
    }
    return kind < 72 ? new Job(common, random.nextInt(3) == 0 ? 1 : 0) : new NoOp(common);
  }

  private Items items(List<Step> always) {
    var source = random.nextInt(5);
    if (source < 2) {
      return new Items(List.of(), new Expression.Name("n"));
    }
    if (source == 2) {
      for (var step : always) {
        if (step instanceof Job) {
          return new Items(
              List.of(),
              new Expression.Sum(
                  new Expression.Of(step.id(), Definitions.RESULT), new Expression.Constant(-200)));
        }
      }
    }
    return new Items(
        List.of(List.of(1L), List.of(1L, 2L), List.of(3L, 1L, 2L)).get(random.nextInt(3)), null);
  }

  private Expression number(List<String> names, List<Step> always) {
    return switch (random.nextInt(4)) {
      case 0 -> new Expression.Constant(random.nextInt(5));
      case 1 ->
          new Expression.Sum(
              new Expression.Name(names.get(random.nextInt(names.size()))),
              new Expression.Constant(random.nextInt(20)));
      case 2 -> new Expression.Name(names.getLast());
      default -> {
        for (var step : always) {
          if (step instanceof Job) {
            yield new Expression.Of(step.id(), Definitions.RESULT);
          }
          if (step.common().params().containsKey(VALUE)) {
            yield new Expression.Of(step.id(), VALUE);
          }
        }
        yield new Expression.Name(names.getFirst());
      }
    };
  }

  /** What a loop or a child before it has come to; null if there is none. */
  private @Nullable Expression collected(List<Step> before) {
    for (var step : before) {
      switch (step) {
        case Foreach loop -> {
          for (var inner : loop.steps()) {
            if (!inner.common().params().isEmpty()) {
              return new Expression.Collected(
                  loop.id(), inner.id(), inner.common().params().keySet().iterator().next());
            }
          }
        }
        case Child _, While _, Job _, NoOp _ -> {}
      }
    }
    return null;
  }

  // ------------------------------------------------------------------ moves

  private List<Move> moves() {
    var moves = new ArrayList<Move>();
    var count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      var which = random.nextInt(1000);
      var kind = random.nextInt(100);
      if (kind < 55) {
        var outcome = random.nextInt(10);
        moves.add(new End(which, outcome < 7 ? random.nextInt(4) : outcome < 9 ? 4 : 5));
      } else if (kind < 67) {
        moves.add(new Act(which, ACTIONS.get(random.nextInt(ACTIONS.size()))));
      } else {
        moves.add(
            new Again(
                which,
                POLICIES.get(random.nextInt(POLICIES.size())),
                random.nextBoolean() ? (Long) (long) random.nextInt(4) : null));
      }
    }
    return moves;
  }
}
