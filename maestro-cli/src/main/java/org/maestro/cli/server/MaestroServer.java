package org.maestro.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Json;
import org.maestro.model.page.Page.PageInfo;
import tools.jackson.core.JacksonException;

/**
 * The REST API. Requests that may be repeated without harm are, after a lost connection and while
 * the server says that it can't answer now, with growing pauses for about half a minute. A server
 * that was never there is told at once.
 */
public final class MaestroServer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8),
          Duration.ofSeconds(15));
  private static final int PAGE = 200;

  /** So long the client's own thread may take to end. */
  private static final Duration END = Duration.ofMillis(100);

  private final Connection connection;
  private final HttpClient http;
  private final Pause pause;
  private final Consumer<String> talk;
  private final Consumer<String> trace;
  private volatile boolean reachedBefore;
  private volatile boolean closed;

  /**
   * A client.
   *
   * @param talk takes a line when the user should know that something takes longer
   * @param trace takes a line per request
   */
  public MaestroServer(
      Connection connection,
      HttpClient http,
      Pause pause,
      Consumer<String> talk,
      Consumer<String> trace) {
    this.connection = connection;
    this.http = http;
    this.pause = pause;
    this.talk = talk;
    this.trace = trace;
  }

  public Connection connection() {
    return connection;
  }

  /** What is there; fails if nothing is. */
  public <T> Answer<T> get(Route route, Class<T> type) {
    return Answer.of(type, tree(route));
  }

  /** What is there as it came, for programs that want all of it. */
  public @Nullable Object tree(Route route) {
    return tree(sent("GET", route, null, null, true));
  }

  /** What is there, or empty if nothing is. */
  public <T> Optional<Answer<T>> find(Route route, Class<T> type) {
    try {
      return Optional.of(get(route, type));
    } catch (ServerProblem e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * What was there when it had a tag.
   *
   * @param tag null if the server gives none
   */
  public record Tagged<T>(T body, @Nullable String tag) {}

  /** What is there now; {@code before} itself if the server says that nothing changed. */
  public <T> Tagged<T> get(Route route, Class<T> type, @Nullable Tagged<T> before) {
    var answer = sent("GET", route, null, before == null ? null : before.tag(), true);
    return answer.statusCode() == 304 && before != null
        ? before
        : new Tagged<>(
            Records.read(type, tree(answer)), answer.headers().firstValue("ETag").orElse(null));
  }

  /** All elements of what is answered as one list. */
  public <T> List<Answer<T>> all(Route route, Class<T> type) {
    return Answer.elements(tree(route), type);
  }

  /** The first elements of a list over its pages. */
  public <T> List<Answer<T>> list(Route route, Class<T> type, long limit) {
    var elements = new ArrayList<Answer<T>>();
    @Nullable String cursor = null;
    while (elements.size() < limit) {
      var page =
          get(
              route.with("first", Math.min(PAGE, limit - elements.size())).with("cursor", cursor),
              Where.class);
      elements.addAll(page.elements("elements", type));
      cursor = page.body().pageInfo().endCursor();
      if (!page.body().pageInfo().hasNextPage() || cursor == null) {
        break;
      }
    }
    return elements;
  }

  /** Of a page only where it lies. */
  record Where(PageInfo pageInfo) {}

  /** Sends once: if the connection is lost, nobody knows whether it was followed. */
  public <T> Answer<T> send(String method, Route route, @Nullable Object body, Class<T> type) {
    return Answer.of(type, tree(sent(method, route, body, null, false)));
  }

  /** The same, where the answer says nothing that matters. */
  public void send(String method, Route route, @Nullable Object body) {
    sent(method, route, body, null, false);
  }

  /** Sends something that has the same effect however often it arrives. */
  public <T> Answer<T> sendRepeatable(
      String method, Route route, @Nullable Object body, Class<T> type) {
    return Answer.of(type, tree(sent(method, route, body, null, true)));
  }

  /** The same, where the answer says nothing that matters. */
  public void sendRepeatable(String method, Route route, @Nullable Object body) {
    sent(method, route, body, null, true);
  }

  private static @Nullable Object tree(HttpResponse<String> answer) {
    try {
      return answer.body().isBlank() ? null : Json.read(answer.body());
    } catch (JacksonException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "expected JSON from %s, found something else: %s"
              .formatted(answer.uri(), e.getOriginalMessage()),
          List.of("is this the address of a Maestro server?"));
    }
  }

  private HttpResponse<String> sent(
      String method, Route route, @Nullable Object body, @Nullable String tag, boolean repeatable) {
    var request = request(method, route, body);
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    var ready = request.timeout(TIMEOUT).build();
    for (var attempt = 0; ; attempt++) {
      var mayRepeat = repeatable && attempt < PAUSES.size();
      try {
        var answer = exchange(ready);
        reachedBefore = true;
        if (answer.statusCode() < 300 || answer.statusCode() == 304) {
          return answer;
        }
        var problem =
            ServerProblem.of(
                answer.statusCode(),
                answer.body(),
                answer.headers().firstValue("X-Trace-Id").orElse(null));
        if (!mayRepeat || !isTemporary(answer.statusCode())) {
          throw problem;
        }
        again(attempt, problem.text());
      } catch (HttpConnectTimeoutException | ConnectException e) {
        if (!mayRepeat || (attempt == 0 && !reachedBefore)) {
          throw notThere();
        }
        again(attempt, "no server answers at " + connection.server());
      } catch (HttpTimeoutException e) {
        throw new CommandFailure(
            ExitCode.TIMEOUT,
            "expected an answer of %s within %d s, found none"
                .formatted(connection.server(), TIMEOUT.toSeconds()));
      } catch (IOException e) {
        if (!mayRepeat) {
          throw lost(e, repeatable);
        }
        again(attempt, "the connection to %s is lost".formatted(connection.server()));
      }
    }
  }

  private HttpRequest.Builder request(String method, Route route, @Nullable Object body) {
    var request =
        HttpRequest.newBuilder(URI.create(connection.server() + route.toString()))
            .header("Accept", "application/json, application/problem+json");
    if (connection.user() != null) {
      request.header("user", connection.user());
    }
    if (connection.token() != null) {
      request.header("Authorization", "Bearer " + connection.token());
    }
    if (body == null) {
      return request.method(method, BodyPublishers.noBody());
    }
    return request
        .header("Content-Type", "application/json")
        .method(
            method,
            BodyPublishers.ofString(Json.compact(Records.tree(body)), StandardCharsets.UTF_8));
  }

  private HttpResponse<String> exchange(HttpRequest request) throws IOException {
    var began = System.nanoTime();
    try {
      var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      trace.accept(
          "%s %s → %d (%d ms)"
              .formatted(
                  request.method(),
                  request.uri(),
                  answer.statusCode(),
                  Duration.ofNanos(System.nanoTime() - began).toMillis()));
      return answer;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    } catch (IOException e) {
      trace.accept("%s %s → %s".formatted(request.method(), request.uri(), e));
      throw e;
    }
  }

  private static boolean isTemporary(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  private void again(int attempt, String because) {
    if (attempt == 0) {
      say(because + "; trying again");
    }
    pause.of(PAUSES.get(attempt));
    if (Thread.currentThread().isInterrupted()) {
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  private CommandFailure notThere() {
    return new CommandFailure(
        ExitCode.UNAVAILABLE,
        "no server answers at " + connection.server(),
        List.of(
            "is it running? ./maestro dev starts one on this machine",
            "another address: --server URL, MAESTRO_SERVER, or maestro context use NAME"));
  }

  private CommandFailure lost(IOException e, boolean repeatable) {
    return new CommandFailure(
        ExitCode.UNAVAILABLE,
        "the connection to %s is lost: %s".formatted(connection.server(), e),
        repeatable
            ? List.of()
            : List.of("whether the request was followed is not known; look before you repeat it"));
  }

  /** Opens a stream of events; the caller closes it. */
  InputStream open(Route route, @Nullable String lastEventId) throws IOException {
    var request =
        request("GET", route, null)
            .setHeader("Accept", "text/event-stream, application/problem+json");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofInputStream());
      trace.accept("GET %s → %d".formatted(answer.uri(), answer.statusCode()));
      reachedBefore = true;
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      try (var body = answer.body()) {
        throw ServerProblem.of(
            answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8), null);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    } catch (ConnectException e) {
      if (!reachedBefore) {
        throw notThere();
      }
      throw e;
    }
  }

  Pause pause() {
    return pause;
  }

  void say(String line) {
    if (!closed) {
      talk.accept(line);
    }
  }

  /**
   * Ends all that is under way, of which nothing more is said. With the client left open the
   * process took 0.3 s longer to be gone (JDK 25).
   */
  @Override
  public void close() {
    closed = true;
    http.shutdownNow();
    try {
      http.awaitTermination(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
