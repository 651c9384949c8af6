package org.maestro.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.OutputFormat;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.WorkflowDefinition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what the server has, as it answers it. */
@Command(
    name = "get",
    description = {
      "Prints all that the server has about a workflow, run or step, as YAML.",
      "maestro describe is for people."
    })
final class GetCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "such as hello, hello@3, hello#12 or hello#12/load")
  List<String> names = List.of();

  @Option(
      names = "--definition",
      description = "of a workflow or version: only what can be pushed again")
  boolean definition;

  GetCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Each.of(session, names, this::one);
  }

  private void one(String name) {
    var ref =
        Named.by(
            session,
            name,
            Ref.Kind.WORKFLOW,
            Ref.Kind.VERSION,
            Ref.Kind.INSTANCE,
            Ref.Kind.STEP_OF_RUN);
    var tree = definition ? definition(ref) : tree(ref);
    session.report(OutputFormat.YAML).one(ref.toString(), tree, Json.pretty(tree).lines().toList());
  }

  private @Nullable Object tree(Ref ref) {
    return switch (ref.kind()) {
      case WORKFLOW, VERSION -> session.server().tree(version(ref));
      case INSTANCE ->
          session.server().tree(Instances.run(ref).with("enriched", true).with("aggregated", true));
      case STEP_OF_RUN, STEP -> {
        var step = Instances.step(session, ref);
        yield session
            .server()
            .tree(Instances.run(ref).below("steps", step.step(), "attempts", step.attemptText()));
      }
    };
  }

  private static Route version(Ref ref) {
    return Route.workflow(
        ref.workflow(), "versions", ref.version() == null ? "default" : ref.version());
  }

  private Object definition(Ref ref) {
    if (ref.instance() != null) {
      throw CommandFailure.usage(
          "expected a workflow or a version with --definition, found " + ref);
    }
    var version = session.server().get(version(ref), WorkflowDefinition.class).body();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("properties", version.propertiesSnapshot().properties());
    tree.put("workflow", version.workflow());
    return tree;
  }
}
