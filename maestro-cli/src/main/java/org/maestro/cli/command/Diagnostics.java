package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.LocalDefinition;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Console;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Style;
import org.maestro.dsl.yaml.Severity;
import org.maestro.dsl.yaml.SourceProblem;

/** Problems of definitions in the forms that people and other programs read. */
final class Diagnostics {
  private Diagnostics() {}

  /** Prints them with the lines that they are about, coloured on a terminal. */
  static void print(List<SourceProblem> problems, Console console) {
    var style = console.talkStyle();
    problems.forEach(problem -> {
      console.error(coloured(problem, style));
      console.error("");
    });
  }

  private static String coloured(SourceProblem problem, Style style) {
    var lines = problem.render().lines().toList();
    var text = new ArrayList<String>();
    for (var i = 0; i < lines.size(); i++) {
      var line = Style.harmless(lines.get(i));
      var word = problem.severity() == Severity.ERROR ? "error" : "warning";
      if (i == 0 && line.startsWith(word)) {
        var end = line.indexOf(' ') < 0 ? line.length() : line.indexOf(' ');
        var head = line.substring(0, end);
        text.add(
            (word.equals("error") ? style.red(head) : style.yellow(head)) + line.substring(end));
      } else if (i == 2) {
        text.add(line.contains("^") ? style.cyan(line) : line);
      } else {
        text.add(i > 2 ? style.dim(line) : line);
      }
    }
    return String.join("\n", text);
  }

  /** Prints all problems; fails if there are errors, so that nothing is done by halves. */
  static void requireGood(List<LocalDefinition> definitions, Console console) {
    var problems = definitions.stream().flatMap(d -> d.problems().stream()).toList();
    print(problems, console);
    var errors = LocalDefinition.errors(problems);
    if (errors > 0) {
      throw notValid(errors, definitions.stream().filter(d -> !d.isGood()).count());
    }
  }

  static CommandFailure notValid(long errors, long definitions) {
    return new CommandFailure(
        ExitCode.INVALID,
        "%d %s in %d %s"
            .formatted(
                errors,
                errors == 1 ? "error" : "errors",
                definitions,
                definitions == 1 ? "definition" : "definitions"));
  }

  /** For programs. */
  static Object tree(SourceProblem problem) {
    return Report.members(
        "severity", problem.severity() == Severity.ERROR ? "error" : "warning",
        "code", problem.code().id(),
        "message", problem.message(),
        "file", problem.file(),
        "line", problem.line(),
        "column", problem.column(),
        "end_line", problem.endLine(),
        "end_column", problem.endColumn(),
        "json_pointer", problem.jsonPointer(),
        "suggestion", problem.suggestion());
  }

  /** A workflow command of GitHub Actions, which shows it beside the line. */
  static String github(SourceProblem problem) {
    return "::%s file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,title=%s::%s"
        .formatted(
            problem.severity() == Severity.ERROR ? "error" : "warning",
            property(problem.file()),
            problem.line(),
            problem.column(),
            problem.endLine(),
            problem.endColumn(),
            problem.code().id(),
            data(problem.message() + hint(problem)));
  }

  private static String hint(SourceProblem problem) {
    return problem.suggestion() == null
        ? ""
        : "; did you mean \"" + Objects.requireNonNull(problem.suggestion()) + "\"?";
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  /** A log in SARIF 2.1.0, as code hosts read it. */
  static Object sarif(List<SourceProblem> problems, @Nullable String version) {
    var results =
        problems.stream()
            .map(problem ->
                Report.members(
                    "ruleId", problem.code().id(),
                    "level", problem.severity() == Severity.ERROR ? "error" : "warning",
                    "message", Report.members("text", problem.message() + hint(problem)),
                    "locations",
                        List.of(
                            Report.members(
                                "physicalLocation",
                                Report.members(
                                    "artifactLocation", Report.members("uri", problem.file()),
                                    "region",
                                        Report.members(
                                            "startLine", problem.line(),
                                            "startColumn", problem.column(),
                                            "endLine", problem.endLine(),
                                            "endColumn", problem.endColumn()))))))
            .toList();
    var rules =
        problems.stream()
            .map(SourceProblem::code)
            .distinct()
            .map(code ->
                Report.members(
                    "id", code.id(), "shortDescription", Report.members("text", code.meaning())))
            .toList();
    return Report.members(
        "$schema", "https://json.schemastore.org/sarif-2.1.0.json",
        "version", "2.1.0",
        "runs",
            List.of(
                Report.members(
                    "tool",
                    Report.members(
                        "driver",
                        Report.members("name", "maestro", "version", version, "rules", rules)),
                    "results",
                    results)));
  }
}
