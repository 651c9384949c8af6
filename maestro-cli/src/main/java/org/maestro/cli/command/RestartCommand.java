package org.maestro.cli.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.RunParams;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.StepView;
import org.maestro.model.loop.LoopAction;
import org.maestro.model.start.RestartBody;
import org.maestro.model.start.Started;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an instance, or a step of it, again. */
@Command(
    name = "restart",
    description = {
      "Runs an instance, or a step of it, again.",
      "An instance: in a new run, by default only what is not complete and what follows it.",
      "A step: it and what follows it. Repeating it with the same request id restarts once.",
      "With a filter: all instances of a workflow, or iterations of a loop, that it means."
    })
final class RestartCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "such as hello#12 or hello#12/load; with a filter hello or hello#12/each")
  List<String> names = List.of();

  @Option(names = "--from", paramLabel = "WHERE", description = "incomplete (default) or beginning")
  @Nullable From from;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "in this version: a number, active or latest (the one that it ran in)")
  @Nullable String version;

  @Option(
      names = "--above",
      paramLabel = "WHAT",
      description =
          "of an iteration or a child, what above it runs again: all (default), loops, none")
  @Nullable Above above;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description =
          "a parameter of what is run again: of the instance, or of the step; may be repeated")
  List<String> params = List.of();

  @Mixin final ManyOptions many = new ManyOptions();

  @Mixin final RequestIdOption once = new RequestIdOption();

  @Mixin final WatchOption following = new WatchOption();

  /** Where to begin. */
  enum From {
    INCOMPLETE,
    BEGINNING
  }

  /** What of the runs above goes on with it. */
  enum Above {
    ALL,
    LOOPS,
    NONE;

    @Nullable String mode() {
      return switch (this) {
        case ALL -> null;
        case LOOPS -> "RESTART_FROM_INLINE_ROOT";
        case NONE -> "RESTART_FROM_STEP";
      };
    }
  }

  RestartCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if ((names.size() > 1 || many.isGiven()) && (once.requestId != null || following.watch)) {
      throw CommandFailure.usage("expected --request-id and --watch with one instance only");
    }
    if (many.dryRun && !many.isGiven()) {
      throw CommandFailure.usage(
          "expected --dry-run with a filter such as --status failed; found none");
    }
    if (version != null && many.iterations.isGiven()) {
      throw CommandFailure.usage(
          "expected no --version with iterations: they run in the version of their run");
    }
    var code = new AtomicInteger();
    var failed =
        Each.of(
            session,
            names,
            name -> {
              var one = many.isGiven() ? several(name) : one(name);
              code.compareAndSet(0, one);
            });
    return failed == 0 ? code.get() : failed;
  }

  private int several(String name) {
    var ref = Named.by(session, name, Ref.Kind.WORKFLOW, Ref.Kind.STEP_OF_RUN, Ref.Kind.INSTANCE);
    return new Many(session, many, LoopAction.RESTART).act(ref, this::one);
  }

  private int one(String name) {
    var ref = Named.by(session, name, Ref.Kind.INSTANCE, Ref.Kind.STEP_OF_RUN);
    var id = once.requestId == null ? session.newRequestId() : once.requestId;
    var answer = ref.step() == null ? restart(ref, id) : restartStep(ref, id);
    var started = answer.body();
    var run = Ref.run(started.workflowId(), started.workflowInstanceId(), started.workflowRunId());
    var console = session.console();
    console.talk(console.talkStyle().dim("run %s, request id %s".formatted(run, id)));
    if (!following.watch || session.isTable()) {
      session.report().one(run.toString(), answer.tree(), List.of(run.toString()));
    }
    console.flush();
    return (following.watch ? new Watching(session).until(run) : ExitCode.OK).number();
  }

  private Answer<Started> restart(Ref ref, String id) {
    LatestRun.require(session, ref);
    var policy = from == null ? null : "RESTART_FROM_" + from.name();
    var body = body(id, policy, params.isEmpty() ? null : params(ref), null);
    return session
        .server()
        .sendRepeatable(
            "POST",
            Route.instance(ref.workflow(), ref.instanceNumber(), "actions", "restart"),
            body,
            Started.class);
  }

  private Answer<Started> restartStep(Ref ref, String id) {
    if (from != null) {
      throw CommandFailure.usage("expected no --from with a step: it begins with the step itself");
    }
    var step = LatestRun.step(session, ref);
    var body = body(id, null, null, params.isEmpty() ? null : Map.of(step, stepParams(ref, step)));
    return session
        .server()
        .sendRepeatable(
            "POST",
            Route.instance(
                ref.workflow(), ref.instanceNumber(), "steps", step, "actions", "restart"),
            body,
            Started.class);
  }

  private RestartBody body(
      String id,
      @Nullable String policy,
      @Nullable Map<String, Object> runParams,
      @Nullable Map<String, Object> stepRunParams) {
    var mode = above == null ? null : above.mode();
    return new RestartBody(
        null, null, id, policy, mode, version, runParams, stepRunParams, null, null, null, null);
  }

  private Map<String, Object> params(Ref ref) {
    var run = session.server().get(Instances.run(ref), InstanceView.class).body();
    return given("workflow \"%s\"".formatted(ref.workflow()), run.params());
  }

  private Map<String, Object> stepParams(Ref ref, String step) {
    var attempt =
        session
            .server()
            .get(Instances.run(ref).below("steps", step, "attempts", "latest"), StepView.class)
            .body();
    return given("step \"%s\"".formatted(step), attempt.params());
  }

  private Map<String, Object> given(String whose, Map<String, Object> declared) {
    var given = new RunParams(whose, declared);
    params.forEach(given::add);
    return given.tree();
  }
}
