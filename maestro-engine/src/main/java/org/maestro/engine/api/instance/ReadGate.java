package org.maestro.engine.api.instance;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.problem.ProblemWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only so many answers about instances and steps be put together and written at a time as fit
 * into memory. Others wait, for a while.
 */
final class ReadGate extends OncePerRequestFilter {
  /** What the largest answer may cost while it is read, put together and written. */
  private static final long BYTES_EACH = 32L << 20;

  private final Semaphore places;
  private final Duration patience;
  private final ProblemWriter problems;

  /**
   * @param answers how many at a time
   * @param patience of those that wait
   */
  ReadGate(int answers, Duration patience, ProblemWriter problems) {
    this.places = new Semaphore(answers, true);
    this.patience = patience;
    this.problems = problems;
  }

  /** How many answers fit into a quarter of so many bytes of memory. */
  static int answersIn(long heap) {
    return Math.clamp(heap / 4 / BYTES_EACH, 2, 200);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getRequestURI();
    // Logs are sent as they come, for as long as somebody follows them.
    return !request.getMethod().equals("GET")
        || !path.startsWith("/api/v3/")
        || !path.contains("/instances")
        || path.endsWith("/logs");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!enter()) {
      response.setHeader("Retry-After", "2");
      problems.write(
          response,
          new ApiException(
              ProblemKind.SERVICE_UNAVAILABLE,
              "server-busy",
              "expected the answers before this one to be read within %d seconds; read slower, fewer at a time, or smaller pages, and try again"
                  .formatted(patience.toSeconds())));
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      places.release();
    }
  }

  private boolean enter() {
    try {
      return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
