package org.maestro.service.problem;

import java.util.List;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.problem.Problem;

/** Makes the bodies of errors. */
final class Problems {
  private Problems() {}

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
            : e.problems().stream().map(Problems::line).toList();
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
