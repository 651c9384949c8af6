package org.maestro.benchmark.language;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.language.Model.Attempt;
import org.maestro.benchmark.language.Model.Instance;
import org.maestro.benchmark.language.Model.Part;
import org.maestro.benchmark.language.Model.Run;
import org.maestro.benchmark.language.Model.RunStatus;
import org.maestro.benchmark.language.Model.Target;
import org.maestro.benchmark.language.Program.Act;
import org.maestro.benchmark.language.Program.Again;
import org.maestro.benchmark.language.Program.End;
import org.maestro.benchmark.language.Program.Foreach;
import org.maestro.benchmark.language.Program.Move;
import org.maestro.benchmark.language.Program.Policy;
import org.maestro.benchmark.language.Program.Start;
import org.maestro.benchmark.language.Program.Unblock;
import org.maestro.benchmark.language.Program.While;
import tools.jackson.databind.JsonNode;

/**
 * One program through the model and an engine, move by move. After each the engine has to come to
 * what the model says: the jobs at work, and the runs in which something happened.
 */
final class Session {
  private static final String WORKFLOWS = "/workflows";
  private static final String TAG_PERMITS = "/tag-permits";

  /** Milliseconds between two looks at a run that is not yet where it should be. */
  private static final long SHORTEST_REST = 80;

  private static final long LONGEST_REST = 200;

  /** How an iteration stands that is to be run again, or is. */
  private static final Set<String> NOT_ENDED = Set.of("QUEUED", "RUNNING");

  /** Instances of the first workflow. */
  private static final int MOST_ROOTS = 5;

  private final Engine engine;
  private final JobServer.Jobs jobs;
  private final Program program;
  private final Definitions definitions;
  private final Duration patience;
  private final Model model;
  private final Map<Instance, Name> names = new HashMap<>();
  private final Map<Instance, Numbers> numbers = new HashMap<>();
  private final List<String> happened = new ArrayList<>();

  /** Runs that agreed after the latest move. */
  private final Set<Run> justCompared = new HashSet<>();

  /** The latest run of an instance, in the model and in the engine. */
  private record Numbers(int model, long engine) {}

  /** An instance as the engine calls it. */
  private record Name(String workflowId, long number) {
    String path() {
      return WORKFLOWS + "/" + workflowId + "/instances/" + number;
    }
  }

  /** Ends a session early. */
  private static final class DifferenceException extends Exception {
    private static final long serialVersionUID = 1;

    private final Difference.Kind kind;

    DifferenceException(Difference.Kind kind, String text) {
      super(text);
      this.kind = kind;
    }
  }

  private Session(
      Engine engine, JobServer server, Program program, String prefix, Duration patience) {
    this.engine = engine;
    this.jobs = server.jobs(prefix);
    this.program = program;
    this.definitions = new Definitions(prefix, server.address());
    this.patience = patience;
    this.model = new Model(program, prefix);
  }

  /**
   * Runs a program to its end, or to the first difference.
   *
   * @param prefix that no other program on this engine has
   * @param patience how long the engine may take to come to what the model says
   */
  static @Nullable Difference run(
      Engine engine, JobServer server, Program program, String prefix, Duration patience) {
    var session = new Session(engine, server, program, prefix, patience);
    try {
      session.run();
      return null;
    } catch (DifferenceException e) {
      return new Difference(e.kind, String.valueOf(e.getMessage()), List.copyOf(session.happened));
    } catch (UncheckedIOException e) {
      throw e; // the engine has gone
    } catch (RuntimeException e) {
      return new Difference(
          Difference.Kind.REFUSED,
          "went wrong: %s at %s".formatted(e, List.of(e.getStackTrace()).subList(0, 3)),
          List.copyOf(session.happened));
    } finally {
      session.leave();
      server.forget(prefix);
    }
  }

