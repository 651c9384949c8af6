package org.maestro.benchmark.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
import org.maestro.benchmark.language.Program.Rule;
import org.maestro.benchmark.language.Program.Start;
import org.maestro.benchmark.language.Program.Step;
import org.maestro.benchmark.language.Program.Unblock;
import org.maestro.benchmark.language.Program.While;

/** Makes random programs: the same seed makes the same program. */
final class Programs {
  /** Loops and subworkflows within each other. */
  private static final int DEPTH = 3;

  private static final String VALUE = "v";

  private static final List<Action> ACTIONS = List.of(Action.values());
  private static final List<Policy> POLICIES =
      List.of(Policy.INCOMPLETE, Policy.BEGINNING, Policy.SPECIFIC, Policy.SKIPPED);

  private static final List<String> MAX_FAILURES = List.of("all", "0", "1", "2", "50%", "34%");

  private static final List<Rule> RULES = List.of(Rule.values());

  private final SplittableRandom random;

  /** What has been made: those that come later, which may be run by those before them. */
  private final Map<Integer, Flow> flows = new TreeMap<>();

  /** Which flow's own steps run a flow; a loop's are of none. */
  private final Map<Integer, List<Integer>> callers = new HashMap<>();

  private final int count;
  private final boolean permits;
  private int made;

  private Programs(long seed) {
    random = new SplittableRandom(seed);
    count = 1 + random.nextInt(3);
    permits = random.nextInt(3) == 0;
  }

  static Program of(long seed) {
    return new Programs(seed).program();
  }

  private Program program() {
    for (int i = count - 1; i >= 0; i--) {
      var params = new LinkedHashMap<String, Long>();
      params.put("n", (long) random.nextInt(4));
      params.put("c", (long) random.nextInt(3));
      flows.put(i, new Flow("f" + i, params, steps(i, i, List.of("n", "c"), List.of()), null));
    }
    var rule = random.nextInt(5) < 2 ? rule() : null;
    for (int i = 1; i < count; i++) {
      if (isRunOneByOne(i) && random.nextInt(3) == 0) {
        ruled(i, rule());
      }
    }
    ruled(0, rule);
    return new Program(
        List.copyOf(flows.values()), moves(rule), permits ? 1 + random.nextInt(2) : null);
  }

  private void ruled(int number, @Nullable Rule rule) {
    var flow = Objects.requireNonNull(flows.get(number));
    flows.put(number, new Flow(flow.id(), flow.params(), flow.steps(), rule));
  }

  private Rule rule() {
    return RULES.get(random.nextInt(RULES.size()));
  }

  /** Whether no two instances of a flow can be started at once: who is the first were chance. */
  private boolean isRunOneByOne(int flow) {
    var by = callers.getOrDefault(flow, List.of());
    return flow == 0 || (by.size() == 1 && by.getFirst() >= 0 && isRunOneByOne(by.getFirst()));
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
    var length = 1 + random.nextInt(depth == 0 ? 4 : 3);
    for (int i = 0; i < length; i++) {
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
      return new Foreach(
          common,
          items,
          steps(flow, depth + 1, seen, List.of()),
          random.nextInt(3) == 0 ? (Integer) (1 + random.nextInt(2)) : null,
          random.nextBoolean() ? MAX_FAILURES.get(random.nextInt(MAX_FAILURES.size())) : null);
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
    if (depth < DEPTH && kind < 45 && flow + 1 < count) {
      var given = new LinkedHashMap<String, Expression>();
      if (random.nextBoolean()) {
        given.put("c", number(names, always));
      }
      var called = flow + 1 + random.nextInt(count - flow - 1);
      callers.computeIfAbsent(called, _ -> new ArrayList<>()).add(depth == flow ? flow : -1);
      return new Child(common, "f" + called, given, random.nextInt(5) == 0 ? true : null);
    }
    if (random.nextInt(3) > 0) {
      params.put(VALUE, number(names, random.nextInt(8) == 0 ? all : always));
    }
    var collected = collected(all);
    if (collected != null) {
      params.put("all", collected);
    }
    return kind < 72
        ? new Job(
            common, random.nextInt(3) == 0 ? 1 : 0, (permits && random.nextBoolean()) ? true : null)
        : new NoOp(common);
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
        case Child child when !child.isAsync() && random.nextInt(3) == 0 -> {
          var called = Integer.parseInt(child.flow().substring(1));
          for (var inner : Objects.requireNonNull(flows.get(called)).steps()) {
            if (!inner.common().params().isEmpty()) {
              return new Expression.OfChild(
                  child.id(), inner.id(), inner.common().params().keySet().iterator().next());
            }
          }
        }
        case Child _, While _, Job _, NoOp _ -> {}
      }
    }
    return null;
  }

  // ------------------------------------------------------------------ moves

  private List<Move> moves(@Nullable Rule rule) {
    var moves = new ArrayList<Move>();
    var length = random.nextInt(12);
    var starts = rule == null ? random.nextInt(8) == 0 ? 10 : 0 : 20;
    for (int i = 0; i < length; i++) {
      var which = random.nextInt(1000);
      if (random.nextInt(100) < starts) {
        moves.add(
            rule == Rule.STRICT_SEQUENTIAL && random.nextInt(5) == 0
                ? new Unblock()
                : new Start(random.nextBoolean() ? (Long) (long) random.nextInt(4) : null));
        continue;
      }
      var kind = random.nextInt(100);
      if (kind < 55) {
        var outcome = random.nextInt(10);
        moves.add(new End(which, outcome < 7 ? random.nextInt(4) : outcome < 9 ? 4 : 5));
      } else if (kind < 67) {
        moves.add(new Act(which, ACTIONS.get(random.nextInt(ACTIONS.size()))));
      } else {
        var policy =
            random.nextInt(8) == 0
                ? Policy.CUSTOMIZED
                : POLICIES.get(random.nextInt(POLICIES.size()));
        moves.add(
            new Again(
                which,
                policy,
                random.nextBoolean() ? (Long) (long) random.nextInt(4) : null,
                random.nextInt(8) == 0 ? true : null,
                policy == Policy.CUSTOMIZED ? (Integer) random.nextInt(10_000) : null));
      }
    }
    return moves;
  }
}
