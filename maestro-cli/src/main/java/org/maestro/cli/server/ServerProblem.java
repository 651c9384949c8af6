package org.maestro.cli.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Style;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.problem.Problem;
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
    super(ExitCode.of(status, code), CommandWords.of(detail), hints);
    this.status = status;
    this.code = code;
    this.problems = problems;
  }

  /** Reads an answer, whether or not it is problem+json. */
  static ServerProblem of(int status, String body, @Nullable String traceId) {
    var problem = parsed(body);
    if (problem == null || problem.detail().isEmpty()) {
      return new ServerProblem(
          status,
          "http-" + status,
          "expected an answer of Maestro, found HTTP status %d%s"
              .formatted(status, body.isBlank() ? "" : ": " + shorten(Style.harmless(body))),
          List.of(
              "is this the address of a Maestro server? look at --server, MAESTRO_SERVER and maestro context ls"),
          List.of());
    }
    var detail = problem.detail();
    var problems = problem.problems() == null ? List.<DefinitionProblem>of() : problem.problems();
    var hints = new ArrayList<String>();
    if (problems.isEmpty()) {
      problem.errors().stream()
          .filter(error -> !error.equals(detail))
          .map(error -> Style.harmless(CommandWords.of(error)))
          .forEach(hints::add);
    } else if (problems.size() > 1
        || !problems.getFirst().message().equals(detail)
        || problems.getFirst().suggestion() != null) {
      problems.forEach(each -> hints.add(line(each)));
    }
    if (Boolean.TRUE.equals(problem.retryable())) {
      hints.add("the same command may succeed later");
    }
    if (traceId != null) {
      hints.add("trace id " + Style.harmless(traceId));
    }
    return new ServerProblem(
        status,
        problem.code().isEmpty() ? "http-" + status : problem.code(),
        Style.harmless(detail),
        hints,
        problems);
  }

  /** Null if it is none. */
  private static @Nullable Problem parsed(String body) {
    try {
      return Records.read(Problem.class, Json.read(body));
    } catch (JacksonException _) {
      return null;
    }
  }

  private static String line(DefinitionProblem problem) {
    var place = CommandWords.place(problem.pointer());
    var suggestion =
        problem.suggestion() == null ? "" : "; did you mean \"" + problem.suggestion() + "\"?";
    return Style.harmless(place + CommandWords.of(problem.message()) + suggestion);
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
