package org.maestro.engine.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.model.log.LogEvent;
import org.maestro.model.log.LogText;
import org.maestro.service.limit.Streams;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What a step attempt printed: in pieces, or as it is printed (server-sent events). The directory
 * decides who may read it.
 */
@RestController
@RequestMapping(
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{runId}/steps/{stepId}/attempts/{attemptId}/logs")
final class LogController {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final long NO_TIMEOUT = 0;
  private final AttemptDirectory directory;
  private final LogStore logs;
  private final Streams streams;
  private final ThreadFactory followers;

  LogController(
      AttemptDirectory directory, LogStore logs, Streams streams, ThreadFactory followers) {
    this.directory = directory;
    this.logs = logs;
    this.streams = streams;
    this.followers = followers;
  }

  /** A piece of what a step attempt printed. The next one begins at {@code next_offset}. */
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  LogText read(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable long runId,
      @PathVariable String stepId,
      @PathVariable String attemptId,
      @RequestParam(defaultValue = "stdout") String stream,
      @RequestParam(defaultValue = "0") long offset,
      @RequestParam(defaultValue = "65536") int limit)
      throws IOException, InterruptedException {
    var attempt = find(caller, workflowId, instanceId, runId, stepId, attemptId);
    var slice = logs.read(attempt, streamOf(stream), notNegative(offset), limit);
    return new LogText(
        slice.stream().name().toLowerCase(Locale.ROOT),
        slice.offset(),
        slice.nextOffset(),
        slice.text(),
        slice.eof());
  }

  /**
   * Events with {@code {offset, text}}, a comment every 15 seconds when nothing is printed, and an
   * {@code end} event when the attempt has ended. {@code Last-Event-ID} resumes behind that event,
   * which is what to do after a {@code closing} event: this server stops.
   */
  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter follow(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable long runId,
      @PathVariable String stepId,
      @PathVariable String attemptId,
      @RequestParam(defaultValue = "stdout") String stream,
      @RequestParam(defaultValue = "0") long offset,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastEventId)
      throws IOException {
    var attempt = find(caller, workflowId, instanceId, runId, stepId, attemptId);
    var from = notNegative(lastEventId == null ? offset : lastEventId);
    var tail = logs.follow(attempt, streamOf(stream), from);
    try {
      var open = streams.open(caller, tail::wake);
      var emitter = new SseEmitter(NO_TIMEOUT);
      followers.newThread(() -> send(tail, open, emitter)).start();
      return emitter;
    } catch (ApiException e) {
      tail.close();
      throw e;
    }
  }

  /** Until the attempt ends or the client is gone, which the next event or heartbeat finds out. */
  private static void send(LogTail tail, Streams.Open open, SseEmitter emitter) {
    try (tail;
        open) {
      while (true) {
        var slice = tail.next(HEARTBEAT);
        if (!slice.text().isEmpty()) {
          emitter.send(
              SseEmitter.event()
                  .id(Long.toString(slice.nextOffset()))
                  .data(new LogEvent(slice.offset(), slice.text()), MediaType.APPLICATION_JSON));
        }
        if (slice.eof()) {
          emitter.send(
              SseEmitter.event()
                  .id(Long.toString(slice.nextOffset()))
                  .name("end")
                  .data(Map.of("offset", slice.nextOffset()), MediaType.APPLICATION_JSON));
          emitter.complete();
          return;
        }
        if (open.shouldEnd()) {
          emitter.send(
              SseEmitter.event()
                  .name("closing")
                  .data(Map.of("offset", slice.nextOffset()), MediaType.APPLICATION_JSON));
          emitter.complete();
          return;
        }
        if (slice.text().isEmpty()) {
          emitter.send(SseEmitter.event().comment("still here"));
        }
      }
    } catch (IOException | IllegalStateException e) {
      emitter.completeWithError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      emitter.complete();
    }
  }

  private AttemptRef find(
      Caller caller,
      String workflowId,
      long instanceId,
      long runId,
      String stepId,
      String attemptId) {
    var attempt =
        directory
            .find(caller, workflowId, instanceId, runId, stepId, attemptNumber(attemptId))
            .orElseThrow(() ->
                ApiException.notFound(
                    "attempt-not-found",
                    "workflow \"%s\", instance %d, run %d has no attempt %s of step \"%s\""
                        .formatted(workflowId, instanceId, runId, attemptId, stepId)));
    if (!logs.has(attempt)) {
      throw ApiException.notFound(
          "log-not-found",
          "attempt %d of step \"%s\" has printed nothing here: it has not begun, or its type has no log"
              .formatted(attempt.attemptId(), stepId));
    }
    return attempt;
  }

  private static OptionalLong attemptNumber(String text) {
    if (text.equals("latest")) {
      return OptionalLong.empty();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ApiException.badRequest(
          "bad-attempt", "expected the attempt to be a number or latest, found \"" + text + "\"");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static LogStream streamOf(String name) {
    for (var stream : LogStream.values()) {
      if (stream.name().equalsIgnoreCase(name)) {
        return stream;
      }
    }
    throw ApiException.badRequest(
        "bad-stream", "expected stream to be stdout or stderr, found \"" + name + "\"");
  }

  private static long notNegative(long offset) {
    if (offset < 0) {
      throw ApiException.badRequest("bad-offset", "expected an offset of 0 or more");
    }
    return offset;
  }
}