  private void run() throws DifferenceException {
    if (program.permits() != null) {
      require(
          engine.call(
              "POST",
              TAG_PERMITS,
              Map.of("tag", definitions.tag(), "max_allowed", program.permits())));
    }
    for (var flow : program.flows().reversed()) {
      require(
          engine.call(
              "POST",
              WORKFLOWS,
              Map.of(
                  "properties",
                  Definitions.properties(flow),
                  "workflow",
                  definitions.definition(flow))));
    }
    start(null);
    settle();
    for (var move : program.moves()) {
      make(move);
    }
    for (var left = model.jobs(); !left.isEmpty(); left = model.jobs()) {
      make(new End(0, 0));
    }
    for (var instance : model.instances()) {
      var run = instance.last();
      if (!justCompared.contains(run)) {
        compareSteps(run);
      }
      // How the iterations of a foreach ended was counted by its step.
      if (!instance.isOfForeach() || run.attempts.isEmpty()) {
        compareStatus(run);
      }
    }
  }

  private void start(@Nullable Long n) throws DifferenceException {
    var root = model.start(n);
    var params = new LinkedHashMap<String, Object>();
    params.put(Definitions.PLACE, Map.of("type", "STRING", "value", model.placeOf(root)));
    if (n != null) {
      params.put("n", Map.of("type", "LONG", "value", n));
    }
    var workflow = definitions.id(program.flows().getFirst().id());
    var answer =
        require(
            engine.ask(
                WORKFLOWS + "/" + workflow + "/versions/latest/actions/start",
                Map.of("initiator", Map.of("type", "manual"), "run_params", params)));
    names.put(root, new Name(workflow, answer.json().path("workflow_instance_id").asLong()));
  }

  /** What goes on after a difference would disturb others. */
  private void leave() {
    for (var instance : model.roots()) {
      endIfLive(instance);
    }
    model.instances().stream().filter(Session::isTop).forEach(this::endIfLive);
    if (program.permits() != null) {
      engine.call("DELETE", TAG_PERMITS + "/" + definitions.tag(), null);
    }
  }

  private void endIfLive(Instance instance) {
    var name = names.get(instance);
    if (name != null && instance.last().live()) {
      engine.call("PUT", name.path() + "/actions/kill", null);
    }
  }

  private Engine.Answer require(Engine.Answer answer) throws DifferenceException {
    return require(answer, answer.accepted());
  }

  private static Engine.Answer require(Engine.Answer answer, boolean fine)
      throws DifferenceException {
    if (!fine) {
      throw new DifferenceException(
          Difference.Kind.REFUSED, "expected 2xx, found " + answer.status() + " " + answer.text());
    }
    return answer;
  }

  // ------------------------------------------------------------------ moves

  private void make(Move move) throws DifferenceException {
    var before = places();
    var ended = new HashSet<String>();
    switch (move) {
      case End(var which, var outcome) -> {
        var job = one(model.jobs(), which);
        if (job == null) {
          return;
        }
        var status = outcome < 4 ? 200 + outcome : outcome == 4 ? 404 : 500;
        happened.add("job %s ends with %d".formatted(job, status));
        ended.add(job.place());
        jobs.end(job.place(), status);
        model.endJob(job, outcome);
      }
      case Act(var which, var action) -> {
        var possible =
            model.atWork().stream()
                .filter(target -> action != Program.Action.SKIP || target.step() != null)
                .toList();
        var target = one(possible, which);
        if (target == null) {
          return;
        }
        happened.add(action + " " + words(target));
        var path = path(target) + "/actions/" + lower(action);
        model.act(target, action);
        var answer = engine.call("PUT", path, null);
        require(answer, target.step() == null ? answer.accepted() : answer.kept());
      }
      case Again again -> {
        var alone = again.isAlone() && again.policy() != Policy.SKIPPED;
        var target = one(model.runnableAgain(again.policy(), alone), again.which());
        if (target == null) {
          return;
        }
        again(target, again, alone);
      }
      case Start(var n) -> {
        if (model.roots().size() == MOST_ROOTS) {
          return;
        }
        happened.add("start" + (n == null ? "" : " with n = " + n));
        start(n);
      }
      case Unblock _ -> {
        happened.add("unblock");
        var workflow = definitions.id(program.flows().getFirst().id());
        model.unblock();
        require(engine.call("PUT", WORKFLOWS + "/" + workflow + "/actions/unblock", null));
      }
    }
    before.removeAll(ended);
    before.removeAll(places());
    before.forEach(jobs::drop);
    settle();
  }

