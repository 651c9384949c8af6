package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
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

    @Parameters(paramLabel = "VERSION", arity = "1..*", description = "such as hello@3 or hello")
    List<String> names = List.of();

    Activate(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return Each.of(session, names, this::one);
    }

    private void one(String name) {
      var ref = Named.by(session, name, Ref.Kind.VERSION, Ref.Kind.WORKFLOW);
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
    }
  }

  /** Leaves a workflow without an active version. */
  @Command(
      name = "deactivate",
      description = "Leaves a workflow without an active version: nothing triggers it any more.")
  static final class Deactivate implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "WORKFLOW", arity = "1..*", description = "such as hello")
    List<String> names = List.of();

    Deactivate(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return Each.of(session, names, this::one);
    }

    private void one(String name) {
      var ref = Named.by(session, name, Ref.Kind.WORKFLOW);
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
    }
  }
}
