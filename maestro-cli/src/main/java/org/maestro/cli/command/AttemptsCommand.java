package org.maestro.cli.command;

import java.util.concurrent.Callable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What was tried of a step. */
@Command(
    name = "attempts",
    description = {
      "Lists the attempts of a step in a run, oldest first.",
      "Each has a name, such as hello#12/load.2, that logs and describe take."
    })
final class AttemptsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "STEP",
      description = "such as hello#12/load, or hello/load: of its latest instance")
  String name = "";

  AttemptsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var ref =
        Instances.latest(session, Named.by(session, name, Ref.Kind.STEP_OF_RUN, Ref.Kind.STEP));
    new Attempts(session).list(ref, Instances.step(session, ref).step());
    return ExitCode.OK.number();
  }
}
