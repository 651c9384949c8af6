package org.maestro.cli.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Tree;
import org.maestro.model.definition.DefinitionProblem;
import tools.jackson.core.JacksonException;

/** The server's answer to a request that it did not follow, with everything that it says. */
public final class ServerProblem extends CommandFailure {
  private static final int LONGEST_FOREIGN_TEXT = 200;

  private final int status;
  private final String code;
  private final List<DefinitionProblem> problems;

  private ServerProblem(
      int status,
      String code,
      String detail,
      List<String> hints,
      List<DefinitionProblem> problems) {
    super(ExitCode.ofHttp(status), detail, hints);
    this.status = status;
    this.code = code;
    this.problems = problems;
  }

  /** Reads an answer, whether or not it is problem+json. */
  static ServerProblem of(int status, String body, @Nullable String traceId) {
    var tree = parsed(body);
    var detail = tree.at("detail").text();
    if (detail == null) {
      return new ServerProblem(
          status,
          "http-" + status,
          "expected an answer of Maestro, found HTTP status %d%s"
              .formatted(status, body.isBlank() ? "" : ": " + shorten(Style.harmless(body))),
          List.of(
              "is this the address of a Maestro server? look at --server, MAESTRO_SERVER and maestro context ls"),
          List.of());
    }
    var problems = problems(tree);
    var hints = new ArrayList<String>();
    if (problems.isEmpty()) {
      tree.at("errors").list().stream()
          .map(error -> Style.harmless(error.text("")))
          .filter(error -> !error.equals(Style.harmless(detail)))
          .forEach(hints::add);
    } else if (problems.size() > 1
        || !problems.getFirst().message().equals(detail)
        || problems.getFirst().suggestion() != null) {
      problems.forEach(problem -> hints.add(line(problem)));
    }
    if (tree.at("retryable").isTrue()) {
      hints.add("the same command may succeed later");
    }
    if (traceId != null) {
      hints.add("trace id " + Style.harmless(traceId));
    }
    return new ServerProblem(
        status, tree.at("code").text("http-" + status), Style.harmless(detail), hints, problems);
  }

  private static Tree parsed(String body) {
    try {
      return new Tree(Json.read(body));
    } catch (JacksonException _) {
      return new Tree(null);
    }
  }

  private static List<DefinitionProblem> problems(Tree tree) {
    return tree.at("problems").list().stream()
        .map(problem ->
            new DefinitionProblem(
                problem.at("pointer").text(""),
                problem.at("message").text(""),
                problem.at("suggestion").text()))
        .toList();
  }

  private static String line(DefinitionProblem problem) {
    var place = problem.pointer().isEmpty() ? "" : problem.pointer() + ": ";
    var suggestion =
        problem.suggestion() == null ? "" : "; did you mean \"" + problem.suggestion() + "\"?";
    return Style.harmless(place + problem.message() + suggestion);
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_FOREIGN_TEXT
        ? text
        : text.substring(0, LONGEST_FOREIGN_TEXT) + "…";
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The stable code of the problem. */
  public String code() {
    return code;
  }

  /** Problems with places in the request's body; may be empty. */
  public List<DefinitionProblem> problems() {
    return problems;
  }
}
