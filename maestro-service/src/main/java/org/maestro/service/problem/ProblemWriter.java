package org.maestro.service.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem from places that Spring MVC does not reach, such as filters. */
public final class ProblemWriter {
  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /** Writes the whole answer; nothing may have been written before. */
  public void write(HttpServletResponse response, ApiException e) throws IOException {
    var body = json.writeValueAsBytes(Problems.of(e));
    response.setStatus(e.kind().httpStatus());
    response.setContentType("application/problem+json");
    e.retryAfter()
        .ifPresent(pause ->
            response.setHeader("Retry-After", Long.toString(Math.max(1, pause.toSeconds()))));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
