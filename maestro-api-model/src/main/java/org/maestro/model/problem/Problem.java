package org.maestro.model.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;

/**
 * The body of every error: an RFC 9457 problem, with the members that clients of the standard read.
 *
 * @param type {@code urn:maestro:problem:} and the code
 * @param status the kind's name, as in the standard (the number is the HTTP status)
 * @param code stable, lower case with hyphens: what programs should look at
 * @param detail what was expected, what was found, what to do
 * @param message the same as {@code detail}, under the standard's name
 * @param errors one line per problem, as in the standard
 * @param problems the same, each with its place in the request's body
 * @param retryable whether the same request may succeed later; null if it will not
 */
public record Problem(
    String type,
    String title,
    String status,
    String code,
    String detail,
    String message,
    List<String> errors,
    @Nullable List<DefinitionProblem> problems,
    @Nullable Boolean retryable) {

  public Problem {
    errors = List.copyOf(errors);
    problems = problems == null ? null : List.copyOf(problems);
  }
}
