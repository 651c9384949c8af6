package org.maestro.benchmark.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the jobs of programs report, and wait until they are told how to end. It sees when the
 * other side hangs up: a job that was told to end is no longer at work. (The server of the JDK
 * doesn't look at a connection whose request it has handed over.)
 */
final class JobServer implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final ServerSocket server;
  private final Map<String, Jobs> programs = new HashMap<>();

  JobServer() {
    try {
      server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().name("jobs").daemon().start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** One request a connection: read, kept, and watched until either side closes it. */
  private void serve(Socket socket) {
    try (socket;
        var lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      var request = read(socket, lines);
      if (request == null) {
        return;
      }
      var jobs = jobsOf(request);
      if (jobs == null) {
        request.answer(410);
        return;
      }
      jobs.add(request);
      try {
        lines.read();
      } finally {
        jobs.hungUp(request);
      }
    } catch (IOException _) {
      // One of the two sides has closed the connection.
    }
  }

  private static @Nullable Request read(Socket socket, BufferedReader lines) throws IOException {
    var first = lines.readLine();
    if (first == null) {
      return null;
    }
    var attempt = "";
    for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      var colon = line.indexOf(':');
      if (line.substring(0, colon).toLowerCase(Locale.ROOT).equals("idempotency-key")) {
        attempt = line.substring(colon + 1).strip();
      }
    }
    var target = first.substring(first.indexOf(' ') + 1, first.lastIndexOf(' '));
    return new Request(socket, URI.create(target).getPath().substring(1), attempt);
  }

  private @Nullable Jobs jobsOf(Request request) {
    var program = request.place.substring(0, Math.max(0, request.place.indexOf('/')));
    synchronized (programs) {
      return programs.get(program);
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

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A job at work: where it stands in its program, and which attempt it is. */
  private record Request(Socket socket, String place, String attempt) {
    void answer(int status) {
      try (socket) {
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 %d \r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(status)
                    .getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException _) {
        // The other side has gone: its step was told to end.
      }
    }
  }

  /** The jobs of one program that are at work, by where they stand. */
  static final class Jobs {
    private final Map<String, List<Request>> waiting = new HashMap<>();

    /** What was answered to an attempt of a job: the same again if it asks again. */
    private final Map<String, Integer> answered = new HashMap<>();

    private final List<Request> dropped = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private void add(Request request) {
      lock.lock();
      try {
        var known = answered.get(request.attempt);
        if (known != null) {
          request.answer(known);
        } else if (dropped.stream().anyMatch(one -> one.attempt.equals(request.attempt))) {
          dropped.add(request);
        } else {
          var all = waiting.computeIfAbsent(request.place, _ -> new ArrayList<>());
          all.removeIf(one -> one.attempt.equals(request.attempt));
          all.add(request);
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }

    private void hungUp(Request request) {
      lock.lock();
      try {
        var all = waiting.get(request.place);
        if (all != null && all.remove(request)) {
          if (all.isEmpty()) {
            waiting.remove(request.place);
          }
          changed.signalAll();
        }
        dropped.remove(request);
      } finally {
        lock.unlock();
      }
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
          answered.put(one.attempt, status);
          one.answer(status);
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
        waiting.values().forEach(all -> all.forEach(request -> request.answer(410)));
        waiting.clear();
        dropped.forEach(request -> request.answer(410));
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
