package org.maestro.engine.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.maestro.engine.answer.Reading.Result;
import org.maestro.service.security.Caller;
import org.maestro.service.security.Checks;
import org.maestro.service.security.RequestGate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets those who ask the same at the same time have one answer, put together by one of them; an
 * answer that began before somebody asked is never his. Whoever is given the answer to another's
 * request was allowed everything that the other was allowed. Answers have tags, so whoever has one
 * already is told so instead.
 *
 * <p>Metrics are put together once a second, however many ask.
 */
final class SharedAnswers extends OncePerRequestFilter {
  /** Larger answers are written as they come, to each by himself. */
  private static final int MOST_OF_ONE = 1 << 20;

  private static final long MOST_OF_ALL = 16L << 20;

  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long AGE_OF_METRICS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_OF_AN_ADDRESS = 2_000;

  private static final String METRICS = "/actuator/prometheus";
  private static final String API = "/api/v3/";

  private final Cache<String, Reading> readings =
      Caffeine.newBuilder()
          .maximumWeight(MOST_OF_ALL)
          .weigher((String address, Reading reading) -> 500 + address.length() + reading.size())
          .expireAfterAccess(KEPT)
          .build();

  /** Numbers what is asked and what is begun. */
  private final AtomicLong moments = new AtomicLong();

  /** For what many ask: readings leave room for those who have something to be done. */
  private final Semaphore places;

  private final LongSupplier nanos;
  private final LongConsumer pause;

  /**
   * @param atATime how many readings that many ask for go on at the same time
   * @param nanos a clock that never goes back
   * @param pause lets the thread rest for so many nanoseconds
   */
  SharedAnswers(int atATime, LongSupplier nanos, LongConsumer pause) {
    this.places = new Semaphore(atATime, true);
    this.nanos = nanos;
    this.pause = pause;
  }

  /** Whether answers are shared, as far as the request says it. */
  static boolean isShared(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")) {
      return false;
    }
    var path = request.getRequestURI();
    if (path.equals(METRICS)) {
      return true;
    }
    return path.startsWith(API)
        && (path.contains("/instances")
            || path.equals("/api/v3/failures")
            || path.equals("/api/v3/workflows")
            || path.endsWith("/overview")
            || path.endsWith("/versions/pagination")
            || path.endsWith("/backfills"))
        // These go on for as long as somebody follows them.
        && !path.endsWith("/logs")
        && !path.endsWith("/stream");
  }

  private static String addressOf(HttpServletRequest request) {
    return request.getRequestURI()
        + '?'
        + request.getQueryString()
        + ' '
        + request.getHeader("Accept");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var caller = RequestGate.callerOf(request).orElse(null);
    var address = caller != null && isShared(request) ? addressOf(request) : "";
    if (caller == null || address.isEmpty() || address.length() > MOST_OF_AN_ADDRESS) {
      chain.doFilter(request, response);
      return;
    }
    var asked = moments.incrementAndGet();
    var reading = readings.get(address, _ -> new Reading());
    reading.ask(request.getServletConnection().getConnectionId(), nanos.getAsLong());
    if (reading.large() || !enter(reading)) {
      chain.doFilter(request, response);
      return;
    }
    Result result;
    try {
      var maxAge = isOfTheProcess(request) ? AGE_OF_METRICS : 0;
      result = reading.since(asked, nanos.getAsLong(), maxAge, caller);
      if (result == null && !reading.large()) {
        read(reading, caller, request, response, chain);
        // Weighed with what it has now.
        readings.put(address, reading);
        return;
      }
    } finally {
      leave(reading);
    }
    if (result == null || !result.answer().isFor(takesGzip(request))) {
      chain.doFilter(request, response);
      return;
    }
    var pattern = result.pattern();
    if (pattern != null) {
      ServerHttpObservationFilter.findObservationContext(request)
          .ifPresent(context -> context.setPathPattern(pattern));
    }
    write(result.answer(), request, response);
  }

  private static boolean isOfTheProcess(HttpServletRequest request) {
    return request.getRequestURI().equals(METRICS);
  }

  private static boolean enter(Reading reading) {
    try {
      return reading.lock.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A large answer is left as soon as it is known to be one. */
  private static void leave(Reading reading) {
    if (reading.lock.isHeldByCurrentThread()) {
      reading.lock.unlock();
    }
  }

  private void read(
      Reading reading,
      Caller caller,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    var ofTheProcess = isOfTheProcess(request);
    var wait = ofTheProcess ? 0 : reading.untilNext(nanos.getAsLong());
    if (wait > 0) {
      pause.accept(wait);
    }
    try (var place = new Place(!ofTheProcess && reading.areMany(nanos.getAsLong()))) {
      read(reading, caller, place, request, response, chain);
    }
  }

  /** A place among those who read what many ask for, until it is left; none for others. */
  private final class Place implements AutoCloseable {
    private boolean isTaken;

    Place(boolean wanted) {
      try {
        isTaken = wanted && places.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      if (isTaken) {
        isTaken = false;
        places.release();
      }
    }
  }

  private void read(
      Reading reading,
      Caller caller,
      Place place,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    var ofTheProcess = isOfTheProcess(request);
    // Whoever can't be given it compressed has a large one to himself.
    var takesGzip = takesGzip(request);
    var began = moments.incrementAndGet();
    var at = nanos.getAsLong();
    var capture =
        new Capture(
            response,
            takesGzip || ofTheProcess ? MOST_OF_ONE : Answer.LARGE,
            () -> {
              if (takesGzip) {
                reading.isLarge();
              }
              place.close();
              leave(reading);
            });
    var checks = Checks.during(caller, () -> chain.doFilter(request, capture));
    var body = capture.body();
    if (body == null) {
      return;
    }
    place.close();
    var isWhole = response.getStatus() == HttpServletResponse.SC_OK;
    var answer = isWhole ? new Answer(body, response.getContentType()) : null;
    var result =
        answer != null && (ofTheProcess || checks.canBeShared())
            ? new Result(
                began,
                at,
                answer,
                ofTheProcess ? null : checks,
                (String) request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
            : null;
    reading.ended(result, at, nanos.getAsLong());
    leave(reading);
    if (answer != null && answer.isFor(takesGzip)) {
      write(answer, request, response);
    } else if (body.length > 0) {
      // Without a body somebody else may have one in mind, as after sendError.
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  private static void write(Answer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // Whoever keeps it has to ask whether it is still right.
    response.setHeader("Cache-Control", "private, no-cache");
    response.setHeader("Vary", "Accept-Encoding");
    response.setHeader("ETag", answer.tag());
    if (answer.tag().equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    var body = answer.body();
    if (body == null || (answer.isWorthCompressing() && takesGzip(request))) {
      body = answer.compressed();
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentType(answer.type());
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static boolean takesGzip(HttpServletRequest request) {
    var accepted = request.getHeader("Accept-Encoding");
    return accepted != null
        && Stream.of(accepted.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .anyMatch(one -> one.equals("gzip") || one.matches("gzip ?; ?q=(1|0\\.[0-9]*[1-9].*)"));
  }
}
