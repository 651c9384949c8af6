package org.maestro.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.RunParams;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Tree;
import org.maestro.cli.output.Yaml;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.start.StartBody;
import org.maestro.model.start.Started;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a workflow, exactly once however often the network fails. */
@Command(
    name = "run",
    description = {
      "Starts a workflow and prints the name of the instance.",
      "The start has a request id: repeating it with the same id starts nothing twice."
    })
final class RunCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "WORKFLOW",
      arity = "0..1",
      description = "such as hello or hello@3 (the one in " + DefaultFile.NAME + ")")
  @Nullable String workflow;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "a parameter of the run; may be repeated")
  List<String> params = List.of();

  @Option(
      names = "--params",
      paramLabel = "FILE",
      description = "a YAML or JSON file with parameters: name: value")
  @Nullable String paramsFile;

  @Mixin final RequestIdOption once = new RequestIdOption();

  @Mixin final WatchOption following = new WatchOption();

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var ref = Named.by(session, named(), Ref.Kind.WORKFLOW, Ref.Kind.VERSION);
    var version = ref.version() == null ? "active" : ref.version();
    var params = params(ref, version);
    var id = once.requestId == null ? session.newRequestId() : once.requestId;
    var body =
        new StartBody(
            new StartBody.By("manual"),
            null,
            id,
            null,
            params.isEmpty() ? null : params,
            null,
            null,
            null);
    var answer = start(ref, version, body, id);
    var run =
        Ref.run(ref.workflow(), answer.body().workflowInstanceId(), answer.body().workflowRunId());
    tell(run, answer, id);
    return following.watch ? new Watching(session).until(run).number() : ExitCode.OK.number();
  }

  private String named() {
    if (workflow != null) {
      return workflow;
    }
    var definition = session.definitions().readOne(DefaultFile.or(null, session).getFirst());
    Diagnostics.requireGood(List.of(definition), session.console());
    return definition.workflowId();
  }

  private Map<String, Object> params(Ref ref, String version) {
    if (params.isEmpty() && paramsFile == null) {
      return Map.of();
    }
    var given = RunParams.of(session.server(), ref.workflow(), version);
    if (paramsFile != null) {
      given.add(file(paramsFile));
    }
    params.forEach(given::add);
    return given.tree();
  }

  private Tree file(String name) {
    try {
      return Yaml.read(new String(session.definitions().bytes(name), StandardCharsets.UTF_8));
    } catch (YAMLException e) {
      throw CommandFailure.usage("expected parameters in %s: %s".formatted(name, e.getMessage()));
    }
  }

  private Answer<Started> start(Ref ref, String version, StartBody body, String id) {
    var route = Route.workflow(ref.workflow(), "versions", version, "actions", "start");
    try {
      return session.server().sendRepeatable("POST", route, body, Started.class);
    } catch (CommandFailure e) {
      if (e.exitCode() == ExitCode.UNAVAILABLE || e.exitCode() == ExitCode.TIMEOUT) {
        throw e.withHint("to repeat it without starting twice, add --request-id " + id);
      }
      throw e;
    }
  }

  private void tell(Ref run, Answer<Started> answer, String id) {
    var console = session.console();
    var again = answer.body().status().equals("DUPLICATED");
    console.talk(
        console
            .talkStyle()
            .dim(
                again
                    ? "request id %s was accepted before; this is what it started".formatted(id)
                    : "started as version %d, request id %s"
                        .formatted(answer.body().workflowVersionId(), id)));
    if (answer.body().warnings() != null) {
      for (var warning : answer.body().warnings()) {
        console.talk(console.talkStyle().yellow("warning: " + Style.harmless(warning)));
      }
    }
    // While it is watched, programs get the run as it ended, not as it began.
    if (!following.watch || session.isTable()) {
      session.report().one(run.toString(), answer.tree(), List.of(run.toString()));
    }
    console.flush();
    if (!following.watch && session.isTable()) {
      console.talk(console.talkStyle().dim("to follow it: maestro watch " + run));
    }
  }
}