  private void again(Target target, Again again, boolean alone) throws DifferenceException {
    var policy = again.policy();
    var root = model.roots().contains(target.instance());
    var n = root && !target.instance().last().live() && policy != Policy.SKIPPED ? again.n() : null;
    var part =
        policy == Policy.CUSTOMIZED ? Part.of(again.part(), target.instance().steps) : Part.WHOLE;
    if (!Model.runsAnything(target.instance(), part)) {
      part = Part.WHOLE;
    }
    happened.add(
        "restart %s %s%s%s%s"
            .formatted(
                words(target),
                policy,
                part.equals(Part.WHOLE) ? "" : " " + part,
                n == null ? "" : " with n = " + n,
                alone ? " alone" : ""));
    var path = path(target) + "/actions/";
    model.again(target, policy, n, alone, part);
    if (policy == Policy.SKIPPED) {
      require(engine.call("PUT", path + "skip", null));
      return;
    }
    var body = new LinkedHashMap<String, Object>();
    body.put(
        "restart_policy",
        switch (policy) {
          case SPECIFIC, SKIPPED -> "RESTART_FROM_SPECIFIC";
          case INCOMPLETE, BEGINNING -> "RESTART_FROM_" + policy;
          case CUSTOMIZED -> "RESTART_CUSTOMIZED_RUN";
        });
    if (n != null) {
      body.put("run_params", Map.of("n", Map.of("type", "LONG", "value", n)));
    }
    if (alone) {
      body.put(
          "upstream_restart_mode",
          target.instance().isIteration() || again.which() % 2 == 0
              ? "RESTART_FROM_INLINE_ROOT"
              : "RESTART_FROM_STEP");
    }
    if (policy == Policy.CUSTOMIZED) {
      body.put("start_steps", part.starts());
      body.put("end_steps", part.ends());
      body.put("skip_steps", part.skipped());
    }
    require(engine.ask(path + "restart", body));
    var waiting = Model.waitingForRoom(target.instance());
    if (waiting != null) {
      awaitQueued(waiting);
    }
  }

  /**
   * That an iteration is to be run again is told to its loop, which tells its chunk. What happens
   * next must not come before that: which iteration has its turn would be up to chance.
   */
  private void awaitQueued(Instance iteration) {
    var above = Objects.requireNonNull(iteration.above());
    var path =
        "%s/runs/latest/steps/%s/iterations/%d"
            .formatted(
                Objects.requireNonNull(names.get(above.run.instance)).path(),
                above.step.id(),
                iteration.index);
    var deadline = System.nanoTime() + patience.toNanos();
    for (var ended = true; ended && System.nanoTime() < deadline; ) {
      rest(SHORTEST_REST);
      var answer = engine.get(path);
      ended = !answer.accepted() || !NOT_ENDED.contains(answer.json().path("status").asString());
    }
  }

  private static <T> @Nullable T one(List<T> all, int which) {
    return all.isEmpty() ? null : all.get(which % all.size());
  }

