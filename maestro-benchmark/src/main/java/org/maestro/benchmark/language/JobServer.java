package org.maestro.benchmark.language;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where the jobs of programs report, and wait until they are told how to end. */
final class JobServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Jobs> programs = new HashMap<>();

  JobServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Every request is kept without a thread: it is answered by who tells the job to end.
    server.setExecutor(Runnable::run);
    server.createContext("/", this::keep);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void keep(HttpExchange exchange) {
    var path = exchange.getRequestURI().getPath().substring(1);
    var program = path.substring(0, Math.max(0, path.indexOf('/')));
    Jobs jobs;
    synchronized (programs) {
      jobs = programs.get(program);
    }
    if (jobs == null) {
      answer(exchange, 410);
    } else {
      jobs.add(path, exchange);
    }
  }

  /** The jobs of a program, from now on. */
  Jobs jobs(String program) {
    var jobs = new Jobs();
    synchronized (programs) {
      programs.put(program, jobs);
    }
    return jobs;
  }

  /** Whatever still waits or comes for a program is sent away. */
  void forget(String program) {
    Jobs jobs;
    synchronized (programs) {
      jobs = programs.remove(program);
    }
    if (jobs != null) {
      jobs.sendAway();
    }
  }

  private static void answer(HttpExchange exchange, int status) {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    } catch (IOException _) {
      // The other side has gone: its step was told to end.
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** The jobs of one program that are at work, by where they stand. */
  static final class Jobs {
    private final Map<String, List<HttpExchange>> waiting = new HashMap<>();

    /** What was answered to an attempt of a job: the same again if it asks again. */
    private final Map<String, Integer> answered = new HashMap<>();

    private final List<HttpExchange> dropped = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private void add(String place, HttpExchange exchange) {
      lock.lock();
      try {
        var known = answered.get(attempt(exchange));
        if (known != null) {
          answer(exchange, known);
        } else if (dropped.stream().anyMatch(one -> attempt(one).equals(attempt(exchange)))) {
          dropped.add(exchange);
        } else {
          var all = waiting.computeIfAbsent(place, _ -> new ArrayList<>());
          all.removeIf(one -> attempt(one).equals(attempt(exchange)));
          all.add(exchange);
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }

    private static String attempt(HttpExchange exchange) {
      return exchange.getRequestHeaders().getFirst("Idempotency-Key");
    }

    /** Tells a job how to end. */
    void end(String place, int status) {
      lock.lock();
      try {
        var all = waiting.remove(place);
        if (all == null) {
          throw new IllegalStateException("expected a job at " + place + " to wait");
        }
        for (var one : all) {
          answered.put(attempt(one), status);
          answer(one, status);
        }
      } finally {
        lock.unlock();
      }
    }

    /** The engine has to end this job. It gets no answer: that could come before it is told. */
    void drop(String place) {
      lock.lock();
      try {
        var all = waiting.remove(place);
        if (all != null) {
          dropped.addAll(all);
        }
      } finally {
        lock.unlock();
      }
    }

    private void sendAway() {
      lock.lock();
      try {
        waiting.values().forEach(all -> all.forEach(exchange -> answer(exchange, 410)));
        waiting.clear();
        dropped.forEach(exchange -> answer(exchange, 410));
      } finally {
        lock.unlock();
      }
    }

    /**
     * Returns when these jobs wait, or time is up.
     *
     * @param late places whose jobs were told to end before they came, and may come yet
     * @return null, or what waits instead
     */
    @Nullable Set<String> await(Set<String> places, Set<String> late, long deadline) {
      lock.lock();
      try {
        while (!isIt(places, late)) {
          if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
            return isIt(places, late) ? null : new TreeSet<>(waiting.keySet());
          }
        }
        return null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TreeSet<>(waiting.keySet());
      } finally {
        lock.unlock();
      }
    }

    /** Returns the first of these jobs that waits; null if none does when time is up. */
    @Nullable String awaitOne(Set<String> places, long deadline) {
      lock.lock();
      try {
        while (true) {
          var one = waiting.keySet().stream().filter(places::contains).findFirst();
          if (one.isPresent()) {
            return one.get();
          }
          if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
            return null;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      } finally {
        lock.unlock();
      }
    }

    private boolean isIt(Set<String> places, Set<String> late) {
      return waiting.keySet().containsAll(places)
          && waiting.keySet().stream()
              .allMatch(place -> places.contains(place) || late.contains(place));
    }
  }
}
