package org.maestro.client;

import java.util.List;
import java.util.stream.Collectors;
import org.maestro.model.definition.DefinitionProblem;

/** The server did not do what it was asked for, and says why. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient List<DefinitionProblem> problems;

  RefusedException(int status, String code, String detail, List<DefinitionProblem> problems) {
    super(
        "HTTP %d %s: %s".formatted(status, code, detail)
            + problems.stream()
                .map(problem -> "\n  " + problem.pointer() + ": " + problem.message())
                .collect(Collectors.joining()));
    this.status = status;
    this.code = code;
    this.problems = List.copyOf(problems);
  }

  /**
   * The status of HTTP: 404 for what isn't there, 409 for what doesn't fit the state, and so on.
   */
  public int status() {
    return status;
  }

  /** What programs should look at, such as {@code workflow-not-found}. */
  public String code() {
    return code;
  }

  /** What is wrong with a definition or a request, each with its place; empty if it isn't that. */
  public List<DefinitionProblem> problems() {
    return problems;
  }
}
