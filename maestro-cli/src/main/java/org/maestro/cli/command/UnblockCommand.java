package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Route;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunActionAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets failed runs hold back nothing. */
@Command(
    name = "unblock",
    description = {
      "Lets failed runs hold back nothing.",
      "Under run strategy STRICT_SEQUENTIAL a failed run keeps the next ones waiting. Of one",
      "instance, or of all failed ones of a workflow."
    })
final class UnblockCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "such as hello or hello#12")
  List<String> names = List.of();

  UnblockCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Each.of(session, names, this::one);
  }

  private void one(String name) {
    var ref = Named.by(session, name, Ref.Kind.WORKFLOW, Ref.Kind.INSTANCE);
    if (ref.instance() == null) {
      var route = Route.workflow(ref.workflow(), "actions", "unblock");
      Acted.onWorkflow(
          session, ref, session.server().sendRepeatable("PUT", route, null, TimelineEvent.class));
    } else {
      var route =
          ref.run() == null
              ? Route.instance(ref.workflow(), ref.instanceNumber(), "actions", "unblock")
              : Instances.run(ref).below("actions", "unblock");
      Acted.onRun(
          session, ref, session.server().sendRepeatable("PUT", route, null, RunActionAnswer.class));
    }
  }
}
