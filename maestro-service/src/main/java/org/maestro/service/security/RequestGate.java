package org.maestro.service.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.problem.ProblemWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before everything: refuses paths that mean different things to different readers, finds
 * the caller, and lets nobody else pass but to the health check. Sets the security headers.
 */
public final class RequestGate extends OncePerRequestFilter {
  /** The request attribute that holds the {@link Caller}. */
  static final String CALLER = RequestGate.class.getName() + ".caller";

  private static final Set<String> OPEN =
      Set.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");
  private static final Pattern AMBIGUOUS =
      Pattern.compile(";|//|\\\\|%(2f|5c|2e|3b|25|00|0a|0d)|/\\.\\.?(/|$)");

  /**
   * Names of signals are the one thing in a path that may contain a slash, written as it is sent.
   */
  private static final String NAMES_WITH_SLASHES = "/api/v3/signals/";

  private final Authenticator authenticator;
  private final ProblemWriter problems;

  public RequestGate(Authenticator authenticator, ProblemWriter problems) {
    this.authenticator = authenticator;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    try {
      requirePlainPath(request.getRequestURI());
      requireNoNul(request.getQueryString());
      var caller = authenticator.authenticate(request);
      if (caller.isPresent()) {
        request.setAttribute(CALLER, caller.get());
      } else if (!isOpen(request)) {
        response.setHeader("WWW-Authenticate", "Bearer");
        throw new ApiException(
            ProblemKind.UNAUTHORIZED,
            "unauthenticated",
            "expected the header Authorization: Bearer with a valid token");
      }
    } catch (ApiException e) {
      problems.write(response, e);
      return;
    }
    chain.doFilter(request, response);
  }

  /** No text column takes it, so nothing that is asked for can contain it. */
  private static void requireNoNul(@Nullable String query) {
    if (query != null && query.contains("%00")) {
      throw ApiException.badRequest(
          "invalid-parameter", "expected query parameters without the character NUL");
    }
  }

  private static boolean isOpen(HttpServletRequest request) {
    return request.getMethod().equals("GET") && OPEN.contains(request.getRequestURI());
  }

  private static void requirePlainPath(String path) {
    var plain = path.toLowerCase(Locale.ROOT);
    if (plain.startsWith(NAMES_WITH_SLASHES)) {
      plain = plain.replace("%2f", "/");
    }
    if (AMBIGUOUS.matcher(plain).find()) {
      throw ApiException.badRequest(
          "ambiguous-path",
          "expected a path without encoded separators, parameters, empty or relative segments");
    }
  }
}
