package org.maestro.cli.command;

import java.util.concurrent.Callable;
import org.maestro.cli.name.Ref;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows a run. */
@Command(
    name = "watch",
    description = {
      "Follows a run until it ends.",
      "Ends with 0 if the run succeeded, else with 1. Ctrl-C lets go of it; the run goes on.",
      "On a terminal it draws a picture, elsewhere it prints a line per change."
    })
final class WatchCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "INSTANCE",
      description = "such as hello#12, hello#12.2, or hello: its latest")
  String name = "";

  WatchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var ref = Named.by(session, name, Ref.Kind.INSTANCE, Ref.Kind.WORKFLOW);
    return new Watching(session).until(Instances.latest(session, ref)).number();
  }
}
