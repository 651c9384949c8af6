package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.LocalDefinition;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Json;
import org.maestro.cli.server.ServerProblem;
import org.maestro.dsl.yaml.SourceProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks definitions: here, and with {@code --online} as a push would. */
@Command(
    name = "validate",
    description = {
      "Checks definitions and tells every problem with its place.",
      "Needs no server; with --online (or --server) it also asks the server, which evaluates",
      "parameters and changes nothing."
    })
final class ValidateCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "files, folders, or - for standard input (" + DefaultFile.NAME + ")")
  @Nullable List<String> files;

  @Option(names = "--online", description = "ask the server too")
  boolean online;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json, github (annotations) or sarif (text)")
  Format format = Format.TEXT;

  /** How problems are told. */
  enum Format {
    TEXT,
    JSON,
    GITHUB,
    SARIF
  }

  ValidateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var definitions = session.definitions().read(DefaultFile.or(files, session));
    var problems = new ArrayList<SourceProblem>();
    var bad = 0;
    var offline = false;
    for (var definition : definitions) {
      var found = new ArrayList<>(definition.problems());
      if (definition.isGood() && (online || session.options().server != null)) {
        found.addAll(onServer(definition));
      }
      problems.addAll(found);
      if (LocalDefinition.errors(found) > 0) {
        bad++;
      } else if (format == Format.TEXT && session.isTable()) {
        session.console().data(good(definition));
        offline |= !online && session.options().server == null;
      }
    }
    print(problems);
    if (offline) {
      session
          .console()
          .talk(
              "looked at without a server; --online or a push also looks at names, types of steps and rights");
    }
    var errors = LocalDefinition.errors(problems);
    if (errors > 0) {
      session.console().talk(Diagnostics.notValid(errors, bad).text());
    }
    return (errors > 0 ? ExitCode.INVALID : ExitCode.OK).number();
  }

  private String good(LocalDefinition definition) {
    var workflow = definition.push().workflow();
    return "%s: %s is valid, %d %s"
        .formatted(
            definition.file(),
            workflow.id(),
            workflow.steps().size(),
            workflow.steps().size() == 1 ? "step" : "steps");
  }

  private List<SourceProblem> onServer(LocalDefinition definition) {
    try {
      return ServerCheck.warnings(session, definition, definition.body());
    } catch (ServerProblem e) {
      if (e.exitCode() == ExitCode.INVALID && !e.problems().isEmpty()) {
        return definition.located(e.problems());
      }
      throw e;
    }
  }

  private void print(List<SourceProblem> problems) {
    var console = session.console();
    var chosen = format == Format.TEXT && !session.isTable() ? Format.JSON : format;
    switch (chosen) {
      case TEXT -> Diagnostics.print(problems, console);
      case JSON ->
          session
              .report(org.maestro.cli.output.OutputFormat.JSON)
              .list(
                  problems.stream()
                      .map(problem ->
                          org.maestro.cli.output.Report.Item.of(
                              problem.oneLine(), Diagnostics.tree(problem)))
                      .toList());
      case GITHUB -> problems.forEach(problem -> console.data(Diagnostics.github(problem)));
      case SARIF ->
          console.data(Json.pretty(Diagnostics.sarif(problems, VersionCommand.version())));
    }
  }
}
