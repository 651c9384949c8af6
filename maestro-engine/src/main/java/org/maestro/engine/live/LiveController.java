package org.maestro.engine.live;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.live.LiveFeed.Changes;
import org.maestro.service.limit.Streams;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What has changed, for pages that are open (server-sent events). */
@RestController
final class LiveController {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final long NO_TIMEOUT = 0;

  /** What is JSON already. */
  private static final MediaType TEXT = MediaType.TEXT_PLAIN;

  private final LiveFeed feed;
  private final LivePace pace;
  private final AccessPolicy access;
  private final Streams streams;
  private final ThreadFactory tellers;

  LiveController(
      LiveFeed feed, LivePace pace, AccessPolicy access, Streams streams, ThreadFactory tellers) {
    this.feed = feed;
    this.pace = pace;
    this.access = access;
    this.streams = streams;
    this.tellers = tellers;
  }

  /**
   * Which instances and loops have changed on this node, at most twice a second each, as events
   * with {@code [{type, key, version}]}: {@code instance} and {@code workflow#number}, with {@code
   * ended} if its run has ended, {@code workflow} if many of its instances have changed, {@code
   * loop} and the id of the iterations' workflow, or {@code all}, if it can't be told which. Says
   * nothing of what they are now: ask for that, as far apart as the last event {@code pace} says
   * with {@code least}, in milliseconds; while the server is busy changes are told as far apart. A
   * comment comes every 15 seconds when nothing changes. {@code Last-Event-ID} resumes behind that
   * event; {@code closing} says that this server stops. Other nodes have streams of their own, so
   * ask now and then without having been told, too.
   */
  @GetMapping(path = "/api/v3/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream(
      Caller caller,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    access.requireMayList(caller);
    var reader = feed.open(lastEventId);
    try {
      var open = streams.open(caller, reader::wake);
      var emitter = new SseEmitter(NO_TIMEOUT);
      tellers.newThread(() -> tell(reader, open, emitter)).start();
      return emitter;
    } catch (ApiException e) {
      reader.close();
      throw e;
    }
  }

  /** Until the server stops or the client is gone, which the next event or heartbeat finds out. */
  private void tell(LiveFeed.Reader reader, Streams.Open open, SseEmitter emitter) {
    var said = 0L;
    try (reader;
        open) {
      while (!open.shouldEnd()) {
        var news = reader.next(HEARTBEAT);
        var least = pace.least();
        if (least != said) {
          said = least;
          emitter.send(
              SseEmitter.event()
                  .name("pace")
                  .data(Map.of("least", least), MediaType.APPLICATION_JSON));
        }
        for (Changes changes : news) {
          emitter.send(SseEmitter.event().id(changes.id()).data(changes.text(), TEXT));
        }
        if (news.isEmpty()) {
          emitter.send(SseEmitter.event().comment("still here"));
        }
      }
      emitter.send(SseEmitter.event().name("closing").data(Map.of(), MediaType.APPLICATION_JSON));
      emitter.complete();
    } catch (IOException | IllegalStateException e) {
      emitter.completeWithError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      emitter.complete();
    }
  }
}
