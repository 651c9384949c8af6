package org.maestro.benchmark.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 *   <tr><td>how wide loops are, how many iterations may fail</td><td>docs/loops.md</td></tr>
 *   <tr><td>passes of loops, another number of items</td><td>docs/loops.md</td></tr>
 *   <tr><td>a policy belongs to the last node of the path</td><td>decision 0015</td></tr>
 *   <tr><td>what is collected is of the present pass</td><td>decision 0015</td></tr>
 *   <tr><td>values that a while carries on, what children are given</td><td>recorded facts: loops_while, subworkflows</td></tr>
 * </table>
 */
final class Model {

  /** How a run stands. */
  enum RunStatus {
    CREATED,
    IN_PROGRESS,
    SUCCEEDED,
    STOPPED,
    TIMED_OUT,
    FAILED;

    boolean ended() {
      return this != CREATED && this != IN_PROGRESS;
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
    INTERNALLY_FAILED,
    STOPPED,
    TIMED_OUT;

    boolean complete() {
      return switch (this) {
        case SUCCEEDED, SKIPPED, COMPLETED_WITH_ERROR, UNSATISFIED -> true;
        case RUNNING, USER_FAILED, FATALLY_FAILED, INTERNALLY_FAILED, STOPPED, TIMED_OUT -> false;
      };
    }
  }

  /** A node on the way from the root to what somebody wants run again, which is the last. */
  record Way(Instance instance, @Nullable String step, Policy policy, Part part) {
    Way(Instance instance, @Nullable String step, Policy policy) {
      this(instance, step, policy, Part.WHOLE);
    }
  }

  /**
   * Where a customized run begins and ends, and what it skips.
   *
   * @param starts empty for where the workflow begins
   * @param ends empty for where it ends
   */
  record Part(Set<String> starts, Set<String> ends, Set<String> skipped) {
    static final Part WHOLE = new Part(Set.of(), Set.of(), Set.of());

    /** What a number chooses among the steps of an instance. */
    static Part of(@Nullable Integer number, List<Step> steps) {
      if (number == null) {
        return WHOLE;
      }
      var one = steps.get(number % steps.size()).id();
      var other = steps.get(number / 7 % steps.size()).id();
      var third = steps.get(number / 49 % steps.size()).id();
      return new Part(
          number % 3 == 0 ? Set.of() : Set.of(one),
          number % 5 < 3 ? Set.of() : Set.of(other),
          number % 2 == 0 ? Set.of() : Set.of(third));
    }
  }

  /** One start of a workflow, or an iteration. */
  static final class Instance {
    final String place;
    final String flow;
    final List<Step> steps;
    final Map<String, Long> declared;

    /** The step that runs it, now; null for the root. */
    @Nullable Attempt parent;

    /** Which iteration it is: of a foreach from 0, of a while from 1; of a workflow's from 1. */
    final int index;

    /** Whether it was last run by itself: what had run it before hears nothing of it. */
    boolean alone;

    /** Whether it has failed and holds back others of its workflow. */
    private boolean blocking;

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

    boolean isOfForeach() {
      return parent != null && parent.step instanceof Foreach;
    }

    boolean isIteration() {
      return flow.isEmpty();
    }

