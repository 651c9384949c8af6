package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Route;
import org.maestro.model.breakpoint.BreakpointBody;
import org.maestro.model.breakpoint.StepBreakpoint;
import org.maestro.model.event.TimelineEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps a workflow from starting, or a step from running. */
@Command(
    name = "pause",
    description = {
      "Keeps a workflow from starting, or a step from running.",
      "For a workflow: no instance leaves the queue until maestro resume; what runs goes on.",
      "For a step (hello/load): a breakpoint; its new attempts pause before they run."
    })
final class PauseCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "such as hello or hello/load")
  List<String> names = List.of();

  PauseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Each.of(session, names, this::one);
  }

  private void one(String name) {
    var ref = Named.by(session, name, Ref.Kind.WORKFLOW, Ref.Kind.STEP);
    if (ref.step() == null) {
      Acted.onWorkflow(
          session,
          ref,
          session
              .server()
              .sendRepeatable(
                  "PUT",
                  Route.workflow(ref.workflow(), "actions", "pause"),
                  null,
                  TimelineEvent.class));
    } else {
      var answer =
          session
              .server()
              .sendRepeatable(
                  "POST",
                  Route.of("workflows", "steps", "breakpoints"),
                  new BreakpointBody(ref.workflow(), ref.stepText()),
                  StepBreakpoint.class);
      session
          .report()
          .one(
              ref.toString(),
              answer.tree(),
              List.of(ref + "  breakpoint set; to remove it: maestro resume " + ref));
    }
  }
}
