package org.maestro.service.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;

/**
 * A request that cannot be followed, with everything the client needs to know. Services throw it,
 * {@link ProblemHandler} answers with it. Its code is part of the API and never changes.
 */
public final class ApiException extends RuntimeException {
  private final ProblemKind kind;
  private final String code;
  private final String detail;
  private final List<DefinitionProblem> problems;
  private final @Nullable Duration retryAfter;

  public ApiException(ProblemKind kind, String code, String detail) {
    this(kind, code, detail, List.of(), null);
  }

  public ApiException(
      ProblemKind kind, String code, String detail, List<DefinitionProblem> problems) {
    this(kind, code, detail, problems, null);
  }

  private ApiException(
      ProblemKind kind,
      String code,
      String detail,
      List<DefinitionProblem> problems,
      @Nullable Duration retryAfter) {
    // It describes a request, not a place in the code: a stack trace would cost and say nothing.
    super(code + ": " + detail, null, false, kind == ProblemKind.INTERNAL_ERROR);
    this.kind = kind;
    this.code = code;
    this.detail = detail;
    this.problems = List.copyOf(problems);
    this.retryAfter = retryAfter;
  }

  public static ApiException badRequest(String code, String detail) {
    return new ApiException(ProblemKind.BAD_REQUEST, code, detail);
  }

  /** A body that is refused, with every reason. */
  public static ApiException invalid(String code, String detail, List<DefinitionProblem> problems) {
    return new ApiException(ProblemKind.BAD_REQUEST, code, detail, problems);
  }

  public static ApiException forbidden(String code, String detail) {
    return new ApiException(ProblemKind.FORBIDDEN, code, detail);
  }

  public static ApiException notFound(String code, String detail) {
    return new ApiException(ProblemKind.NOT_FOUND, code, detail);
  }

  public static ApiException conflict(String code, String detail) {
    return new ApiException(ProblemKind.CONFLICT, code, detail);
  }

  public static ApiException tooLarge(String code, String detail) {
    return new ApiException(ProblemKind.PAYLOAD_TOO_LARGE, code, detail);
  }

  /** The same request may be answered a while later. */
  public static ApiException unavailable(String code, String detail, Duration retryAfter) {
    return new ApiException(ProblemKind.SERVICE_UNAVAILABLE, code, detail, List.of(), retryAfter);
  }

  /** The caller asks for more than is due to one. */
  public static ApiException tooMany(String code, String detail, Duration retryAfter) {
    return new ApiException(ProblemKind.TOO_MANY_REQUESTS, code, detail, List.of(), retryAfter);
  }

  public ProblemKind kind() {
    return kind;
  }

  public String code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  public List<DefinitionProblem> problems() {
    return problems;
  }

  /** After which time trying again may help. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
