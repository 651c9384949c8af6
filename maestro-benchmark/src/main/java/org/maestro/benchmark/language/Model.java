package org.maestro.benchmark.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.language.Program.Action;
import org.maestro.benchmark.language.Program.Child;
import org.maestro.benchmark.language.Program.Foreach;
import org.maestro.benchmark.language.Program.Job;
import org.maestro.benchmark.language.Program.Mode;
import org.maestro.benchmark.language.Program.NoOp;
import org.maestro.benchmark.language.Program.Policy;
import org.maestro.benchmark.language.Program.Step;
import org.maestro.benchmark.language.Program.While;

/**
 * What a program means: a plain, slow interpreter that looks at all steps again after everything
 * that happens. Only jobs take time, and they end when they are told, so that there is one answer.
 *
 * <table>
 *   <caption>Where each rule comes from</caption>
 *   <tr><td>joins, conditions, UNSATISFIED, how a run ends</td><td>recorded facts: conditions, failure_modes</td></tr>
 *   <tr><td>failure modes, also of loops</td><td>recorded facts: failure_modes, foreach</td></tr>
 *   <tr><td>attempts and retries</td><td>recorded facts: retries; decision 0012</td></tr>
 *   <tr><td>stop, kill, skip</td><td>recorded facts: step_actions; what is below inherits them</td></tr>
 *   <tr><td>which steps a restart runs, and what it takes over</td><td>recorded facts: restarts</td></tr>
 *   <tr><td>passes of loops, another number of items</td><td>docs/loops.md</td></tr>
 *   <tr><td>a policy belongs to the last node of the path</td><td>decision 0015</td></tr>
 *   <tr><td>what is collected is of the present pass</td><td>decision 0015</td></tr>
 *   <tr><td>values that a while carries on, what children are given</td><td>recorded facts: loops_while, subworkflows</td></tr>
 * </table>
 */
final class Model {

  /** How a run stands. */
  enum RunStatus {
    IN_PROGRESS,
    SUCCEEDED,
    STOPPED,
    TIMED_OUT,
    FAILED;

    boolean ended() {
      return this != IN_PROGRESS;
    }
  }

  /** How an attempt of a step stands. */
  enum StepStatus {
    RUNNING,
    USER_FAILED,
    SUCCEEDED,
    SKIPPED,
    COMPLETED_WITH_ERROR,
    UNSATISFIED,
    FATALLY_FAILED,
    STOPPED,
    TIMED_OUT;

    boolean complete() {
      return switch (this) {
        case SUCCEEDED, SKIPPED, COMPLETED_WITH_ERROR, UNSATISFIED -> true;
        case RUNNING, USER_FAILED, FATALLY_FAILED, STOPPED, TIMED_OUT -> false;
      };
    }
  }

  /** A node on the way from the root to what somebody wants run again, which is the last. */
  record Way(Instance instance, @Nullable String step, Policy policy) {}

  /** One start of a workflow, or an iteration. */
  static final class Instance {
    final String place;
    final String flow;
    final List<Step> steps;
    final Map<String, Long> declared;

    /** The step that runs it, now; null for the root. */
    @Nullable Attempt parent;

    /** Which iteration it is: of a foreach from 0, of a while from 1. */
    final int index;

    final List<Run> runs = new ArrayList<>();

    /** What its steps have run, by step and index; they are run again, not made anew. */
    private final Map<String, Map<Integer, Instance>> below = new LinkedHashMap<>();

    /** The latest pass of its steps. */
    private final Map<String, Pass> passes = new LinkedHashMap<>();

    Instance(String place, String flow, List<Step> steps, Map<String, Long> declared, int index) {
      this.place = place;
      this.flow = flow;
      this.steps = steps;
      this.declared = declared;
      this.index = index;
    }

    Run last() {
      return runs.getLast();
    }