    /** The attempt that hears of its end and takes restarts of it; null if there is none. */
    @Nullable Attempt above() {
      return alone || (parent != null && parent.step instanceof Child child && child.isAsync())
          ? null
          : parent;
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
    final Set<String> skipped = new LinkedHashSet<>();
    RunStatus status = RunStatus.CREATED;
    @Nullable RunStatus halt;

    /** The event that began it. */
    final int began;

    private boolean stopping;
    private boolean looking;
    private boolean lookAgain;

    Run(Instance instance, Policy policy, List<Way> way, int began) {
      this.instance = instance;
      this.began = began;
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
        throw new NoValueException("step %s has no value of %s".formatted(step, param));
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
    public Object ofChild(String child, String step, String param) {
      var attempt = view(child);
      var run = attempt == null || attempt.pass == null ? null : attempt.pass.child;
      var inner = run == null ? null : run.view(step);
      var value = inner == null ? null : inner.params.get(param);
      if (value == null) {
        throw new NoValueException(
            "step %s in child %s has no value of %s".formatted(step, child, param));
      }
      return value;
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
    final Map<String, Object> given = new LinkedHashMap<>();
    List<Map<String, Object>> items = List.of();
    final Set<String> taken = new LinkedHashSet<>();
    int errors;
    StepStatus status = StepStatus.RUNNING;
    @Nullable StepStatus ending;
    @Nullable Pass pass;

    /** Whether it has yet to get its permit. */
    boolean waiting;

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

    /**
     * The iterations that belong to it, once they have begun; of a child its one instance, as
     * number 0.
     */
    final Map<Integer, Instance> present = new TreeMap<>();

    /** The iterations of a foreach that have begun in it, or in a pass that it goes on with. */
    private final Map<Integer, Instance> known = new TreeMap<>();

    /** Iterations of a foreach that are to begin when there is room. */
    private final TreeSet<Integer> left = new TreeSet<>();

    /** Those that somebody asked for, which failures don't hold back; with the way into them. */
    private final TreeMap<Integer, Asked> asked = new TreeMap<>();

    /** Failures of an earlier pass. */
    private final Set<Integer> tolerated = new HashSet<>();

    /** Whether its failures have ended everything. */
    private boolean halted;

    /** The run of a child that was begun; whatever runs it by itself is another. */
    @Nullable Run child;

    /** What the variable of a while is at. */
    long value;

    private boolean beginning;

    Pass(int total) {
      this.total = total;
    }
  }

  /** How somebody wants an iteration run again. */
  private record Asked(Policy policy, List<Way> way) {}

  private final Map<String, Program.Flow> flows = new LinkedHashMap<>();

  /** All instances of each workflow, in the order of their numbers. */
  private final Map<String, List<Instance>> instances = new LinkedHashMap<>();

  /** What runs by itself below something else. */
  private final Set<Instance> byThemselves = new LinkedHashSet<>();

  private final List<Attempt> wantPermits = new ArrayList<>();
  private final List<Attempt> holdPermits = new ArrayList<>();
  private final int permits;
  private final Set<Run> changed = new LinkedHashSet<>();

  /** Steps that failed since {@link #changes} was asked because their child could not be run. */
  private final List<Attempt> refused = new ArrayList<>();

  private final String place;
  private final Program.Flow first;
  private int event;

  Model(Program program, String place) {
    program
        .flows()
        .forEach(flow -> {
          flows.put(flow.id(), flow);
          instances.put(flow.id(), new ArrayList<>());
        });
    this.place = place;
    this.first = program.flows().getFirst();
    this.permits = program.permits() == null ? 0 : program.permits();
  }

  /** Starts the first flow. */
  Instance start(@Nullable Long n) {
    var instance = instance(place, first);
    var given = new LinkedHashMap<String, Object>();
    given.put(Definitions.PLACE, placeOf(instance));
    if (n != null) {
      given.put("n", n);
    }
    begin(instance, Policy.BEGINNING, List.of(), given);
    return instance;
  }

  /** What the jobs of a root are named by. */
  String placeOf(Instance instance) {
    return instance.index == 1 ? place : place + "/r" + instance.index;
  }

  private Instance instance(String name, Program.Flow flow) {
    var all = all(flow.id());
    var instance =
        new Instance(
            all.isEmpty() || !flow.equals(first) ? name : name + "/r" + (all.size() + 1),
            flow.id(),
            flow.steps(),
            flow.params(),
            all.size() + 1);
    all.add(instance);
    return instance;
  }

  private List<Instance> all(String flow) {
    return Objects.requireNonNull(instances.get(flow), flow);
  }

  /** The instances that were started by themselves. */
  List<Instance> roots() {
    return all(first.id());
  }

  /**
   * The iteration, of those that a node is in or is itself, that somebody has asked to be run again
   * and that has to wait for room in its loop; null if there is none.
   */
  static @Nullable Instance waitingForRoom(Instance instance) {
    for (Instance at = instance; at != null; ) {
      var above = at.above();
      if (above != null && above.pass != null && above.pass.asked.containsKey(at.index)) {
        return at;
      }
      at = above == null ? null : above.run.instance;
    }
    return null;
  }

  /** The runs in which something has happened since this was asked. */
  Set<Run> changes() {
    var all = new LinkedHashSet<>(changed);
    changed.clear();
    refused.clear();
    event++;
    return all;
  }

  /**
   * Whether chance decides what happened last: a step that failed because its child could not be
   * run ends others at once, and something that takes as long as finding that out began beside it.
   */
  boolean isUndecided() {
    return instances().stream().anyMatch(this::failedBesideOthersThatBegan)
        || refused.stream()
            .filter(Model::endsOthers)
            .anyMatch(one -> {
              var above = above(one);
              return instances().stream()
                  .flatMap(instance -> instance.last().attempts.values().stream())
                  .filter(other -> other.event == event && runsOthers(other.step))
                  .anyMatch(other -> other != one && !above.contains(other));
            });
  }

  /**
   * Whether an iteration failed as soon as it had begun, by what takes as long as beginning the
   * others: which of them begin after it is chance.
   */
  private boolean failedBesideOthersThatBegan(Instance instance) {
    var run = instance.last();
    return instance.isOfForeach()
        && run.began == event
        && run.status.ended()
        && run.status != RunStatus.SUCCEEDED
        && Objects.requireNonNull(Objects.requireNonNull(instance.parent).pass).total > 1
        && run.attempts.values().stream().anyMatch(one -> runsOthers(one.step));
  }

  private static boolean runsOthers(Step step) {
    return switch (step) {
      case Foreach _, While _, Child _ -> true;
      case NoOp _, Job _ -> false;
    };
  }

  private static boolean endsOthers(Attempt failed) {
    return failed.status == StepStatus.FATALLY_FAILED
        && (failed.step.common().mode() == Mode.FAIL_IMMEDIATELY
            || above(failed).stream()
                .anyMatch(one -> one.step.common().mode() == Mode.FAIL_IMMEDIATELY));
  }

  private static List<Attempt> above(Attempt attempt) {
    var all = new ArrayList<Attempt>();
    for (var at = attempt.run.instance.above(); at != null; at = at.run.instance.above()) {
      all.add(at);
    }
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
   * Begins another run of an instance, or lets it wait for its turn.
   *
   * @param way from it downwards; empty for the policy alone
   * @param given the params that are handed to it
   */
  private void begin(Instance instance, Policy policy, List<Way> way, Map<String, Object> given) {
    var last = instance.runs.isEmpty() ? null : instance.last();
    if (last != null && (last.live() || isRefused(instance))) {
      throw new IllegalStateException("expected to be able to run " + instance + " again");
    }
    var run = new Run(instance, way.isEmpty() ? policy : way.getFirst().policy(), way, event);
    run.params.put(Definitions.PLACE, place);
    run.params.putAll(instance.declared);
    if (last != null) {
      run.params.putAll(last.params);
      run.before.putAll(last.earlier);
      run.before.putAll(last.attempts);
    }
    run.params.putAll(given);
    var part = way.isEmpty() ? Part.WHOLE : way.getFirst().part();
    run.skipped.addAll(part.skipped());
    if (run.policy == Policy.SKIPPED) {
      run.skipped.add(Objects.requireNonNull(way.getFirst().step()));
    }
    var again = new LinkedHashSet<String>();
    for (var step : instance.steps) {
      var before = run.before.get(step.id());
      var wanted =
          switch (run.policy) {
            case BEGINNING -> true;
            case INCOMPLETE -> before == null || !before.status.complete();
            case SPECIFIC, SKIPPED -> step.id().equals(way.getFirst().step());
            case CUSTOMIZED -> part.starts().isEmpty() || part.starts().contains(step.id());
          };
      if (wanted) {
        again.add(step.id());
      }
    }
    if (run.policy.isFromStep()) {
      run.roots.addAll(again);
    }
    run.roots.addAll(part.starts());
    withWhatFollows(instance.steps, again);
    if (!part.ends().isEmpty()) {
      again.retainAll(withWhatLeadsTo(instance.steps, part.ends()));
    }
    run.graph.addAll(again);
    run.before.forEach((id, before) -> {
      if (!again.contains(id)) {
        run.earlier.put(id, before);
        if (before.status.complete() && run.policy != Policy.CUSTOMIZED) {
          run.graph.add(id);
        }
      }
    });
    instance.runs.add(run);
    if (instance.parent != null && instance.parent.pass != null && !instance.alone) {
      instance.parent.pass.child = run;
    }
    instance.blocking = false;
    changed.add(run);
    findPlace(run);
  }

  // ------------------------------------------------------------------ run strategies

  private Program.@Nullable Rule rule(Instance instance) {
    return instance.isIteration() ? null : flowOf(instance.flow).rule();
  }

  private List<Instance> others(Instance instance, RunStatus status) {
    return all(instance.flow).stream()
        .filter(other -> other != instance && !other.runs.isEmpty())
        .filter(other -> other.last().status == status)
        .toList();
  }

  /** Whether an instance can't be run again because another one is there. */
  private boolean isRefused(Instance instance) {
    return rule(instance) == Program.Rule.FIRST_ONLY
        && !(others(instance, RunStatus.IN_PROGRESS).isEmpty()
            && others(instance, RunStatus.CREATED).isEmpty());
  }

  private void findPlace(Run run) {
    var instance = run.instance;
    var rule = rule(instance);
    if (rule == null) {
      admit(run);
      return;
    }
    var running = others(instance, RunStatus.IN_PROGRESS);
    var queued = others(instance, RunStatus.CREATED);
    switch (rule) {
      case SEQUENTIAL, STRICT_SEQUENTIAL, PARALLEL -> {
        // What waits goes by number: a failure that is run again may come before what it held back.
        admitNext(instance);
      }
      case FIRST_ONLY -> {
        if (running.isEmpty() && queued.isEmpty()) {
          admit(run);
        } else {
          finish(run, RunStatus.STOPPED);
        }
      }
      case LAST_ONLY, SERIAL_LATEST_ONLY -> {
        queued.forEach(other -> finish(other.last(), RunStatus.STOPPED));
        if (running.isEmpty()) {
          admit(run);
        } else if (rule == Program.Rule.LAST_ONLY) {
          running.forEach(other -> halt(other.last(), RunStatus.STOPPED));
        }
      }
    }
  }

  private boolean isHeldBack(Program.Rule rule, Instance instance) {
    return rule == Program.Rule.STRICT_SEQUENTIAL
        && all(instance.flow).stream().anyMatch(other -> other.blocking);
  }

  private void admit(Run run) {
    run.status = RunStatus.IN_PROGRESS;
    changed.add(run);
    look(run);
  }

  /** There may be room for those that wait. */
  private void admitNext(Instance of) {
    var rule = rule(of);
    if (rule == null) {
      return;
    }
    for (var instance : List.copyOf(all(of.flow))) {
      var running =
          all(of.flow).stream().filter(o -> o.last().status == RunStatus.IN_PROGRESS).count();
      if (running >= rule.places() || isHeldBack(rule, of)) {
        return;
      }
      if (instance.last().status == RunStatus.CREATED) {
        admit(instance.last());
      }
    }
  }

  /** Failures of the first workflow hold nothing back any more. */
  void unblock() {
    roots().forEach(root -> root.blocking = false);
    if (!roots().isEmpty()) {
      admitNext(roots().getFirst());
    }
  }

  // ------------------------------------------------------------------ runs

  private static Set<String> withWhatLeadsTo(List<Step> steps, Set<String> ends) {
    var ids = new LinkedHashSet<>(ends);
    for (var grew = true; grew; ) {
      grew = false;
      for (var step : steps) {
        grew |=
            step.common().next().keySet().stream().anyMatch(ids::contains) && ids.add(step.id());
      }
    }
    return ids;
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
    if (run.looking || run.status != RunStatus.IN_PROGRESS) {
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
                run.skipped.contains(step.id()));
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
            a.status == StepStatus.INTERNALLY_FAILED
                || (a.status == StepStatus.FATALLY_FAILED
                    && a.step.common().mode() == Mode.FAIL_IMMEDIATELY));
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
            case FATALLY_FAILED, INTERNALLY_FAILED -> RunStatus.FAILED;
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
      case SUCCEEDED, CREATED, IN_PROGRESS -> StepStatus.SUCCEEDED;
    };
  }

  private void finish(Run run, RunStatus status) {
    run.status = status;
    run.instance.blocking = status == RunStatus.FAILED && !run.instance.isIteration();
    changed.add(run);
    // Who waits already takes the place before anybody who comes because this has ended.
    admitNext(run.instance);
    var parent = run.instance.above();
    if (parent != null && parent.live()) {
      belowEnded(parent, run);
    }
  }

  private void halt(Run run, RunStatus as) {
    if (run.status == RunStatus.CREATED) {
      finish(run, as);
    } else if (run.live() && run.halt == null) {
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
    try {
      evaluate(attempt);
    } catch (NoValueException _) {
      attempt.params.clear();
      if (!skip) {
        finish(attempt, StepStatus.INTERNALLY_FAILED);
        return attempt;
      }
    }
    if (skip) {
      finish(attempt, StepStatus.SKIPPED);
      return attempt;
    }
    switch (step) {
      case NoOp _ -> finish(attempt, StepStatus.SUCCEEDED);
      case Job job -> {
        if (job.needsPermit() && permits > 0) {
          attempt.waiting = true;
          wantPermits.add(attempt);
        }
      }
      case Foreach loop -> beginForeach(attempt, loop, below);
      case While loop -> beginWhile(attempt, loop, below);
      case Child child -> beginChild(attempt, child, below);
    }
    return attempt;
  }

  /** All params of a step, before anything of it begins. */
  private static void evaluate(Attempt attempt) {
    var run = attempt.run;
    attempt
        .step
        .common()
        .params()
        .forEach((name, value) -> attempt.params.put(name, value.value(run)));
    switch (attempt.step) {
      case Job _ -> attempt.params.put(Definitions.RESULT, 0L);
      case Foreach loop -> attempt.items = combinations(loop, run);
      case Child child ->
          child.given().forEach((name, value) -> attempt.given.put(name, value.value(run)));
      case While _, NoOp _ -> {}
    }
  }

  // ------------------------------------------------------------------ permits

  /**
   * Gives the permits that are free to those that have waited for the longest.
   *
   * @return those of which only some get one, and nothing says which; empty if there are none
   */
  List<Attempt> grant() {
    holdPermits.removeIf(attempt -> !attempt.live());
    wantPermits.removeIf(attempt -> !attempt.live());
    while (!wantPermits.isEmpty() && holdPermits.size() < permits) {
      var event = wantPermits.getFirst().event;
      var together = wantPermits.stream().filter(attempt -> attempt.event == event).toList();
      if (together.size() > permits - holdPermits.size()) {
        return together;
      }
      together.forEach(this::grant);
    }
    return List.of();
  }

  void grant(Attempt attempt) {
    attempt.waiting = false;
    wantPermits.remove(attempt);
    holdPermits.add(attempt);
  }

  // ------------------------------------------------------------------ how steps end

  /** Ends an attempt for good, and looks at what follows. */
  private void finish(Attempt attempt, StepStatus as) {
    attempt.status = as;
    changed.add(attempt.run);
    if (as.complete()) {
      try {
        attempt
            .step
            .common()
            .next()
            .forEach((next, condition) -> {
              if (condition.holds(attempt.run)) {
                attempt.taken.add(next);
              }
            });
      } catch (NoValueException _) {
        attempt.taken.clear();
        attempt.status = StepStatus.INTERNALLY_FAILED;
      }
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
          case FATALLY_FAILED, INTERNALLY_FAILED, COMPLETED_WITH_ERROR -> RunStatus.FAILED;
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

  private Instance below(Attempt attempt, int index, List<Step> steps) {
    var known = attempt.run.instance.below.computeIfAbsent(attempt.step.id(), _ -> new TreeMap<>());
    var instance =
        known.computeIfAbsent(
            index,
            _ -> new Instance(attempt.place() + "[" + index + "]", "", steps, Map.of(), index));
    instance.parent = attempt;
    return instance;
  }

  private Program.Flow flowOf(String id) {
    return Objects.requireNonNull(flows.get(id), id);
  }

  private void beginForeach(Attempt attempt, Foreach loop, List<Way> below) {
    var run = attempt.run;
    var all = attempt.items;
    var before = run.instance.passes.get(loop.id());
    var continued = goesOn(attempt) || !below.isEmpty() ? before : null;
    if (continued != null && continued.total != all.size()) {
      finish(attempt, failed(loop));
      return;
    }
    var pass = new Pass(all.size());
    attempt.pass = pass;
    run.instance.passes.put(loop.id(), pass);
    if (continued != null) {
      pass.known.putAll(continued.known);
      pass.present.putAll(continued.present);
      pass.present.values().forEach(instance -> instance.parent = attempt);
    }
    for (int i = 0; i < all.size(); i++) {
      var kept = pass.present.get(i);
      if (below.isEmpty()
          ? kept == null || kept.last().status != RunStatus.SUCCEEDED
          : i == below.getFirst().instance().index) {
        pass.present.remove(i);
        pass.left.add(i);
      } else if (kept != null && kept.last().status != RunStatus.SUCCEEDED) {
        pass.tolerated.add(i);
      }
    }
    goOn(attempt, loop, pass, below);
  }

  /** Begins iterations while there is room and nothing holds them back; ends what is done. */
  private void goOn(Attempt attempt, Foreach loop, Pass pass, List<Way> below) {
    if (pass.beginning) {
      return;
    }
    pass.beginning = true;
    while (attempt.live() && attempt.ending == null && !pass.halted) {
      var running = pass.present.values().stream().filter(one -> one.last().live()).count();
      var index =
          !pass.asked.isEmpty()
              ? pass.asked.firstKey()
              : isOver(loop, pass) || pass.left.isEmpty() ? null : pass.left.first();
      if (index == null || running >= loop.width()) {
        break;
      }
      beginIteration(attempt, loop, pass, index, below);
    }
    pass.beginning = false;
    endForeachWhenDone(attempt, pass);
  }

  private void beginIteration(
      Attempt attempt, Foreach loop, Pass pass, int index, List<Way> below) {
    var asked = pass.asked.remove(index);
    pass.left.remove(index);
    var known = pass.known.containsKey(index);
    var instance = below(attempt, index, loop.steps());
    pass.present.put(index, instance);
    pass.known.put(index, instance);
    changed.add(attempt.run);
    // It is given what the loop is given now, also if it was kept from an earlier run.
    var given = new LinkedHashMap<>(attempt.run.params);
    given.putAll(attempt.items.get(index));
    if (asked == null) {
      begin(instance, known ? Policy.INCOMPLETE : Policy.BEGINNING, below, given);
    } else {
      begin(instance, asked.policy(), asked.way(), given);
    }
  }

  /** Whether more iterations of a pass have failed than may. */
  private static boolean isOver(Foreach loop, Pass pass) {
    return pass.present.entrySet().stream()
            .filter(one -> !pass.tolerated.contains(one.getKey()))
            .map(one -> one.getValue().last().status)
            .filter(status -> status.ended() && status != RunStatus.SUCCEEDED)
            .count()
        > loop.mayFail(pass.total);
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
    if (pass == null || !pass.present.containsValue(run.instance)) {
      return;
    }
    switch (attempt.step) {
      case Foreach loop -> {
        if (loop.common().mode() == Mode.FAIL_IMMEDIATELY
            && attempt.ending == null
            && !pass.halted
            && isOver(loop, pass)) {
          pass.halted = true;
          haltBelow(pass, RunStatus.FAILED);
        }
        goOn(attempt, loop, pass, List.of());
      }
      case While loop -> {
        if (run.status != RunStatus.SUCCEEDED || attempt.ending != null) {
          endAs(attempt, run.status);
          return;
        }
        for (var step : run.instance.steps) {
          var view = run.view(step.id()); // null if nothing led there
          if (view != null && view.params.get(loop.variable()) instanceof Long number) {
            pass.value = number;
          }
        }
        nextIteration(attempt, loop, pass, run.instance.index + 1, false, List.of());
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
    var worst =
        pass.present.values().stream()
            .map(one -> one.last().status)
            .max(Comparator.naturalOrder())
            .orElse(RunStatus.SUCCEEDED);
    var all = pass.present.size() == pass.total;
    endAs(attempt, worst == RunStatus.SUCCEEDED && !all ? RunStatus.STOPPED : worst);
  }

  private void endAs(Attempt attempt, RunStatus status) {
    var ending = attempt.ending;
    finish(
        attempt,
        ending != null
            ? ending
            : status == RunStatus.FAILED ? failed(attempt.step) : stepStatus(status));
  }

  private void beginWhile(Attempt attempt, While loop, List<Way> below) {
    var before = attempt.run.instance.passes.get(loop.id());
    var last = attempt.run.before.get(loop.id());
    var ranNothing = attempt.number == 1 && last != null && last.pass == null;
    var goesOn = (goesOn(attempt) || !below.isEmpty()) && !ranNothing;
    var continued = before != null && goesOn && !before.present.isEmpty() ? before : null;
    var pass = new Pass(0);
    pass.value = loop.from();
    var first = 1;
    if (continued != null) {
      first = Collections.max(continued.present.keySet());
      pass.value = continued.value;
      pass.present.putAll(continued.present);
      if (!below.isEmpty()) {
        first = below.getFirst().instance().index;
        pass.value = (Long) below.getFirst().instance().last().name(loop.variable());
        pass.present.keySet().removeIf(index -> index >= below.getFirst().instance().index);
      }
    }
    attempt.pass = pass;
    attempt.run.instance.passes.put(loop.id(), pass);
    nextIteration(attempt, loop, pass, first, continued != null, below);
  }

  private void nextIteration(
      Attempt attempt, While loop, Pass pass, int index, boolean goesOn, List<Way> below) {
    if (pass.value >= loop.below()) {
      finish(attempt, StepStatus.SUCCEEDED);
      return;
    }
    var instance = below(attempt, index, loop.steps());
    pass.present.put(index, instance);
    changed.add(attempt.run);
    var given = new LinkedHashMap<>(attempt.run.params);
    given.put(loop.variable(), pass.value);
    begin(instance, goesOn ? Policy.INCOMPLETE : Policy.BEGINNING, below, given);
  }

  private void beginChild(Attempt attempt, Child child, List<Way> below) {
    var run = attempt.run;
    var before = run.instance.passes.get(child.id());
    var flow = flowOf(child.flow());
    var known = before == null ? null : before.present.get(0);
    if (known != null && (known.last().live() || isRefused(known))) {
      refused.add(attempt);
      finish(attempt, failed(child));
      return;
    }
    var pass = new Pass(1);
    run.instance.passes.put(child.id(), pass);
    attempt.pass = pass;
    var instance = known == null ? instance(attempt.place(), flow) : known;
    instance.parent = attempt;
    instance.alone = false;
    byThemselves.remove(instance);
    if (child.isAsync()) {
      byThemselves.add(instance);
    }
    pass.present.put(0, instance);
    var given = new LinkedHashMap<>(run.params);
    given.put(Definitions.PLACE, attempt.place());
    given.putAll(attempt.given);
    var goesOn = known != null && goesOn(attempt) && hasIncomplete(known);
    begin(instance, goesOn ? Policy.INCOMPLETE : Policy.BEGINNING, below, given);
    if (child.isAsync()) {
      finish(attempt, StepStatus.SUCCEEDED);
    }
  }

  private static boolean hasIncomplete(Instance instance) {
    return instance.steps.stream()
        .map(step -> instance.last().view(step.id()))
        .anyMatch(last -> last == null || !last.status.complete());
  }

  // ------------------------------------------------------------------ what happens to it

  /** All instances that can be seen, from the roots downwards. */
  Set<Instance> instances() {
    var all = new LinkedHashSet<Instance>();
    roots().forEach(root -> addWithBelow(root, all));
    byThemselves.forEach(one -> addWithBelow(one, all));
    return all;
  }

  private static void addWithBelow(Instance instance, Set<Instance> all) {
    if (!all.add(instance)) {
      return;
    }
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
        .filter(attempt -> attempt.live() && attempt.step instanceof Job && !attempt.waiting)
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
  List<Target> runnableAgain(Policy policy, boolean alone) {
    var all = new ArrayList<Target>();
    for (var instance : instances()) {
      var run = instance.last();
      if (!(alone ? canRunAlone(instance) : canBeReached(instance))) {
        continue;
      }
      if (policy.isFromStep()) {
        instance.steps.stream()
            .filter(step -> canRunAgain(run, step, policy))
            .forEach(step -> all.add(new Target(instance, step)));
      } else if (run.status.ended() && (policy != Policy.INCOMPLETE || hasIncomplete(instance))) {
        all.add(new Target(instance, null));
      }
    }
    return all;
  }

  private static boolean canRunAgain(Run run, Step step, Policy policy) {
    var attempt = run.view(step.id());
    if (attempt == null || attempt.live() || run.status == RunStatus.CREATED) {
      return false;
    }
    return run.status.ended()
        || (run.halt == null
            && run.attempts.containsKey(step.id())
            && !attempt.status.complete()
            && (policy == Policy.SKIPPED || step.common().mode() == Mode.FAIL_AFTER_RUNNING));
  }

  /** Whether it can be run again without what runs its workflow. */
  private boolean canRunAlone(Instance instance) {
    var top = ofWorkflow(instance);
    return top.last().live() ? canBeReached(instance) && top != instance : !isRefused(top);
  }

  /** The instance of a workflow in whose loops it stands, or itself. */
  private static Instance ofWorkflow(Instance instance) {
    var at = instance;
    while (at.isIteration()) {
      at = Objects.requireNonNull(at.parent).run.instance;
    }
    return at;
  }

  /** Whether what runs above it, if anything does, can run it again. */
  private boolean canBeReached(Instance instance) {
    if (instance.last().live()) {
      return true;
    }
    var parent = instance.above();
    if (parent == null) {
      return !isRefused(instance);
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

  /** Whether a customized run of an instance would run anything. */
  static boolean runsAnything(Instance instance, Part part) {
    var ids = new LinkedHashSet<>(part.starts());
    withWhatFollows(instance.steps, ids);
    return part.starts().isEmpty()
        || part.ends().isEmpty()
        || withWhatLeadsTo(instance.steps, part.ends()).stream().anyMatch(ids::contains);
  }

  /** Runs something again: in place if what it belongs to goes on, else from the root down. */
  void again(Target target, Policy policy, @Nullable Long n, boolean alone, Part part) {
    var instance = target.instance();
    var step = target.step();
    if (instance.last().live()) {
      beginStep(
          instance.last(), Objects.requireNonNull(step), 0, List.of(), policy == Policy.SKIPPED);
      look(instance.last());
      return;
    }
    var way = new ArrayList<Way>();
    way.add(new Way(instance, step == null ? null : step.id(), policy, part));
    var top = ofWorkflow(instance);
    if (alone && !top.last().live()) {
      top.alone = true;
      byThemselves.add(top);
    }
    for (var parent = instance.above(); parent != null; parent = instance.above()) {
      var below = instance;
      instance = parent.run.instance;
      if (instance.last().live()) {
        if (parent.step instanceof Foreach loop) {
          var pass = Objects.requireNonNull(parent.pass);
          pass.present.remove(below.index);
          pass.tolerated.remove(below.index);
          pass.asked.put(below.index, new Asked(policy, List.copyOf(way)));
          goOn(parent, loop, pass, List.of());
        } else {
          beginStep(instance.last(), parent.step, 0, way, false);
          look(instance.last());
        }
        return;
      }
      way.addFirst(new Way(instance, parent.step.id(), Policy.SPECIFIC));
    }
    begin(instance, policy, way, n == null ? Map.of() : Map.of("n", n));
  }
}
