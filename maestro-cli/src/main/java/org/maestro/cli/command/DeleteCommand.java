package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.WorkflowOverview;
import org.maestro.model.event.TimelineEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a workflow with all that belongs to it. */
@Command(
    name = "delete",
    description = {
      "Deletes a workflow with all of its versions, instances and logs.",
      "Without --yes it only says what would go."
    })
final class DeleteCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "WORKFLOW", arity = "1..*", description = "such as hello")
  List<String> names = List.of();

  @Option(names = "--yes", description = "do it; it can't be undone")
  boolean yes;

  @Option(names = "--dry-run", description = "only say what would go")
  boolean dryRun;

  DeleteCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (yes && dryRun) {
      throw CommandFailure.usage("expected --yes or --dry-run, found both");
    }
    return Each.of(session, names, this::one);
  }

  private void one(String name) {
    var ref = Named.by(session, name, Ref.Kind.WORKFLOW);
    if (yes) {
      var route = Route.workflow(ref.workflow());
      Acted.onWorkflow(
          session, ref, session.server().send("DELETE", route, null, TimelineEvent.class));
      return;
    }
    var overview =
        session.server().get(Route.workflow(ref.workflow(), "overview"), WorkflowOverview.class);
    var live =
        overview.body().nonterminalInstances().values().stream().mapToLong(Long::longValue).sum();
    var text =
        "%s has %s and %s, %,d of them live; all would go, with what they printed"
            .formatted(
                ref,
                Words.count(overview.body().latestVersionId(), "version", "versions"),
                Words.count(overview.body().latestInstanceId(), "instance", "instances"),
                live);
    if (!dryRun) {
      throw CommandFailure.usage(text, "to delete it: maestro delete %s --yes".formatted(ref));
    }
    session.report().one(ref.toString(), overview.tree(), List.of(text));
  }
}
