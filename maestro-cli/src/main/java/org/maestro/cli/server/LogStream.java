package org.maestro.cli.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Json;
import org.maestro.model.log.LogEvent;

/**
 * Follows what a step attempt prints, as server-sent events. A lost connection is opened again and
 * goes on behind the last event, so nothing is missed or shown twice.
 */
public final class LogStream {
  /** Twice what the server stays silent between heartbeats, and some. */
  private static final Duration SILENCE = Duration.ofSeconds(40);

  private static final int MOST_FAILURES = 20;

  private final MaestroServer server;

  public LogStream(MaestroServer server) {
    this.server = server;
  }

  /** Hands on all text from an offset until the attempt has ended. */
  public void follow(Route route, long offset, Consumer<String> text) {
    var position = new Position(offset == 0 ? null : Long.toString(offset));
    var failures = 0;
    while (true) {
      var before = position.lastEventId;
      try (var stream = server.open(route, position.lastEventId)) {
        if (read(stream, position, text)) {
          return;
        }
      } catch (IOException e) {
        if (failures == 0) {
          server.say("the connection is lost; trying again");
        }
      }
      failures = Objects.equals(before, position.lastEventId) ? failures + 1 : 0;
      if (failures > MOST_FAILURES) {
        throw new CommandFailure(
            ExitCode.UNAVAILABLE,
            "the log can't be followed: the connection to %s is lost again and again"
                .formatted(server.connection().server()));
      }
      server.pause().of(Duration.ofMillis(Math.min(5_000, 200L * (1L << Math.min(failures, 10)))));
      if (Thread.currentThread().isInterrupted()) {
        throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
      }
    }
  }

  private static final class Position {
    @Nullable String lastEventId;

    Position(@Nullable String lastEventId) {
      this.lastEventId = lastEventId;
    }
  }

  /** Whether the end was told. */
  private static boolean read(InputStream stream, Position position, Consumer<String> text)
      throws IOException {
    var lines = new LinkedBlockingQueue<Optional<String>>();
    var reader = Thread.ofVirtual().name("log-reader").start(() -> readLines(stream, lines));
    try {
      var event = new Event();
      while (true) {
        var line = lines.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null || line.isEmpty()) {
          return false;
        }
        if (!line.get().isEmpty()) {
          event.take(line.get());
          continue;
        }
        if (!event.data.isEmpty()) {
          position.lastEventId = event.id == null ? position.lastEventId : event.id;
          if (event.name.equals("end")) {
            return true;
          }
          text.accept(Records.read(LogEvent.class, Json.read(event.data.toString())).text());
        }
        event = new Event();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    } finally {
      reader.interrupt();
    }
  }

  private static void readLines(InputStream stream, BlockingQueue<Optional<String>> lines) {
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException _) {
      // The end, whatever the reason; the follower opens it again.
    }
    lines.add(Optional.empty());
  }

  /** One event as it comes in, line by line. */
  private static final class Event {
    @Nullable String id;
    String name = "message";
    final StringBuilder data = new StringBuilder();

    void take(String line) {
      var colon = line.indexOf(':');
      if (colon == 0) {
        return; // a comment: the server is still there
      }
      var field = colon < 0 ? line : line.substring(0, colon);
      var value = colon < 0 ? "" : line.substring(colon + 1);
      if (value.startsWith(" ")) {
        value = value.substring(1);
      }
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        default -> {
          // No other field means anything here.
        }
      }
    }
  }
}
