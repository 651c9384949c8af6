package org.maestro.service.problem;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.problem.Problem;
import org.maestro.service.database.DatabaseTrouble;
import org.maestro.service.database.UnknownOutcomeException;
import org.maestro.service.json.UnreadableRowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** The one place where exceptions become answers. What it does not know is a 500 and is logged. */
@RestControllerAdvice
public class ProblemHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  /** What Jackson says of the source, which is nothing but the name of one of its switches. */
  private static final Pattern WHERE_IT_BEGAN =
      Pattern.compile(" \\((start marker|for \\w+ starting) at .*");

  private static final Duration WARN_AGAIN = Duration.ofSeconds(10);

  private final AtomicReference<@Nullable Warning> lastWarning = new AtomicReference<>();

  private record Warning(DatabaseTrouble what, long nanos) {}

  @ExceptionHandler(ApiException.class)
  ResponseEntity<Problem> api(ApiException e) {
    return answer(e);
  }

  @ExceptionHandler(HttpMessageNotReadableException.class)
  ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e) {
    return switch (e.getCause()) {
      case ApiException refused -> answer(refused);
      case JacksonException json -> answer(malformed(json));
      case null, default ->
          answer(
              ApiException.badRequest(
                  "unreadable-body", "expected a JSON body, found none or a broken one"));
    };
  }

  @ExceptionHandler(JacksonException.class)
  ResponseEntity<Problem> unreadable(JacksonException e) {
    return answer(malformed(e));
  }

  /** Nothing is wrong with the request. */
  @ExceptionHandler(UnreadableRowException.class)
  ResponseEntity<Problem> unreadableRow(UnreadableRowException e) {
    LOG.error("A row can't be read", e);
    return answer(
        new ApiException(
            ProblemKind.INTERNAL_ERROR,
            "unreadable-row",
            "what is stored can't be read: " + e.getMessage()));
  }

  /** What is wrong with a JSON body, and where. */
  public static ApiException malformed(JacksonException e) {
    var pointer = new StringBuilder();
    for (var reference : e.getPath()) {
      pointer.append('/');
      pointer.append(
          reference.getPropertyName() == null
              ? Integer.toString(reference.getIndex())
              : reference.getPropertyName().replace("~", "~0").replace("/", "~1"));
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      var known = unknown.getKnownPropertyIds();
      var detail =
          "unknown field \"%s\"%s"
              .formatted(
                  unknown.getPropertyName(),
                  known == null ? "" : "; expected one of " + List.copyOf(known));
      return ApiException.invalid(
          "unknown-field",
          detail,
          List.of(new DefinitionProblem(pointer.toString(), detail, null)));
    }
    var at = e.getLocation();
    var detail =
        reason(e)
            + (at == null || at.getLineNr() < 1
                ? ""
                : " (line %d:%d)".formatted(at.getLineNr(), at.getColumnNr()));
    return ApiException.invalid(
        e instanceof StreamReadException ? "malformed-json" : "invalid-body",
        detail,
        List.of(new DefinitionProblem(pointer.toString(), detail, null)));
  }

  /** In the words of JSON: those of the library name its classes and ours. */
  private static String reason(JacksonException e) {
    var message = e.getOriginalMessage().lines().findFirst().orElse("not readable");
    if (!(e instanceof MismatchedInputException mismatch) || message.startsWith("expected ")) {
      return WHERE_IT_BEGAN.matcher(message).replaceFirst("");
    }
    if (message.startsWith("Trailing token")) {
      return "expected one JSON value, found something behind it";
    }
    var found = e.processor() instanceof JsonParser parser ? parser.currentToken() : null;
    return "expected %s, found %s".formatted(wanted(mismatch.getTargetType()), found(found));
  }

  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "another value";
    }
    if (type.isEnum()) {
      return "one of " + List.of(type.getEnumConstants());
    }
    if (type == String.class) {
      return "text";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a number";
    }
    return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
  }

  private static String found(@Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "something else";
      case null -> "something else";
    };
  }

  @ExceptionHandler(MethodArgumentTypeMismatchException.class)
  ResponseEntity<Problem> wrongType(MethodArgumentTypeMismatchException e) {
    var found = e.getValue();
    return answer(
        ApiException.badRequest(
            "invalid-parameter",
            "%s: expected %s, found \"%s\""
                .formatted(
                    e.getName(),
                    oneOf(e.getRequiredType()),
                    found instanceof Object[] several ? Arrays.toString(several) : found)));
  }

  private static String oneOf(@Nullable Class<?> type) {
    if (type == null) {
      return "a value";
    }
    return type.isEnum()
        ? "one of " + List.of(type.getEnumConstants())
        : "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Parameters are read when the first one is asked for, those of a form with them. */
  @ExceptionHandler(InvalidParameterException.class)
  ResponseEntity<Problem> unreadableParameters(InvalidParameterException e) {
    return answer(
        ApiException.badRequest(
            "invalid-parameter",
            "expected parameters that can be read as name=value: " + e.getMessage()));
  }

  @ExceptionHandler(InvalidMediaTypeException.class)
  ResponseEntity<Problem> unreadableType(InvalidMediaTypeException e) {
    return answer(
        new ApiException(
            ProblemKind.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "expected a content type such as application/json, found \"%s\""
                .formatted(e.getMediaType())));
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  ResponseEntity<Problem> noRoute() {
    return answer(ApiException.notFound("no-such-route", "there is nothing at this path"));
  }

  @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
  ResponseEntity<Problem> wrongMethod(HttpRequestMethodNotSupportedException e) {
    var allowed = e.getSupportedHttpMethods();
    var answer =
        answer(
            new ApiException(
                ProblemKind.METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "expected one of %s, found %s"
                    .formatted(allowed == null ? List.of() : allowed, e.getMethod())));
    var headers = new HttpHeaders();
    headers.putAll(answer.getHeaders());
    if (allowed != null) {
      headers.setAllow(allowed);
    }
    return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
  }

  @ExceptionHandler(UnknownOutcomeException.class)
  ResponseEntity<Problem> unknownOutcome(UnknownOutcomeException e) {
    LOG.warn("A commit's outcome is unknown", e);
    return answer(
        new ApiException(
            ProblemKind.SERVICE_UNAVAILABLE,
            "unknown-outcome",
            "the database did not confirm the change; look whether it happened before trying"
                + " again"));
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    CannotGetJdbcConnectionException.class,
    TransientDataAccessException.class
  })
  ResponseEntity<Problem> noDatabase(Exception e) {
    return answer(DatabaseTrouble.of(e).orElse(DatabaseTrouble.UNREACHABLE), e);
  }

  private ResponseEntity<Problem> answer(DatabaseTrouble trouble, Exception e) {
    warn(trouble, e);
    return answer(
        ApiException.unavailable(
            trouble.code(), trouble.detail(), Duration.ofSeconds(trouble.retryAfterSeconds())));
  }

  /** Now and then, for every request may meet it. */
  private void warn(DatabaseTrouble trouble, Exception e) {
    var now = System.nanoTime();
    var last = lastWarning.get();
    if (last == null || last.what() != trouble || now - last.nanos() > WARN_AGAIN.toNanos()) {
      lastWarning.set(new Warning(trouble, now));
      LOG.warn("The database cannot be used, {}: {}", trouble.code(), e.toString());
    } else {
      LOG.debug("The database cannot be used", e);
    }
  }

  /** Nobody is there any more to be answered. */
  @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
  void clientHasGone(Exception e) {
    LOG.debug("A client has gone", e);
  }

  /** Whoever writes an answer wraps it in an exception of his own. */
  private static boolean isOfClientWhoHasGone(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof AsyncRequestNotUsableException
          || cause instanceof ClientAbortException) {
        return true;
      }
    }
    return false;
  }

  @ExceptionHandler(Exception.class)
  @Nullable ResponseEntity<Problem> anythingElse(Exception e) {
    if (isOfClientWhoHasGone(e)) {
      clientHasGone(e);
      return null;
    }
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return answer(fromSpring(known));
    }
    var trouble = DatabaseTrouble.of(e);
    if (trouble.isPresent()) {
      return answer(trouble.get(), e);
    }
    LOG.error("A request failed", e);
    return answer(
        new ApiException(
            ProblemKind.INTERNAL_ERROR, "internal-error", "the server failed; its log says more"));
  }

  private static ApiException fromSpring(ErrorResponse e) {
    var detail = e.getBody().getDetail() == null ? "not valid" : e.getBody().getDetail();
    return switch (e.getStatusCode().value()) {
      case 404 -> ApiException.notFound("no-such-route", detail);
      case 406 -> new ApiException(ProblemKind.NOT_ACCEPTABLE, "not-acceptable", detail);
      case 413 -> ApiException.tooLarge("body-too-large", detail);
      case 415 ->
          new ApiException(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail);
      default -> ApiException.badRequest("invalid-request", detail);
    };
  }

  private static ResponseEntity<Problem> answer(ApiException e) {
    var answer =
        ResponseEntity.status(e.kind().httpStatus())
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (e.kind() == ProblemKind.TOO_MANY_REQUESTS) {
      answer.header(HttpHeaders.CONNECTION, "close");
    }
    e.retryAfter()
        .ifPresent(pause ->
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, pause.toSeconds()))));
    return answer.body(Problems.of(e));
  }
}
