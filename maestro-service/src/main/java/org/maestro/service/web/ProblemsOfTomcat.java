package org.maestro.service.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.problem.ProblemWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * What Tomcat refuses by itself, because it is no HTTP, is answered as everything else is: with a
 * problem rather than a page.
 */
public record ProblemsOfTomcat(ProblemWriter problems)
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context -> context.getParent().getPipeline().addValve(new Report(problems)));
  }

  /** Behind Spring's own customizer: of two such valves the one that was added last reports. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  private static final class Report extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(Report.class);

    private final ProblemWriter problems;

    Report(ProblemWriter problems) {
      this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
      if (response.getStatus() < 400
          || response.getContentWritten() > 0
          || !response.setErrorReported()) {
        return;
      }
      var canBeHeard = new AtomicBoolean();
      response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, canBeHeard);
      if (!canBeHeard.get()) {
        return;
      }
      try {
        response.setHeader("X-Content-Type-Options", "nosniff");
        problems.write(response, problem(response.getStatus()));
        response.finishResponse();
      } catch (IOException | IllegalStateException e) {
        log.debug("A client has gone", e);
      }
    }
  }

  private static ApiException problem(int status) {
    return switch (status) {
      case 404 -> ApiException.notFound("no-such-route", "there is nothing at this path");
      case 405 ->
          new ApiException(
              ProblemKind.METHOD_NOT_ALLOWED,
              "method-not-allowed",
              "expected another method; this one is supported nowhere");
      case 413 -> ApiException.tooLarge("body-too-large", "expected a smaller body");
      case 415 ->
          new ApiException(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "unsupported-media-type",
              "expected a content type such as application/json");
      case 417 ->
          new ApiException(
              ProblemKind.EXPECTATION_FAILED,
              "unknown-expectation",
              "expected the header Expect to be 100-continue, if it is there at all");
      case 501 ->
          new ApiException(
              ProblemKind.NOT_IMPLEMENTED,
              "not-implemented",
              "expected a method and a Transfer-Encoding that this server knows, such as chunked");
      case 503 ->
          new ApiException(
              ProblemKind.SERVICE_UNAVAILABLE,
              "stopping",
              "this server starts or stops; try again");
      case 505 ->
          new ApiException(
              ProblemKind.VERSION_NOT_SUPPORTED,
              "http-version-not-supported",
              "expected a request of HTTP/1.1");
      default ->
          status < 500
              ? ApiException.badRequest(
                  "malformed-request",
                  "expected a request as HTTP has it, found a line, a header or a size that isn't;"
                      + " percent-encode what a path or a query can't hold")
              : new ApiException(
                  ProblemKind.INTERNAL_ERROR,
                  "internal-error",
                  "the server failed; its log says more");
    };
  }
}
