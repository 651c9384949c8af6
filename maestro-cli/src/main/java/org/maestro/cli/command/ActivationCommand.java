package org.maestro.cli.command;

import java.util.concurrent.Callable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.VersionChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Which version starts when none is named. */
final class ActivationCommand {
  private ActivationCommand() {}

  /** Makes a version the active one. */
  @Command(
      name = "activate",
      description = "Makes a version the active one; without one, the latest.")
  static final class Activate implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "VERSION", description = "such as hello@3 or hello")
    String name = "";

    Activate(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var ref = session.about(name, Ref.Kind.VERSION, Ref.Kind.WORKFLOW);
      var version = ref.version() == null ? "latest" : ref.version();
      Acted.onVersion(
          session,
          ref,
          session
              .server()
              .sendRepeatable(
                  "PUT",
                  Route.workflow(ref.workflow(), "versions", version, "actions", "activate"),
                  null,
                  VersionChange.class));
      return ExitCode.OK.number();
    }
  }

  /** Leaves a workflow without an active version. */
  @Command(
      name = "deactivate",
      description = "Leaves a workflow without an active version: nothing triggers it any more.")
  static final class Deactivate implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "WORKFLOW", description = "such as hello")
    String name = "";

    Deactivate(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var ref = session.about(name, Ref.Kind.WORKFLOW);
      Acted.onVersion(
          session,
          ref,
          session
              .server()
              .sendRepeatable(
                  "PUT",
                  Route.workflow(ref.workflow(), "actions", "deactivate"),
                  null,
                  VersionChange.class));
      return ExitCode.OK.number();
    }
  }
}
