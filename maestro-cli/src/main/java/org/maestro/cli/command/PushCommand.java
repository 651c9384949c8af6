package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.Change;
import org.maestro.cli.definition.Comparison;
import org.maestro.cli.definition.LocalDefinition;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.MaestroServer;
import org.maestro.cli.server.Route;
import org.maestro.cli.server.ServerProblem;
import org.maestro.model.definition.PropertiesView;
import org.maestro.model.definition.PushAnswer;
import org.maestro.model.definition.WorkflowDefinition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Brings definitions to the server. What is there already is not made again: the same definition
 * pushed twice makes no second version.
 */
@Command(
    name = "push",
    description = {
      "Publishes definitions; what the server has already is not made again.",
      "The same definition pushed twice makes no second version. Nothing is pushed if one of",
      "several is not valid."
    })
final class PushCommand implements Callable<Integer> {
  private static final int NEXT_FIRES = 3;

  private final Session session;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "files, folders, or - for standard input (" + DefaultFile.NAME + ")")
  @Nullable List<String> files;

  @Option(
      names = "--dry-run",
      description = "say what would happen, let the server check it, change nothing")
  boolean dryRun;

  @Option(
      names = "--activate",
      negatable = true,
      description = "make it the active version, or not (as the definition says, else yes)")
  @Nullable Boolean activate;

  @Option(names = "--message", paramLabel = "TEXT", description = "why, kept with the version")
  @Nullable String message;

  PushCommand(Session session) {
    this.session = session;
  }

  /** What a push came to. */
  private enum Result {
    CREATED,
    CHANGED,
    ACTIVATED,
    UNCHANGED,
    FAILED
  }

  private record Outcome(
      LocalDefinition definition,
      Result result,
      @Nullable Long version,
      boolean active,
      String note) {}

  @Override
  public Integer call() {
    var definitions = session.definitions().read(DefaultFile.or(files, session));
    Diagnostics.requireGood(definitions, session.console());
    requireDifferentIds(definitions);
    var outcomes = new ArrayList<Outcome>();
    @Nullable CommandFailure first = null;
    for (var definition : definitions) {
      try {
        outcomes.add(push(definition));
      } catch (ServerProblem e) {
        tell(definition, e);
        first = first == null ? e : first;
        outcomes.add(new Outcome(definition, Result.FAILED, null, false, e.text()));
      }
    }
    session
        .report()
        .list(outcomes.stream().map(this::item).toList(), "WORKFLOW", "VERSION", "RESULT", "NOTE");
    return (first == null ? ExitCode.OK : first.exitCode()).number();
  }

  private static void requireDifferentIds(List<LocalDefinition> definitions) {
    var files = new LinkedHashMap<String, String>();
    for (var definition : definitions) {
      var before = files.putIfAbsent(definition.workflowId(), definition.file());
      if (before != null) {
        throw CommandFailure.usage(
            "expected one definition of each workflow, found \"%s\" in %s and in %s"
                .formatted(definition.workflowId(), before, definition.file()));
      }
    }
  }

  private void tell(LocalDefinition definition, ServerProblem problem) {
    if (problem.exitCode() == ExitCode.INVALID && !problem.problems().isEmpty()) {
      Diagnostics.print(definition.located(problem.problems()), session.console());
    } else {
      session.console().error(definition.file() + ": " + problem.text());
      problem.hints().forEach(hint -> session.console().error("  " + hint));
    }
  }

  private Item item(Outcome outcome) {
    var id = outcome.definition().workflowId();
    var version = outcome.version() == null ? "-" : outcome.version().toString();
    var word = outcome.result().name().toLowerCase(Locale.ROOT);
    var style = session.console().style();
    return Item.of(
        outcome.version() == null ? id : id + "@" + version,
        Report.members(
            "workflow_id", id,
            "workflow_version_id", outcome.version(),
            "result", word,
            "is_active", outcome.active(),
            "dry_run", dryRun,
            "file", outcome.definition().file(),
            "note", outcome.note()),
        Cell.of(id),
        Cell.of(version),
        new Cell(
            word,
            text ->
                switch (outcome.result()) {
                  case CREATED, CHANGED, ACTIVATED -> style.green(text);
                  case UNCHANGED -> style.dim(text);
                  case FAILED -> style.red(text);
                }),
        Cell.of(outcome.note()));
  }

  private Outcome push(LocalDefinition definition) {
    var id = definition.workflowId();
    session.about(new Ref(id, null, null, null, null));
    var server = session.server();
    var latest = server.find(Route.workflow(id, "versions", "latest"), WorkflowDefinition.class);
    if (latest.isEmpty()) {
      return publish(definition, Result.CREATED, 1, "");
    }
    var there = latest.get().body();
    var version = there.metadata().workflowVersionId();
    var content = Comparison.ofWorkflow(there.workflow(), definition.push().workflow());
    var properties =
        Comparison.ofProperties(
            there.propertiesSnapshot().properties(), definition.push().properties());
    if (!content.isEmpty()) {
      var outcome = publish(definition, Result.CHANGED, version + 1, counted(content, properties));
      changeTags(definition, properties);
      return outcome;
    }
    var changed = changeProperties(definition, properties);
    if (wantsActive(definition) && !there.isActive()) {
      if (!dryRun) {
        server.sendRepeatable(
            "PUT", Route.workflow(id, "versions", version, "actions", "activate"), null);
      }
      return new Outcome(definition, Result.ACTIVATED, version, true, note(changed));
    }
    return new Outcome(
        definition,
        changed ? Result.CHANGED : Result.UNCHANGED,
        version,
        there.isActive(),
        changed ? note(true) : "the server has it");
  }

  private String note(boolean propertiesChanged) {
    return propertiesChanged
        ? dryRun ? "properties would change" : "properties changed, same version"
        : dryRun ? "would be made active" : "the same version, made active";
  }

  private boolean wantsActive(LocalDefinition definition) {
    return activate == null ? definition.push().active() : activate;
  }

  private Outcome publish(
      LocalDefinition definition, Result result, long expectedVersion, String note) {
    var active = wantsActive(definition);
    var body = new LinkedHashMap<String, Object>(definition.body());
    body.put("is_active", active);
    if (message != null) {
      body.put("message", message);
    }
    if (dryRun) {
      Diagnostics.print(ServerCheck.warnings(session, definition, body), session.console());
      return new Outcome(
          definition, result, expectedVersion, active, ("would be pushed " + note).strip());
    }
    var answer =
        session.server().send("POST", Route.of("workflows"), body, PushAnswer.class).body();
    Diagnostics.print(definition.warned(answer.warnings()), session.console());
    return new Outcome(
        definition,
        result,
        answer.workflowDefinition().metadata().workflowVersionId(),
        active,
        active ? withNextFire(note, answer) : (note + " not active").strip());
  }

  private static String withNextFire(String note, PushAnswer answer) {
    var fires = answer.nextFires();
    return fires.isEmpty()
        ? note
        : (note
                + (note.isEmpty() ? "" : ", ")
                + "fires "
                + fires.stream()
                    .limit(NEXT_FIRES)
                    .map(PushAnswer.NextFire::localTime)
                    .collect(Collectors.joining(", ")))
            .strip();
  }

  private static String counted(List<Change> content, List<Change> properties) {
    var count = content.size() + properties.size();
    return count == 1 ? "1 change" : count + " changes";
  }

  /** Changes what belongs to the workflow over all its versions; whether anything differed. */
  private boolean changeProperties(LocalDefinition definition, List<Change> properties) {
    if (properties.isEmpty()) {
      return false;
    }
    Diagnostics.print(
        ServerCheck.warnings(session, definition, definition.body()), session.console());
    if (dryRun) {
      return true;
    }
    var wanted = new LinkedHashMap<>(new Tree(definition.body().get("properties")).map());
    wanted.remove("tags");
    if (properties.stream().anyMatch(change -> !change.path().get(1).equals("tags"))) {
      session
          .server()
          .sendRepeatable("POST", Route.workflow(definition.workflowId(), "properties"), wanted);
    }
    changeTags(definition, properties);
    return true;
  }

  /** A push leaves the tags of a workflow that exists alone; they are changed one by one. */
  private void changeTags(LocalDefinition definition, List<Change> properties) {
    var wanted = new Tree(definition.body().get("properties")).at("tags");
    if (dryRun
        || !wanted.isPresent()
        || properties.stream().noneMatch(change -> change.path().get(1).equals("tags"))) {
      return;
    }
    var server = session.server();
    var route = Route.workflow(definition.workflowId(), "properties", "tag");
    var there = tags(server, definition.workflowId());
    var names = new TreeSet<String>();
    for (var tag : wanted.list()) {
      var name = tag.at("name").text("");
      names.add(name);
      if (!Objects.equals(there.get(name), tag.value())) {
        server.sendRepeatable("POST", route, Objects.requireNonNull(tag.value()));
      }
    }
    there.keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> server.send("DELETE", route.with("name", name), null));
  }

  private static Map<String, Object> tags(MaestroServer server, String id) {
    var tags = new LinkedHashMap<String, Object>();
    var properties =
        server
            .get(Route.workflow(id, "properties-snapshot", "latest"), PropertiesView.class)
            .body()
            .properties();
    new Tree(properties)
        .at("tags")
        .list()
        .forEach(tag -> tags.put(tag.at("name").text(""), Objects.requireNonNull(tag.value())));
    return tags;
  }
}
