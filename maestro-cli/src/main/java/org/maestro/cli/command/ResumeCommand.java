package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.name.StepName;
import org.maestro.cli.server.Route;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Undoes {@code pause}. */
@Command(
    name = "resume",
    aliases = "unpause",
    description = {
      "Undoes pause.",
      "For a workflow: its instances leave the queue again. For a step (hello/load): removes the",
      "breakpoint and lets all paused attempts go on. For a step of an instance (hello#12/load):",
      "lets that one go on; the breakpoint stays."
    })
final class ResumeCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "such as hello, hello/load or hello#12/load")
  String name = "";

  @Option(names = "--keep-paused", description = "with a step: remove the breakpoint only")
  boolean keepPaused;

  ResumeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var ref = session.about(name, Ref.Kind.WORKFLOW, Ref.Kind.STEP, Ref.Kind.STEP_OF_RUN);
    switch (ref.kind()) {
      case WORKFLOW, VERSION, INSTANCE ->
          Acted.tell(
              session,
              ref,
              session
                  .server()
                  .sendRepeatable(
                      "PUT", Route.workflow(ref.workflow(), "actions", "resume"), null));
      case STEP -> removeBreakpoint(ref);
      case STEP_OF_RUN -> attempt(ref);
    }
    return ExitCode.OK.number();
  }

  private void removeBreakpoint(Ref ref) {
    var answer =
        session
            .server()
            .send(
                "DELETE",
                Route.of("workflows", "steps", "breakpoints")
                    .with("workflowId", ref.workflow())
                    .with("stepId", ref.stepText())
                    .with("resume", !keepPaused),
                null);
    session
        .report()
        .one(
            ref.toString(),
            answer.value(),
            List.of(
                "%s  breakpoint removed, %s resumed"
                    .formatted(ref, answer.at("resumed").text("0"))));
  }

  private void attempt(Ref ref) {
    var step = Instances.step(session, ref);
    var attempt =
        session
            .server()
            .get(Instances.run(ref).below("steps", step.step(), "attempts", step.attemptText()));
    var exact = new StepName(step.step(), attempt.at("step_attempt_id").number(1));
    var route =
        Route.of(
                "workflows",
                "steps",
                "breakpoints",
                ref.workflow(),
                "instances",
                ref.instanceNumber())
            .below("runs", attempt.at("workflow_run_id").number(1))
            .below("steps", exact.step(), "attempts", exact.attemptText(), "actions", "resume");
    Acted.tell(session, ref, session.server().send("PUT", route, null));
  }
}
