package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.maestro.cli.name.Ref;
import org.maestro.cli.name.StepName;
import org.maestro.cli.server.Route;
import org.maestro.model.breakpoint.RemovalAnswer;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.StepActionAnswer;
import org.maestro.model.instance.StepView;
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

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "such as hello, hello/load or hello#12/load")
  List<String> names = List.of();

  @Option(names = "--keep-paused", description = "with a step: remove the breakpoint only")
  boolean keepPaused;

  ResumeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Each.of(session, names, this::one);
  }

  private void one(String name) {
    var ref = Named.by(session, name, Ref.Kind.WORKFLOW, Ref.Kind.STEP, Ref.Kind.STEP_OF_RUN);
    switch (ref.kind()) {
      case WORKFLOW, VERSION, INSTANCE ->
          Acted.onWorkflow(
              session,
              ref,
              session
                  .server()
                  .sendRepeatable(
                      "PUT",
                      Route.workflow(ref.workflow(), "actions", "resume"),
                      null,
                      TimelineEvent.class));
      case STEP -> removeBreakpoint(ref);
      case STEP_OF_RUN -> attempt(ref);
    }
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
                null,
                RemovalAnswer.class);
    session
        .report()
        .one(
            ref.toString(),
            answer.tree(),
            List.of("%s  breakpoint removed, %d resumed".formatted(ref, answer.body().resumed())));
  }

  private void attempt(Ref ref) {
    var step = Instances.step(session, ref);
    var attempt =
        session
            .server()
            .get(
                Instances.run(ref).below("steps", step.step(), "attempts", step.attemptText()),
                StepView.class)
            .body();
    var exact = new StepName(step.step(), attempt.stepAttemptId());
    var route =
        Route.of(
                "workflows",
                "steps",
                "breakpoints",
                ref.workflow(),
                "instances",
                ref.instanceNumber())
            .below("runs", attempt.workflowRunId())
            .below("steps", exact.step(), "attempts", exact.attemptText(), "actions", "resume");
    Acted.onStep(session, ref, session.server().send("PUT", route, null, StepActionAnswer.class));
  }
}
