package org.maestro.service.limit;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.maestro.service.limit.Quota.Taken;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemWriter;
import org.maestro.service.security.Caller;
import org.maestro.service.security.RequestGate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a caller, or all together, ask beyond the limit, and closes the connection that it
 * came on. Stands right behind the {@link RequestGate}, which says who asks.
 */
final class RequestLimits extends OncePerRequestFilter {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Connections connections;
  private final Quota named;
  private final Quota anonymous;
  private final ProblemWriter problems;

  RequestLimits(Connections connections, LimitSettings settings, ProblemWriter problems) {
    this.connections = connections;
    this.named = new Quota(settings.requests(), settings.requestsPerCaller());
    this.anonymous = new Quota(settings.anonymousRequests(), settings.anonymousRequests());
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var caller = RequestGate.callerOf(request);
    var quota = caller.isPresent() ? named : anonymous;
    var name = caller.map(Caller::name).orElse("");
    var taken = quota.take(name);
    if (taken != Taken.YES) {
      response.setHeader("Connection", "close");
      problems.write(response, tooMany(taken));
      return;
    }
    var connection = request.getServletConnection().getConnectionId();
    connections.began(connection);
    Runnable end =
        () -> {
          quota.giveBack(name);
          connections.ended(connection);
        };
    var ended = false;
    try {
      chain.doFilter(request, response);
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new WhenComplete(end));
        ended = true; // later
      }
    } finally {
      if (!ended) {
        end.run();
      }
    }
  }

  private static ApiException tooMany(Taken taken) {
    return taken == Taken.TOO_MANY_BY_THIS_ONE
        ? ApiException.tooMany(
            "too-many-requests",
            "you have as many requests under way as one caller may have; wait for some of their"
                + " answers",
            TRY_AGAIN)
        : ApiException.unavailable(
            "too-many-requests",
            "the server answers as many requests as it can; try again",
            TRY_AGAIN);
  }

  private record WhenComplete(Runnable end) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      end.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // Completed by whoever handles it.
    }

    @Override
    public void onError(AsyncEvent event) {
      // Completed by whoever handles it.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