  private static String lower(Program.Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private static String words(Target target) {
    return target.step() == null
        ? "run " + target.instance()
        : "step " + target.step().id() + " of " + target.instance();
  }

  private String path(Target target) {
    var path = Objects.requireNonNull(names.get(target.instance())).path();
    return target.step() == null ? path : path + "/steps/" + target.step().id();
  }

  private Set<String> places() {
    var places = new TreeSet<String>();
    model.jobs().forEach(job -> places.add(job.place()));
    return places;
  }

  // ------------------------------------------------------------------ comparing

  private void settle() throws DifferenceException {
    if (model.isUndecided()) {
      throw new DifferenceException(Difference.Kind.UNDECIDED, "");
    }
    var deadline = System.nanoTime() + patience.toNanos();
    var event = model.event();
    var changed = model.changes();
    var late = new HashSet<String>();
    for (var run : changed) {
      run.attempts.values().stream()
          .filter(attempt -> attempt.step instanceof Program.Job)
          .filter(attempt -> !attempt.live() && attempt.event == event)
          .forEach(attempt -> late.add(attempt.place()));
    }
    grant(deadline);
    var expected = places();
    var instead = jobs.await(expected, late, deadline);
    if (instead != null) {
      throw new DifferenceException(
          Difference.Kind.JOBS,
          "expected jobs %s, found %s%s%s".formatted(expected, instead, missing(instead), seen()));
    }
    justCompared.clear();
    rest(SHORTEST_REST);
    for (var instance : List.copyOf(model.instances())) {
      var run = instance.last();
      if (changed.contains(run)) {
        awaitAgreement(run, deadline);
        justCompared.add(run);
      }
    }
  }

  private void awaitAgreement(Run run, long deadline) throws DifferenceException {
    for (long rest = SHORTEST_REST; ; rest = Math.min(rest * 2, LONGEST_REST)) {
      try {
        compare(run);
        return;
      } catch (DifferenceException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      rest(rest);
    }
  }

  /** Which of several jobs get a permit is the engine's to say; how many of them is not. */
  private void grant(long deadline) throws DifferenceException {
    for (var some = model.grant(); !some.isEmpty(); some = model.grant()) {
      var byPlace = new TreeMap<String, Attempt>();
      some.forEach(attempt -> byPlace.put(attempt.place(), attempt));
      var first = jobs.awaitOne(byPlace.keySet(), deadline);
      if (first == null) {
        throw new DifferenceException(
            Difference.Kind.JOBS,
            "expected a permit for one of %s, found none%s".formatted(byPlace.keySet(), seen()));
      }
      model.grant(Objects.requireNonNull(byPlace.get(first)));
    }
  }

  private static void rest(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How the steps stand whose jobs don't come, for a person. */
  private String missing(Set<String> instead) {
    var text = new StringBuilder();
    for (var attempt : model.jobs()) {
      var name = names.get(attempt.run.instance);
      if (!instead.contains(attempt.place()) && name != null) {
        var step =
            engine.get(
                name.path() + "/runs/latest/steps/" + attempt.step.id() + "/attempts/latest");
        text.append("; ").append(attempt).append(" is ").append(step.status()).append(' ');
        if (step.accepted()) {
          text.append(step.json().path("runtime_state"))
              .append(' ')
              .append(step.json().path("timeline"));
        }
      }
    }
    return text.toString();
  }

  /** How the last root stands, for a person. */
  private String seen() {
    var root = model.roots().getLast();
    var answer = engine.get(Objects.requireNonNull(names.get(root)).path() + "/runs/latest");
    return answer.accepted()
        ? "; the root's run %s is %s, the model's %d is %s"
            .formatted(
                answer.json().path("workflow_run_id").asString(),
                answer.json().path("status").asString(),
                root.last().number,
                root.last().status)
        : "";
  }

  private void compare(Run run) throws DifferenceException {
    if (run.attempts.isEmpty() || (isTop(run.instance) && run.status != RunStatus.IN_PROGRESS)) {
      compareStatus(run);
    }
    compareSteps(run);
  }

  private void compareSteps(Run run) throws DifferenceException {
    compareSteps(run, require(engine.get(name(run) + "/runs/latest/steps")).json());
  }

  /** The address of what a run is one of. */
  private String name(Run run) throws DifferenceException {
    var name = names.get(run.instance);
    if (name == null) {
      throw new DifferenceException(
          Difference.Kind.RUN, "expected run %s, found none".formatted(run.instance));
    }
    return name.path();
  }

  /** Whether nothing above it shows how it stands. */
  private static boolean isTop(Instance instance) {
    return !instance.isIteration() && instance.above() == null;
  }

  private void compareStatus(Run run) throws DifferenceException {
    var found = require(engine.get(name(run) + "/runs/latest")).json();
    var status = found.path("status").asString();
    var number = found.path("workflow_run_id").asLong();
    if (!status.equals(run.status.name())) {
      throw new DifferenceException(
          run.status.ended() && (status.equals("IN_PROGRESS") || status.equals("CREATED"))
              ? Difference.Kind.GOES_ON
              : Difference.Kind.RUN,
          "expected run %d of %s to be %s, found run %d to be %s"
              .formatted(run.number, run.instance, run.status, number, status));
    }
    compareNumbers(run, number);
  }

  /** An iteration's runs are numbered by the passes of its loop, others one by one. */
  private void compareNumbers(Run run, long number) throws DifferenceException {
    var seen = numbers.get(run.instance);
    if (run.instance.isIteration()
        ? seen != null && (seen.model() == run.number) != (seen.engine() == number)
        : number != run.number) {
      throw new DifferenceException(
          Difference.Kind.AGAIN,
          "expected run %d of %s, found run %d%s"
              .formatted(run.number, run.instance, number, seen == null ? "" : " after " + seen));
    }
    numbers.put(run.instance, new Numbers(run.number, number));
  }

  private void compareSteps(Run run, JsonNode found) throws DifferenceException {
    var expectedSteps = new TreeMap<String, String>();
    var foundSteps = new TreeMap<String, String>();
    run.attempts.forEach((id, attempt) ->
        expectedSteps.put(
            id,
            (attempt.waiting && attempt.live() ? "WAITING_FOR_PERMITS" : attempt.status)
                + "#"
                + attempt.number));
    for (var step : found) {
      foundSteps.put(
          step.path("step_id").asString(),
          plain(step.path("runtime_state").path("status").asString())
              + "#"
              + step.path("step_attempt_id").asLong());
    }
    if (!expectedSteps.equals(foundSteps)) {
      throw new DifferenceException(
          Difference.Kind.STEPS,
          "expected steps %s of %s, found %s".formatted(expectedSteps, run.instance, foundSteps));
    }
    if (!found.isEmpty()) {
      compareNumbers(run, found.get(0).path("workflow_run_id").asLong());
    }
    for (var step : found) {
      var attempt = Objects.requireNonNull(run.attempts.get(step.path("step_id").asString()));
      compareValues(attempt, step.path("params"));
      learnNames(attempt, step.path("artifacts"));
    }
  }

  private static String plain(String status) {
    return switch (status) {
      case "CREATED", "INITIALIZED", "EVALUATING_PARAMS", "STARTING" -> "RUNNING";
      default -> status;
    };
  }

  private static void compareValues(Attempt attempt, JsonNode params) throws DifferenceException {
    for (var entry : attempt.params.entrySet()) {
      var result = params.path(entry.getKey()).path("evaluated_result");
      var found = result.isString() ? result.asString() : result.toString();
      if (!found.equals(entry.getValue().toString())) {
        throw new DifferenceException(
            Difference.Kind.VALUE,
            "expected %s of %s to be %s, found %s"
                .formatted(entry.getKey(), attempt, entry.getValue(), found));
      }
    }
  }

  /** Iterations and children are named by the step that runs them. */
  private void learnNames(Attempt attempt, JsonNode artifacts) throws DifferenceException {
    var pass = attempt.pass;
    if (pass == null) {
      return;
    }
    switch (attempt.step) {
      case Foreach _ -> {
        var loop = artifacts.path("maestro_foreach");
        pass.present.forEach((index, instance) ->
            names.put(instance, new Name(loop.path("foreach_workflow_id").asString(), index + 1L)));
        if (!attempt.live() && pass.total > 0) {
          compareCounts(attempt, pass, loop.path("foreach_overview").path("stats"));
        }
      }
      case While _ -> {
        var id = artifacts.path("maestro_while").path("loop_workflow_id").asString();
        pass.present.forEach((index, instance) -> names.put(instance, new Name(id, index)));
      }
      case Program.Child _ -> {
        var child = artifacts.path("maestro_subworkflow");
        if (child.isMissingNode()) {
          throw new DifferenceException(
              Difference.Kind.STEPS, "expected " + attempt + " to have a child, found none");
        }
        names.put(
            Objects.requireNonNull(pass.present.get(0)),
            new Name(
                child.path("subworkflow_id").asString(),
                child.path("subworkflow_instance_id").asLong()));
      }
      case Program.NoOp _, Program.Job _ -> {}
    }
  }

  private static void compareCounts(Attempt attempt, Model.Pass pass, JsonNode stats)
      throws DifferenceException {
    var expected = new TreeMap<String, Long>();
    pass.present.values().forEach(one -> expected.merge(one.last().status.name(), 1L, Long::sum));
    var found = new TreeMap<String, Long>();
    stats.properties().forEach(entry -> found.put(entry.getKey(), entry.getValue().asLong()));
    if (!expected.equals(found)) {
      throw new DifferenceException(
          Difference.Kind.VALUE,
          "expected counts %s of %s, found %s".formatted(expected, attempt, found));
    }
  }
}
