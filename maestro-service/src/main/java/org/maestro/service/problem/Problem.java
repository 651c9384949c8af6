package org.maestro.service.problem;

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

  static Problem of(ApiException e) {
    var retryable =
        switch (e.kind()) {
          case REQUEST_TIMEOUT, TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> true;
          case BAD_REQUEST,
              UNAUTHORIZED,
              FORBIDDEN,
              NOT_FOUND,
              METHOD_NOT_ALLOWED,
              NOT_ACCEPTABLE,
              CONFLICT,
              GONE,
              PAYLOAD_TOO_LARGE,
              UNSUPPORTED_MEDIA_TYPE,
              EXPECTATION_FAILED,
              UNPROCESSABLE_ENTITY,
              INTERNAL_ERROR,
              NOT_IMPLEMENTED,
              VERSION_NOT_SUPPORTED ->
              null;
        };
    var errors =
        e.problems().isEmpty()
            ? List.of(e.detail())
            : e.problems().stream().map(Problem::line).toList();
    return new Problem(
        "urn:maestro:problem:" + e.code(),
        e.kind().title(),
        e.kind().name(),
        e.code(),
        e.detail(),
        e.detail(),
        errors,
        e.problems().isEmpty() ? null : e.problems(),
        retryable);
  }

  private static String line(DefinitionProblem problem) {
    var text =
        problem.pointer().isEmpty()
            ? problem.message()
            : problem.pointer() + ": " + problem.message();
    return problem.suggestion() == null
        ? text
        : text + " (did you mean \"" + problem.suggestion() + "\"?)";
  }
}
