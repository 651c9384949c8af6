package org.maestro.service.limit;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.maestro.service.limit.Quota.Taken;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.springframework.context.SmartLifecycle;

/**
 * The answers that stay open for as long as there is something to say. So many by one caller and in
 * all; asked to end when the server stops, before it waits for the requests that are under way.
 */
public final class Streams implements SmartLifecycle {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  private final Quota quota;
  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private volatile boolean running;
  private volatile boolean stopping;

  Streams(int inAll, int byOne) {
    quota = new Quota(inAll, byOne);
  }

  /** One of them. */
  public final class Open implements AutoCloseable {
    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable onStop;

    private Open(String name, Runnable onStop) {
      this.name = name;
      this.onStop = onStop;
    }

    /** Whether the server wants it to end now. */
    public boolean shouldEnd() {
      return stopping;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        open.remove(this);
        quota.giveBack(name);
      }
    }
  }

  /**
   * Opens one more; whoever does closes it.
   *
   * @param onStop wakes it, so that it sees that it should end
   * @throws ApiException 429 or 503
   */
  public Open open(Caller caller, Runnable onStop) {
    if (stopping) {
      throw ApiException.unavailable("stopping", "this server stops; ask another one", TRY_AGAIN);
    }
    var taken = quota.take(caller.name());
    if (taken == Taken.TOO_MANY_BY_THIS_ONE) {
      throw ApiException.tooMany(
          "too-many-streams",
          "you have as many streams open as one caller may; end some, or ask now and then instead",
          TRY_AGAIN);
    }
    if (taken == Taken.TOO_MANY_IN_ALL) {
      throw ApiException.unavailable(
          "too-many-streams",
          "as many streams are open as this server can serve; ask now and then instead, or try again",
          TRY_AGAIN);
    }
    var stream = new Open(caller.name(), onStop);
    open.add(stream);
    if (stopping) {
      onStop.run();
    }
    return stream;
  }

  /** How many there are. */
  int count() {
    return quota.total();
  }

  @Override
  public void start() {
    stopping = false;
    running = true;
  }

  @Override
  public void stop() {
    stopping = true;
    running = false;
    open.forEach(stream -> stream.onStop.run());
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped after the shards have been let go, before the web server. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 10;
  }
}
