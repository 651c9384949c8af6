package org.maestro.cli.command;

import java.util.concurrent.Callable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Route;
import org.maestro.model.instance.StepActionAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a step as SKIPPED; what follows goes on. */
@Command(
    name = "skip",
    description = {
      "Ends a step as SKIPPED; what follows goes on.",
      "If its run has ended, a new run starts from it."
    })
final class SkipCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "STEP", description = "such as hello#12/load")
  String name = "";

  SkipCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var ref = session.about(name, Ref.Kind.STEP_OF_RUN);
    var route =
        Route.instance(
            ref.workflow(),
            ref.instanceNumber(),
            "steps",
            LatestRun.step(session, ref),
            "actions",
            "skip");
    Acted.onStep(session, ref, session.server().send("PUT", route, null, StepActionAnswer.class));
    return ExitCode.OK.number();
  }
}
