package org.maestro.benchmark.language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.language.Model.Attempt;
import org.maestro.benchmark.language.Model.Instance;
import org.maestro.benchmark.language.Model.Run;
import org.maestro.benchmark.language.Model.Target;
import org.maestro.benchmark.language.Program.Act;
import org.maestro.benchmark.language.Program.Again;
import org.maestro.benchmark.language.Program.End;
import org.maestro.benchmark.language.Program.Foreach;
import org.maestro.benchmark.language.Program.Move;
import org.maestro.benchmark.language.Program.Policy;
import org.maestro.benchmark.language.Program.While;
import tools.jackson.databind.JsonNode;

/**
 * One program through the model and an engine, move by move. After each the engine has to come to
 * what the model says: the jobs at work, and the runs in which something happened.
 */
final class Session {
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "owner",
          "tester",
          "step_concurrency",
          1000,
          "run_strategy",
          Map.of("rule", "PARALLEL", "workflow_concurrency", 1000));

  private final Engine engine;
  private final JobServer.Jobs jobs;
  private final Program program;
  private final Definitions definitions;
  private final Duration patience;
  private final Model model;
  private final Map<Instance, Name> names = new HashMap<>();
  private final Map<Instance, Numbers> numbers = new HashMap<>();
  private final List<String> happened = new ArrayList<>();

  /** The latest run of an instance, in the model and in the engine. */
  private record Numbers(int model, long engine) {}

  /** An instance as the engine calls it. */
  private record Name(String workflowId, long number) {
    String path() {
      return "/" + workflowId + "/instances/" + number;
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
    } finally {
      session.leave();
      server.forget(prefix);
    }
  }

  private void run() throws DifferenceException {
    for (var flow : program.flows().reversed()) {
      require(
          engine.call(
              "POST",
              "",
              Map.of("properties", PROPERTIES, "workflow", definitions.definition(flow))));
    }
    var root = definitions.id(program.flows().getFirst().id());
    names.put(model.root, new Name(root, 1));
    require(
        engine.call(
            "POST",
            "/" + root + "/versions/latest/actions/start",
            Map.of("initiator", Map.of("type", "manual"))));
    settle();
    for (var move : program.moves()) {
      make(move);
    }
    for (var left = model.jobs(); !left.isEmpty(); left = model.jobs()) {
      make(new End(0, 0));
    }
    for (var instance : model.instances()) {
      compare(instance.last());
      compareStatus(instance.last());
    }
  }

  /** What goes on after a difference would disturb others. */
  private void leave() {
    var name = names.get(model.root);
    if (name != null && !happened.isEmpty()) {
      var last = model.root.last();
      if (last.live()) {
        engine.call("PUT", name.path() + "/actions/kill", null);
      }
    }
  }

  private Engine.Answer require(Engine.Answer answer) throws DifferenceException {
    if (!answer.accepted()) {
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
        require(engine.call("PUT", path, null));
      }
      case Again(var which, var policy, var n) -> {
        var target = one(model.runnableAgain(policy), which);
        if (target == null) {
          return;
        }
        var takesParams =
            target.instance() == model.root
                && !model.root.last().live()
                && policy != Policy.SKIPPED;
        again(target, policy, takesParams ? n : null);
      }
    }
    before.removeAll(ended);
    before.removeAll(places());
    before.forEach(jobs::drop);
    settle();
  }

  private void again(Target target, Policy policy, @Nullable Long n) throws DifferenceException {
    happened.add(
        "restart %s %s%s".formatted(words(target), policy, n == null ? "" : " with n = " + n));
    var path = path(target) + "/actions/";
    model.again(target, policy, n);
    if (policy == Policy.SKIPPED) {
      require(engine.call("PUT", path + "skip", null));
      return;
    }
    var body = new LinkedHashMap<String, Object>();
    body.put(
        "restart_policy", policy.isFromStep() ? "RESTART_FROM_SPECIFIC" : "RESTART_FROM_" + policy);
    if (n != null) {
      body.put("run_params", Map.of("n", Map.of("type", "LONG", "value", n)));
    }
    require(engine.call("POST", path + "restart", body));
  }

  private static <T> @Nullable T one(List<T> all, int which) {
    return all.isEmpty() ? null : all.get(which % all.size());
  }

  private static String lower(Program.Action action) {
    return action.name().toLowerCase(java.util.Locale.ROOT);
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
    var expected = places();
    var instead = jobs.await(expected, late, deadline);
    if (instead != null) {
      throw new DifferenceException(
          Difference.Kind.JOBS,
          "expected jobs %s, found %s%s".formatted(expected, instead, seen()));
    }
    var visible = new LinkedHashSet<>(model.instances());
    for (var instance : visible) {
      if (!changed.contains(instance.last())) {
        continue;
      }
      for (long rest = 2; ; rest = Math.min(rest * 2, 100)) {
        try {
          compare(instance.last());
          break;
        } catch (DifferenceException e) {
          if (System.nanoTime() > deadline) {
            throw e;
          }
        }
        rest(rest);
      }
    }
  }

  private static void rest(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How the root stands, for a person. */
  private String seen() {
    var name = Objects.requireNonNull(names.get(model.root));
    var answer = engine.get(name.path() + "/runs/latest");
    return answer.accepted()
        ? "; the root's run %s is %s, the model's %d is %s"
            .formatted(
                answer.json().path("workflow_run_id").asString(),
                answer.json().path("status").asString(),
                model.root.last().number,
                model.root.last().status)
        : "";
  }

  private void compare(Run run) throws DifferenceException {
    var name = names.get(run.instance);
    if (name == null) {
      throw new DifferenceException(
          Difference.Kind.RUN, "expected run %s, found none".formatted(run.instance));
    }
    if (run.instance == model.root || run.attempts.isEmpty()) {
      compareStatus(run);
    }
    compareSteps(run, require(engine.get(name.path() + "/runs/latest/steps")).json());
  }

  private void compareStatus(Run run) throws DifferenceException {
    var name = Objects.requireNonNull(names.get(run.instance));
    var found = require(engine.get(name.path() + "/runs/latest")).json();
    var status = found.path("status").asString();
    if (status.equals("CREATED")) {
      status = "IN_PROGRESS";
    }
    var number = found.path("workflow_run_id").asLong();
    if (!status.equals(run.status.name())) {
      throw new DifferenceException(
          run.status.ended() && status.equals("IN_PROGRESS")
              ? Difference.Kind.GOES_ON
              : Difference.Kind.RUN,
          "expected run %d of %s to be %s, found run %d to be %s"
              .formatted(run.number, run.instance, run.status, number, status));
    }
    compareNumbers(run, number);
  }

  /** An iteration's runs are numbered by the passes of its loop, others one by one. */
  private void compareNumbers(Run run, long number) throws DifferenceException {
    var isIteration =
        run.instance.parent != null && !(run.instance.parent.step instanceof Program.Child);
    var seen = numbers.get(run.instance);
    if (isIteration
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
    run.attempts.forEach(
        (id, attempt) -> expectedSteps.put(id, attempt.status + "#" + attempt.number));
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
      case "CREATED", "INITIALIZED", "EVALUATING_PARAMS", "WAITING_FOR_PERMITS", "STARTING" ->
          "RUNNING";
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
