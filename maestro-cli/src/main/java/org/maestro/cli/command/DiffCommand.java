package org.maestro.cli.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.Change;
import org.maestro.cli.definition.ChangeText;
import org.maestro.cli.definition.Comparison;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.WorkflowDefinition;
import org.maestro.model.definition.WorkflowOverview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a push would change. */
@Command(
    name = "diff",
    description = {
      "Compares a definition with the version on the server, field by field.",
      "Exit code 0: no difference, 1: there is one, above 1: an error."
    })
final class DiffCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "a file, or - for standard input (" + DefaultFile.NAME + ")")
  @Nullable String file;

  @Option(
      names = "--against",
      paramLabel = "VERSION",
      description =
          "a number, active, latest, or default: the active one, else the latest (default)")
  String against = "default";

  DiffCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var definition =
        session
            .definitions()
            .readOne(DefaultFile.or(file == null ? null : List.of(file), session).getFirst());
    Diagnostics.requireGood(List.of(definition), session.console());
    var id = definition.workflowId();
    Ref.parse(id + "@" + against);
    var server = session.server();
    var found = server.find(Route.workflow(id, "versions", against), WorkflowDefinition.class);
    if (found.isEmpty()
        && server.find(Route.workflow(id, "overview"), WorkflowOverview.class).isPresent()) {
      session.about(Ref.parse(id + "@" + against));
      server.tree(Route.workflow(id, "versions", against)); // tells what there is instead
    }
    var there = found.map(Answer::body).orElse(null);
    var changes =
        there == null
            ? Comparison.of(Map.of(), Map.of(), definition.push())
            : Comparison.of(
                there.workflow(), there.propertiesSnapshot().properties(), definition.push());
    var version = there == null ? null : (Long) there.metadata().workflowVersionId();
    session
        .report()
        .one(
            id,
            Report.members(
                "workflow_id", id,
                "workflow_version_id", version,
                "file", definition.file(),
                "same", changes.isEmpty(),
                "changes", changes.stream().map(Change::tree).toList()),
            lines(definition.file(), id, there, changes));
    return (changes.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE).number();
  }

  private List<String> lines(
      String name, String id, @Nullable WorkflowDefinition there, List<Change> changes) {
    var console = session.console();
    if (there == null) {
      console.talk("%s is not on the server yet: a push makes version 1".formatted(id));
    } else {
      var version = there.metadata().workflowVersionId();
      var state = there.isActive() ? "active" : "not active";
      console.talk(
          changes.isEmpty()
              ? "%s is the same as %s@%d (%s)".formatted(name, id, version, state)
              : "%s@%d (%s) → %s".formatted(id, version, state, name));
    }
    var lines = ChangeText.lines(changes, console.style());
    if (there != null && changes.stream().anyMatch(c -> c.area() != Change.Area.PROPERTIES)) {
      console.talk(
          console
              .talkStyle()
              .dim("a push makes a new version; runs that exist keep the one they have"));
    }
    return lines;
  }
}
