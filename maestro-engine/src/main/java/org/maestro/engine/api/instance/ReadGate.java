package org.maestro.engine.api.instance;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.problem.ProblemWriter;
import org.maestro.service.security.RequestGate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only so many answers about instances and steps be put together and written at a time as fit
 * into memory, and half of them for one caller, who may read slowly. Others wait, for a while.
 */
final class ReadGate extends OncePerRequestFilter {
  /** What the largest answer may cost while it is read, put together and written. */
  private static final long BYTES_EACH = 32L << 20;

  /** Whoever wants the head of an answer alone has all of it put together. */
  private static final Set<String> READS = Set.of("GET", "HEAD");

  /** Puts as much together, of runs of all workflows. */
  private static final String FAILURES = "/api/v3/failures";

  private final Semaphore places;
  private final int placesOfOne;
  private final Map<String, Share> shares = new ConcurrentHashMap<>();
  private final Duration patience;
  private final ProblemWriter problems;

  /**
   * @param answers how many at a time; half of them, but at least one, to one caller
   * @param patience of those that wait
   */
  ReadGate(int answers, Duration patience, ProblemWriter problems) {
    this.places = new Semaphore(answers, true);
    this.placesOfOne = Math.max(1, answers / 2);
    this.patience = patience;
    this.problems = problems;
  }

  /** The places of one caller, and how many requests have or want them. */
  private record Share(Semaphore places, int requests) {}

  /** How many answers fit into a quarter of so many bytes of memory. */
  static int answersIn(long heap) {
    return Math.clamp(heap / 4 / BYTES_EACH, 2, 200);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getRequestURI();
    // Logs are sent as they come, for as long as somebody follows them.
    return !READS.contains(request.getMethod())
        || !path.startsWith("/api/v3/")
        || !(path.contains("/instances") || path.equals(FAILURES))
        || path.endsWith("/logs");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var name = RequestGate.callerOf(request).map(caller -> caller.name()).orElse("");
    var own = shares.compute(name, (_, known) -> oneMore(known)).places();
    try {
      var until = System.nanoTime() + patience.toNanos();
      if (!enter(own, until)) {
        refuse(response, "your other answers");
        return;
      }
      try {
        if (!enter(places, until)) {
          refuse(response, "the answers before this one");
          return;
        }
        try {
          chain.doFilter(request, response);
        } finally {
          places.release();
        }
      } finally {
        own.release();
      }
    } finally {
      shares.computeIfPresent(name, (_, known) -> oneLess(known));
    }
  }

  private Share oneMore(@Nullable Share known) {
    return known == null
        ? new Share(new Semaphore(placesOfOne, true), 1)
        : new Share(known.places(), known.requests() + 1);
  }

  private static @Nullable Share oneLess(Share known) {
    return known.requests() == 1 ? null : new Share(known.places(), known.requests() - 1);
  }

  private static boolean enter(Semaphore places, long until) {
    try {
      return places.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void refuse(HttpServletResponse response, String others) throws IOException {
    response.setHeader("Retry-After", "2");
    problems.write(
        response,
        new ApiException(
            ProblemKind.SERVICE_UNAVAILABLE,
            "server-busy",
            "expected %s to be read within %d seconds; ask slower, for fewer at a time, or for smaller pages, and try again"
                .formatted(others, patience.toSeconds())));
  }
}
