package org.maestro.cli.command;

import java.util.concurrent.Callable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Route;
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

  @Parameters(paramLabel = "NAME", description = "such as hello or hello#12")
  String name = "";

  UnblockCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var ref = session.about(name, Ref.Kind.WORKFLOW, Ref.Kind.INSTANCE);
    var route =
        ref.instance() == null
            ? Route.workflow(ref.workflow(), "actions", "unblock")
            : ref.run() == null
                ? Route.instance(ref.workflow(), ref.instanceNumber(), "actions", "unblock")
                : Instances.run(ref).below("actions", "unblock");
    Acted.tell(session, ref, session.server().sendRepeatable("PUT", route, null));
    return ExitCode.OK.number();
  }
}
