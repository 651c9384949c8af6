package org.maestro.signal.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.maestro.model.deadletter.DeadLetterView;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetters;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the signal service could not read or handle. */
@RestController
@RequestMapping(path = "/api/v3/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
public final class DeadLetterController {
  private static final long DEFAULT_PAGE = 100;
  private static final int LONGEST_BODY = 10_000;

  private final DeadLetters letters;

  public DeadLetterController(DeadLetters letters) {
    this.letters = letters;
  }

  /** What could not be read or handled, newest first. */
  @GetMapping
  Page<DeadLetterView> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return letters
        .list(
            caller,
            PageRequest.of(
                first == null && last == null ? (Long) DEFAULT_PAGE : first, last, cursor))
        .map(DeadLetterController::view);
  }

  private static DeadLetterView view(DeadLetter letter) {
    var shown = ByteBuffer.wrap(letter.body(), 0, Math.min(LONGEST_BODY, letter.body().length));
    var text = text(shown.duplicate());
    return new DeadLetterView(
        letter.id(),
        letter.kind(),
        letter.topic(),
        letter.key(),
        letter.reason(),
        text != null
            ? text
            : StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(shown)).toString(),
        text != null ? "utf-8" : "base64",
        letter.createTime());
  }

  private static @Nullable String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  /** Tries a dead letter once more, or throws it away. */
  @PostMapping("/{id}/actions/{action}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void act(Caller caller, @PathVariable String id, @PathVariable String action) {
    switch (action) {
      case "replay" -> letters.replay(caller, id);
      case "discard" -> letters.discard(caller, id);
      default ->
          throw ApiException.notFound(
              "no-such-action", "expected replay or discard, found \"%s\"".formatted(action));
    }
  }
}
