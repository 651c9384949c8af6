package org.maestro.signal.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;
import org.maestro.model.signal.CloudEventBody;
import org.maestro.model.signal.SignalView;
import org.maestro.service.json.StorableText;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.security.Caller;
import org.maestro.signal.announce.Announcer;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalLog.Outcome;
import org.maestro.signal.source.CloudEvent;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * CloudEvents 1.0 over HTTP, in structured and binary mode. An event that was there before is
 * accepted and changes nothing, because senders repeat what they have no answer to.
 */
@RestController
@RequestMapping(path = "/api/v3/signals/cloudevents", produces = MediaType.APPLICATION_JSON_VALUE)
public final class CloudEventController {
  private static final MediaType STRUCTURED =
      MediaType.parseMediaType("application/cloudevents+json");
  private static final String PREFIX = "ce-";

  private final Announcer announcer;
  private final SignalJson json;
  private final Map<String, String> names;
  private final InstantSource clock;

  /**
   * @param names the signal's name by the type of the event, where it isn't the type
   */
  public CloudEventController(
      Announcer announcer, SignalJson json, Map<String, String> names, InstantSource clock) {
    this.announcer = announcer;
    this.json = json;
    this.names = Map.copyOf(names);
    this.clock = clock;
  }

  /**
   * Announces a CloudEvent as a signal, in structured or binary mode. One that was there before is
   * answered with 200.
   */
  @PostMapping
  ResponseEntity<SignalView> announce(
      Caller caller,
      HttpServletRequest request,
      @RequestBody(required = false)
          @ShownAs(value = CloudEventBody.class, contentType = "application/cloudevents+json")
          byte @Nullable [] body) {
    var event = event(request, body == null ? new byte[0] : body);
    return switch (announcer.announce(caller, event.announcement(names, clock.millis()))) {
      case Outcome.Announced(var signal) ->
          ResponseEntity.status(HttpStatus.CREATED).body(SignalViews.of(signal, event.leftOut()));
      case Outcome.Known(var signal) -> ResponseEntity.ok(SignalViews.of(signal, event.leftOut()));
    };
  }

  private CloudEvent event(HttpServletRequest request, byte[] body) {
    var type =
        request.getContentType() == null
            ? MediaType.APPLICATION_JSON
            : MediaType.parseMediaType(request.getContentType());
    if (type.isCompatibleWith(STRUCTURED)) {
      return CloudEvent.structured(object(text(body)));
    }
    if (request.getHeader("ce-specversion") == null) {
      throw new ApiException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          "no-cloud-event",
          "expected the content type application/cloudevents+json or the header ce-specversion;"
              + " batches are not accepted");
    }
    var attributes = new LinkedHashMap<String, Object>();
    for (var header : Collections.list(request.getHeaderNames())) {
      var name = header.toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        attributes.put(name.substring(PREFIX.length()), decoded(request.getHeader(header)));
      }
    }
    return new CloudEvent(attributes, data(type, body));
  }

  private Map<String, Object> object(String text) {
    if (json.readNullable(text) == null) {
      throw ApiException.badRequest("invalid-cloud-event", "expected an object, found null");
    }
    return json.map(text);
  }

  /** Headers have what isn't ASCII percent-encoded. */
  private static String decoded(String header) {
    try {
      return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return header; // a percent sign of its own
    }
  }

  private static String text(byte[] body) {
    try {
      return StorableText.decoded(body);
    } catch (CharacterCodingException _) {
      throw ApiException.badRequest(
          "unreadable-body", "expected a body in UTF-8, found bytes that aren't");
    }
  }

  private @Nullable Object data(MediaType type, byte[] body) {
    if (body.length == 0) {
      return null;
    }
    var text = text(body);
    var isJson =
        type.getSubtype().equals("json") || String.valueOf(type.getSubtypeSuffix()).equals("json");
    return isJson ? json.readNullable(text) : text;
  }
}
