package org.maestro.service.limit;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one port, and what each is doing: its request is being answered, or it waits
 * for the next one. Who waits for too long is closed, and when too many wait, those that have never
 * sent a whole request and then those that have waited longest are closed for the sake of the next.
 */
final class Connections {
  private final int mostWaiting;
  private final Duration patience;
  private final Duration idle;
  private final LongSupplier nanos;
  private final Map<String, State> states = new ConcurrentHashMap<>();

  /**
   * @param patience for the first request
   * @param idle for each further one
   * @param nanos a clock that only goes forward
   */
  Connections(int mostWaiting, Duration patience, Duration idle, LongSupplier nanos) {
    this.mostWaiting = mostWaiting;
    this.patience = patience;
    this.idle = idle;
    this.nanos = nanos;
  }

  /** The connection itself. */
  interface Line {
    void close();

    boolean isClosed();
  }

  private static final class State {
    private final String id;
    private volatile @Nullable Line line;
    private volatile long waitingSince;
    private volatile boolean answering;
    private volatile boolean known;

    State(String id, long now) {
      this.id = id;
      waitingSince = now;
    }

    boolean isClosed() {
      var there = line;
      return there != null && there.isClosed();
    }
  }

  /** A connection has been accepted; its first request may have begun already. */
  void opened(String id, Line line) {
    state(id).line = line;
    closeTheLongestWaiting();
  }

  /** A whole request has come. */
  void began(String id) {
    var state = state(id);
    state.answering = true;
    state.known = true;
  }

  /** It has been answered, and the connection waits for the next one. */
  void ended(String id) {
    var state = states.get(id);
    if (state != null) {
      state.waitingSince = nanos.getAsLong();
      state.answering = false;
    }
  }

  private State state(String id) {
    return states.computeIfAbsent(id, key -> new State(key, nanos.getAsLong()));
  }

  /** Closes those that have waited for too long; to be called every second. */
  void closeTheLate() {
    var now = nanos.getAsLong();
    waiting().stream()
        .filter(state -> now - state.waitingSince > (state.known ? idle : patience).toNanos())
        .forEach(this::close);
  }

  private void closeTheLongestWaiting() {
    var waiting = waiting();
    var tooMany = waiting.size() - mostWaiting;
    if (tooMany > 0) {
      waiting.stream()
          .map(state -> new Candidate(state, state.known, state.waitingSince))
          .sorted(Candidate.ORDER)
          .limit(tooMany)
          .forEach(candidate -> close(candidate.state));
    }
  }

  /** How a connection stood when it was looked at: it may go on while others are compared. */
  private record Candidate(State state, boolean known, long since) {
    static final Comparator<Candidate> ORDER =
        Comparator.comparing(Candidate::known).thenComparingLong(Candidate::since);
  }

  private List<State> waiting() {
    states.values().removeIf(State::isClosed);
    return states.values().stream().filter(state -> !state.answering).toList();
  }

  private void close(State state) {
    states.remove(state.id);
    var line = state.line;
    if (line != null) {
      line.close();
    }
  }

  int open() {
    return states.size();
  }
}