    boolean isIn(Class<? extends Step> loop) {
      for (var at = this; at.parent != null; at = at.parent.run.instance) {
        if (loop.isInstance(at.parent.step)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return place;
    }
  }

  /** One pass over an instance. */
  static final class Run implements Expression.Scope {
    final Instance instance;
    final int number;
    final Policy policy;
    final Map<String, Object> params = new LinkedHashMap<>();
    final Set<String> graph = new LinkedHashSet<>();
    final Set<String> roots = new LinkedHashSet<>();
    final Map<String, Attempt> before = new LinkedHashMap<>();
    final Map<String, Attempt> earlier = new LinkedHashMap<>();
    final Map<String, Attempt> attempts = new LinkedHashMap<>();
    final List<Way> way;
    RunStatus status = RunStatus.IN_PROGRESS;
    @Nullable RunStatus halt;
    private boolean stopping;
    private boolean looking;
    private boolean lookAgain;

    Run(Instance instance, Policy policy, List<Way> way) {
      this.instance = instance;
      this.number = instance.runs.size() + 1;
      this.policy = policy;
      this.way = List.copyOf(way);
    }

    /** The attempt that counts: of this run, or taken over from one before. */
    @Nullable Attempt view(String step) {
      var now = attempts.get(step);
      return now == null ? earlier.get(step) : now;
    }

    @Override
    public Object name(String name) {
      return Objects.requireNonNull(params.get(name), name);
    }

    @Override
    public Object of(String step, String param) {
      var seen = view(step);
      var value = seen == null ? null : seen.params.get(param);
      if (value == null) {
        throw new BeyondModelException(
            "step %s has no value of %s: what fails by that is not in the model"
                .formatted(step, param));
      }
      return value;
    }

    @Override
    public List<@Nullable Object> collected(String loop, String step, String param) {
      var values = new ArrayList<@Nullable Object>();
      var attempt = view(loop);
      if (attempt == null || attempt.pass == null) {
        return values;
      }
      for (int i = 0; i < attempt.pass.total; i++) {
        var iteration = attempt.pass.present.get(i);
        var inner = iteration == null ? null : iteration.last().view(step);
        values.add(inner == null ? null : inner.params.get(param));
      }
      return values;
    }

    @Override
    public @Nullable Object ofChild(String child, String step, String param) {
      var attempt = view(child);
      var run = attempt == null || attempt.pass == null ? null : attempt.pass.present.get(0);
      var inner = run == null ? null : run.last().view(step);
      return inner == null ? null : inner.params.get(param);
    }

    boolean live() {
      return !status.ended();
    }
  }

  /** One try of a step. */
  static final class Attempt {
    final Run run;
    final Step step;
    final int number;

    /** The event that began it. */
    final int event;

    final Map<String, Object> params = new LinkedHashMap<>();
    final Set<String> taken = new LinkedHashSet<>();
    int errors;
    StepStatus status = StepStatus.RUNNING;
    @Nullable StepStatus ending;
    @Nullable Pass pass;

    Attempt(Run run, Step step, int number, int event) {
      this.run = run;
      this.step = step;
      this.number = number;
      this.event = event;
    }

    boolean live() {
      return status == StepStatus.RUNNING;
    }

    String place() {
      return Model.place(run, step.id());
    }

    @Override
    public String toString() {
      return place() + "#" + number;
    }
  }

  /** What a loop or a subworkflow step runs. */
  static final class Pass {
    final int total;

    /** The iterations that belong to it; the child is number 0. */
    final Map<Integer, Instance> present = new TreeMap<>();

    /** What the variable of a while is at. */
    long value;

    private boolean beginning;

    Pass(int total) {
      this.total = total;
    }
  }

  private final Map<String, Program.Flow> flows = new LinkedHashMap<>();
  private final Set<Run> changed = new LinkedHashSet<>();
  private int event;
  final Instance root;

  /** Starts the first flow. */
  Model(Program program, String place) {
    program.flows().forEach(flow -> flows.put(flow.id(), flow));
    var first = program.flows().getFirst();
    root = new Instance(place, first.id(), first.steps(), first.params(), 0);
    begin(root, Policy.BEGINNING, List.of(), Map.of());
  }

  /** The runs in which something has happened since this was asked. */
  Set<Run> changes() {
    var all = new LinkedHashSet<>(changed);
    changed.clear();
    event++;
    return all;
  }

  /** The number of what happened last. */
  int event() {
    return event;
  }

  static String place(Run run, String step) {
    var place = new StringBuilder((String) run.name(Definitions.PLACE)).append('/').append(step);
    var loops = new ArrayDeque<Object>();
    for (var at = run.instance; at.parent != null; at = at.parent.run.instance) {
      switch (at.parent.step) {
        case Foreach loop ->
            List.copyOf(loop.items().keySet())
                .reversed()
                .forEach(name -> loops.addFirst(run.name(name)));
        case While loop -> loops.addFirst(run.name(loop.variable()));
        case NoOp _, Job _, Child _ -> {
          loops.forEach(value -> place.append('/').append(value));
          return place.toString();
        }
      }
    }
    loops.forEach(value -> place.append('/').append(value));
    return place.toString();
  }

  // ------------------------------------------------------------------ runs

  /**
   * Begins another run of an instance.
   *
   * @param way from it downwards; empty for the policy alone
   * @param given the params that are handed to it
   */
  private void begin(Instance instance, Policy policy, List<Way> way, Map<String, Object> given) {
    var last = instance.runs.isEmpty() ? null : instance.last();
    var run = new Run(instance, way.isEmpty() ? policy : way.getFirst().policy(), way);
    run.params.put(Definitions.PLACE, root.place);
    run.params.putAll(instance.declared);
    if (last != null) {
      run.params.putAll(last.params);
      run.before.putAll(last.earlier);
      run.before.putAll(last.attempts);
    }
    run.params.putAll(given);
    var again = new LinkedHashSet<String>();
    for (var step : instance.steps) {
      var before = run.before.get(step.id());
      var wanted =
          switch (run.policy) {
            case BEGINNING -> true;
            case INCOMPLETE -> before == null || !before.status.complete();
            case SPECIFIC, SKIPPED -> step.id().equals(way.getFirst().step());
          };
      if (wanted) {
        again.add(step.id());
      }
    }
    if (run.policy.isFromStep()) {
      run.roots.addAll(again);
    }
    withWhatFollows(instance.steps, again);
    run.graph.addAll(again);
    run.before.forEach((id, before) -> {
      if (!again.contains(id)) {
        run.earlier.put(id, before);
        if (before.status.complete()) {
          run.graph.add(id);
        }
      }
    });
    instance.runs.add(run);
    changed.add(run);
    look(run);
  }

  private static void withWhatFollows(List<Step> steps, Set<String> ids) {
    for (var grew = true; grew; ) {
      grew = false;
      for (var step : steps) {
        grew |= ids.contains(step.id()) && ids.addAll(step.common().next().keySet());
      }
    }
  }

  /** Looks at all steps of a run, until nothing more follows. */
  private void look(Run run) {
    run.lookAgain = true;
    if (run.looking) {
      return;
    }
    run.looking = true;
    while (run.lookAgain && run.live()) {
      run.lookAgain = false;
      lookOnce(run);
    }
    run.looking = false;
  }

  private void lookOnce(Run run) {
    if (!run.stopping && (run.halt != null || aFailureEndsIt(run))) {
      run.stopping = true;
      var as = run.halt == null ? StepStatus.STOPPED : stepStatus(run.halt);
      run.attempts.values().stream().filter(Attempt::live).toList().forEach(a -> end(a, as));
      run.lookAgain = true;
      return;
    }
    if (!run.stopping) {
      for (var step : run.instance.steps) {
        if (isDue(run, step)) {
          run.lookAgain = true;
          if (mayRun(run, step)) {
            var onTheWay =
                !run.way.isEmpty() && step.id().equals(run.way.getFirst().step())
                    ? run.way
                    : List.<Way>of();
            beginStep(
                run,
                step,
                0,
                onTheWay.isEmpty() ? onTheWay : onTheWay.subList(1, onTheWay.size()),
                !onTheWay.isEmpty() && run.policy == Policy.SKIPPED);
          } else {
            var never = attempt(run, step);
            never.status = StepStatus.UNSATISFIED;
          }
        }
      }
    }
    if (!run.lookAgain && run.attempts.values().stream().noneMatch(Attempt::live)) {
      finish(run, run.halt == null ? worst(run) : run.halt);
    }
  }

  private static boolean aFailureEndsIt(Run run) {
    return run.attempts.values().stream()
        .anyMatch(a ->
            a.status == StepStatus.FATALLY_FAILED
                && a.step.common().mode() == Mode.FAIL_IMMEDIATELY);
  }

  private static boolean isDue(Run run, Step step) {
    return run.graph.contains(step.id())
        && run.attempts.get(step.id()) == null
        && run.earlier.get(step.id()) == null
        && predecessors(run, step).stream()
            .allMatch(p -> {
              var attempt = run.view(p.id());
              return attempt != null && attempt.status.complete();
            });
  }

  private static List<Step> predecessors(Run run, Step step) {
    return run.roots.contains(step.id())
        ? List.of()
        : run.instance.steps.stream()
            .filter(p -> run.graph.contains(p.id()))
            .filter(p -> p.common().next().containsKey(step.id()))
            .toList();
  }

  private static boolean mayRun(Run run, Step step) {
    var predecessors = predecessors(run, step);
    return predecessors.isEmpty()
        || predecessors.stream()
            .anyMatch(p -> Objects.requireNonNull(run.view(p.id())).taken.contains(step.id()));
  }

  private static RunStatus worst(Run run) {
    var worst = RunStatus.SUCCEEDED;
    for (var attempt : run.attempts.values()) {
      var as =
          switch (attempt.status) {
            case FATALLY_FAILED -> RunStatus.FAILED;
            case TIMED_OUT -> RunStatus.TIMED_OUT;
            case STOPPED -> RunStatus.STOPPED;
            default -> RunStatus.SUCCEEDED;
          };
      worst = as.compareTo(worst) > 0 ? as : worst;
    }
    return worst;
  }

  private static StepStatus stepStatus(RunStatus status) {
    return switch (status) {
      case FAILED -> StepStatus.FATALLY_FAILED;
      case STOPPED -> StepStatus.STOPPED;
      case TIMED_OUT -> StepStatus.TIMED_OUT;
      case SUCCEEDED, IN_PROGRESS -> StepStatus.SUCCEEDED;
    };
  }

  private void finish(Run run, RunStatus status) {
    run.status = status;
    changed.add(run);
    var parent = run.instance.parent;
    if (parent != null && parent.live()) {
      belowEnded(parent, run);
    }
  }

  private void halt(Run run, RunStatus as) {
    if (run.live() && run.halt == null) {
      run.halt = as;
      changed.add(run);
      look(run);
    }
  }

  // ------------------------------------------------------------------ steps

  private Attempt attempt(Run run, Step step) {
    var last = run.attempts.get(step.id());
    var attempt = new Attempt(run, step, last == null ? 1 : last.number + 1, event);
    run.attempts.put(step.id(), attempt);
    changed.add(run);
    return attempt;
  }

  private Attempt beginStep(Run run, Step step, int errors, List<Way> below, boolean skip) {
    var attempt = attempt(run, step);
    attempt.errors = errors;
    step.common().params().forEach((name, value) -> attempt.params.put(name, value.value(run)));
    if (step instanceof Job) {
      attempt.params.put(Definitions.RESULT, 0L);
    }
    if (skip) {
      finish(attempt, StepStatus.SKIPPED);
      return attempt;
    }
    switch (step) {
      case NoOp _ -> finish(attempt, StepStatus.SUCCEEDED);
      case Job _ -> {}
      case Foreach loop -> beginForeach(attempt, loop, below);
      case While loop -> beginWhile(attempt, loop);
      case Child child -> beginChild(attempt, child, below);
    }
    return attempt;
  }

  /** Ends an attempt for good, and looks at what follows. */
  private void finish(Attempt attempt, StepStatus as) {
    attempt.status = as;
    changed.add(attempt.run);
    if (as.complete()) {
      attempt
          .step
          .common()
          .next()
          .forEach((next, condition) -> {
            if (condition.holds(attempt.run)) {
              attempt.taken.add(next);
            }
          });
    }
    look(attempt.run);
  }

  private static StepStatus failed(Step step) {
    return step.common().mode() == Mode.IGNORE_FAILURE
        ? StepStatus.COMPLETED_WITH_ERROR
        : StepStatus.FATALLY_FAILED;
  }

  /** Tells an attempt at work to end; what it runs ends first. */
  private void end(Attempt attempt, StepStatus as) {
    if (!attempt.live() || attempt.ending != null) {
      return;
    }
    var pass = attempt.pass;
    if (pass == null) {
      finish(attempt, as);
      return;
    }
    attempt.ending = as;
    haltBelow(
        pass,
        switch (as) {
          case FATALLY_FAILED, COMPLETED_WITH_ERROR -> RunStatus.FAILED;
          case TIMED_OUT -> RunStatus.TIMED_OUT;
          case STOPPED, SKIPPED, RUNNING, USER_FAILED, SUCCEEDED, UNSATISFIED -> RunStatus.STOPPED;
        });
  }

  private void haltBelow(Pass pass, RunStatus as) {
    List.copyOf(pass.present.values()).forEach(instance -> halt(instance.last(), as));
  }

  // ------------------------------------------------------------------ loops and children

  /** Whether what a step ran before counts: it does if that has not succeeded as a whole. */
  private static boolean goesOn(Attempt attempt) {
    if (attempt.number > 1) {
      return true; // tried again in place
    }
    var before = attempt.run.before.get(attempt.step.id());
    return attempt.run.policy != Policy.BEGINNING
        && before != null
        && before.status != StepStatus.SUCCEEDED;
  }

  private Instance below(Attempt attempt, int index, String flow, List<Step> steps) {
    var known = attempt.run.instance.below.computeIfAbsent(attempt.step.id(), _ -> new TreeMap<>());
    var declared = flow.isEmpty() ? Map.<String, Long>of() : flowOf(flow).params();
    var instance =
        known.computeIfAbsent(
            index,
            _ -> new Instance(attempt.place() + "[" + index + "]", flow, steps, declared, index));
    instance.parent = attempt;
    return instance;
  }

  private Program.Flow flowOf(String id) {
    return Objects.requireNonNull(flows.get(id), id);
  }

  private void beginForeach(Attempt attempt, Foreach loop, List<Way> below) {
    var run = attempt.run;
    var all = combinations(loop, run);
    var before = run.instance.passes.get(loop.id());
    var continued = goesOn(attempt) || !below.isEmpty() ? before : null;
    if (continued != null && continued.total != all.size()) {
      finish(attempt, failed(loop));
      return;
    }
    var pass = new Pass(all.size());
    attempt.pass = pass;
    run.instance.passes.put(loop.id(), pass);
    pass.beginning = true;
    for (int i = 0; i < all.size(); i++) {
      var kept = continued == null ? null : continued.present.get(i);
      var instance = below(attempt, i, "", loop.steps());
      pass.present.put(i, instance);
      var wanted =
          below.isEmpty()
              ? kept == null || kept.last().status != RunStatus.SUCCEEDED
              : instance == below.getFirst().instance();
      if (wanted) {
        var given = new LinkedHashMap<>(run.params);
        given.putAll(all.get(i));
        begin(instance, kept == null ? Policy.BEGINNING : Policy.INCOMPLETE, below, given);
      }
    }
    pass.beginning = false;
    endForeachWhenDone(attempt, pass);
  }

  /** The first name varies fastest. */
  private static List<Map<String, Object>> combinations(Foreach loop, Run run) {
    var all = List.<Map<String, Object>>of(Map.of());
    for (var name : List.copyOf(loop.items().keySet()).reversed()) {
      var longer = new ArrayList<Map<String, Object>>();
      for (var rest : all) {
        for (var value : values(Objects.requireNonNull(loop.items().get(name)), run)) {
          var one = new LinkedHashMap<>(rest);
          one.put(name, value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }

  static List<Long> values(Program.Items items, Expression.Scope scope) {
    return items.count() == null
        ? items.listed()
        : LongStream.range(0, Math.max(0, items.count().number(scope))).boxed().toList();
  }

  private void belowEnded(Attempt attempt, Run run) {
    var pass = attempt.pass;
    if (pass == null || pass.present.get(run.instance.index) != run.instance) {
      return;
    }
    switch (attempt.step) {
      case Foreach loop -> {
        if (run.status != RunStatus.SUCCEEDED
            && loop.common().mode() == Mode.FAIL_IMMEDIATELY
            && attempt.ending == null) {
          haltBelow(pass, RunStatus.FAILED);
        }
        endForeachWhenDone(attempt, pass);
      }
      case While loop -> {
        if (run.status != RunStatus.SUCCEEDED || attempt.ending != null) {
          endAs(attempt, run.status);
          return;
        }
        for (var step : run.instance.steps) {
          var value = Objects.requireNonNull(run.view(step.id())).params.get(loop.variable());
          pass.value = value instanceof Long number ? number : pass.value;
        }
        nextIteration(attempt, loop, pass, run.instance.index + 1, false);
      }
      case Child _, NoOp _, Job _ -> endAs(attempt, run.status);
    }
  }

  private void endForeachWhenDone(Attempt attempt, Pass pass) {
    if (pass.beginning
        || !attempt.live()
        || pass.present.values().stream().anyMatch(one -> one.last().live())) {
      return;
    }
    endAs(
        attempt,
        pass.present.values().stream()
            .map(one -> one.last().status)
            .max(Comparator.naturalOrder())
            .orElse(RunStatus.SUCCEEDED));
  }

  private void endAs(Attempt attempt, RunStatus status) {
    var ending = attempt.ending;
    finish(
        attempt,
        ending != null
            ? ending
            : status == RunStatus.FAILED ? failed(attempt.step) : stepStatus(status));
  }

  private void beginWhile(Attempt attempt, While loop) {
    var before = attempt.run.instance.passes.get(loop.id());
    var last = attempt.run.before.get(loop.id());
    var ranNothing = attempt.number == 1 && last != null && last.pass == null;
    var continued =
        before != null && goesOn(attempt) && !ranNothing && !before.present.isEmpty()
            ? before
            : null;
    var pass = new Pass(0);
    pass.value = loop.from();
    var first = 1;
    if (continued != null) {
      pass.value = continued.value;
      pass.present.putAll(continued.present);
      first = Collections.max(continued.present.keySet());
    }
    attempt.pass = pass;
    attempt.run.instance.passes.put(loop.id(), pass);
    nextIteration(attempt, loop, pass, first, continued != null);
  }

  private void nextIteration(Attempt attempt, While loop, Pass pass, int index, boolean goesOn) {
    if (pass.value >= loop.below()) {
      finish(attempt, StepStatus.SUCCEEDED);
      return;
    }
    var instance = below(attempt, index, "", loop.steps());
    pass.present.put(index, instance);
    changed.add(attempt.run);
    var given = new LinkedHashMap<>(attempt.run.params);
    given.put(loop.variable(), pass.value);
    begin(instance, goesOn ? Policy.INCOMPLETE : Policy.BEGINNING, List.of(), given);
  }

  private void beginChild(Attempt attempt, Child child, List<Way> below) {
    var run = attempt.run;
    var pass = new Pass(1);
    var before = run.instance.passes.put(child.id(), pass);
    attempt.pass = pass;
    var instance = below(attempt, 0, child.flow(), flowOf(child.flow()).steps());
    pass.present.put(0, instance);
    var given = new LinkedHashMap<>(run.params);
    given.put(Definitions.PLACE, attempt.place());
    child.given().forEach((name, value) -> given.put(name, value.value(run)));
    var goesOn = before != null && goesOn(attempt) && hasIncomplete(instance);
    begin(instance, goesOn ? Policy.INCOMPLETE : Policy.BEGINNING, below, given);
  }

  private static boolean hasIncomplete(Instance instance) {
    return instance.steps.stream()
        .map(step -> instance.last().view(step.id()))
        .anyMatch(last -> last == null || !last.status.complete());
  }

  // ------------------------------------------------------------------ what happens to it

  /** All instances that can be seen, from the root downwards. */
  List<Instance> instances() {
    var all = new ArrayList<Instance>();
    addWithBelow(root, all);
    return all;
  }

  private static void addWithBelow(Instance instance, List<Instance> all) {
    all.add(instance);
    for (var step : instance.steps) {
      var attempt = instance.last().view(step.id());
      if (attempt != null && attempt.pass != null) {
        attempt.pass.present.values().forEach(one -> addWithBelow(one, all));
      }
    }
  }

  /** The jobs at work. */
  List<Attempt> jobs() {
    return instances().stream()
        .flatMap(instance -> instance.last().attempts.values().stream())
        .filter(attempt -> attempt.live() && attempt.step instanceof Job)
        .toList();
  }

  /** A job ends; {@link Program.End} says how. */
  void endJob(Attempt job, int outcome) {
    var retries = ((Job) job.step).retries();
    if (outcome < 4) {
      job.params.put(Definitions.RESULT, 200L + outcome);
      finish(job, StepStatus.SUCCEEDED);
    } else if (outcome == 5 && job.errors < retries) {
      job.status = StepStatus.USER_FAILED;
      beginStep(job.run, job.step, job.errors + 1, List.of(), false);
    } else {
      finish(job, failed(job.step));
    }
  }

  /** What can be acted on: a run, or a step of it. */
  record Target(Instance instance, @Nullable Step step) {}

  /** The runs and steps at work. */
  List<Target> atWork() {
    var all = new ArrayList<Target>();
    for (var instance : instances()) {
      if (instance.last().live()) {
        all.add(new Target(instance, null));
        instance.last().attempts.values().stream()
            .filter(Attempt::live)
            .forEach(attempt -> all.add(new Target(instance, attempt.step)));
      }
    }
    return all;
  }

  void act(Target target, Action action) {
    var run = target.instance().last();
    if (target.step() == null) {
      halt(run, action == Action.KILL ? RunStatus.FAILED : RunStatus.STOPPED);
      return;
    }
    end(
        Objects.requireNonNull(run.attempts.get(target.step().id())),
        switch (action) {
          case STOP -> StepStatus.STOPPED;
          case KILL -> failed(target.step());
          case SKIP -> StepStatus.SKIPPED;
        });
  }

  /** What can be run again so. */
  List<Target> runnableAgain(Policy policy) {
    var all = new ArrayList<Target>();
    for (var instance : instances()) {
      var run = instance.last();
      if (instance.isIn(While.class) || !canBeReached(instance)) {
        continue;
      }
      if (policy.isFromStep()) {
        instance.steps.stream()
            .filter(step -> canRunAgain(run, step, policy))
            .forEach(step -> all.add(new Target(instance, step)));
      } else if (run.status.ended() && (policy == Policy.BEGINNING || hasIncomplete(instance))) {
        all.add(new Target(instance, null));
      }
    }
    return all;
  }

  private static boolean canRunAgain(Run run, Step step, Policy policy) {
    var attempt = run.view(step.id());
    if (attempt == null || attempt.live()) {
      return false;
    }
    return run.status.ended()
        || (run.halt == null
            && run.attempts.containsKey(step.id())
            && !attempt.status.complete()
            && (policy == Policy.SKIPPED || step.common().mode() == Mode.FAIL_AFTER_RUNNING));
  }

  /** Whether what runs above it, if anything does, can run it again. */
  private static boolean canBeReached(Instance instance) {
    if (instance.last().live()) {
      return true;
    }
    var parent = instance.parent;
    if (parent == null) {
      return true;
    }
    var above = parent.run.instance;
    if (!above.last().live()) {
      return canBeReached(above);
    }
    return switch (parent.step) {
      case Foreach _ -> parent.live() && parent.ending == null;
      case Child _, While _, NoOp _, Job _ ->
          !parent.live() && canRunAgain(above.last(), parent.step, Policy.SPECIFIC);
    };
  }

  /** Runs something again: in place if what it belongs to goes on, else from the root down. */
  void again(Target target, Policy policy, @Nullable Long n) {
    var instance = target.instance();
    var step = target.step();
    if (instance.last().live()) {
      beginStep(
          instance.last(), Objects.requireNonNull(step), 0, List.of(), policy == Policy.SKIPPED);
      look(instance.last());
      return;
    }
    var way = new ArrayList<Way>();
    way.add(new Way(instance, step == null ? null : step.id(), policy));
    for (var parent = instance.parent; parent != null; parent = instance.parent) {
      var below = instance;
      instance = parent.run.instance;
      if (instance.last().live()) {
        if (parent.step instanceof Foreach) {
          begin(below, policy, way, below.last().params);
        } else {
          beginStep(instance.last(), parent.step, 0, way, false);
          look(instance.last());
        }
        return;
      }
      way.addFirst(new Way(instance, parent.step.id(), Policy.SPECIFIC));
    }
    begin(root, policy, way, n == null ? Map.of() : Map.of("n", n));
  }
}
