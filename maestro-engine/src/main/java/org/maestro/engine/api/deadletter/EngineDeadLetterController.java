package org.maestro.engine.api.deadletter;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.deadletter.DeadLetters;
import org.maestro.model.deadletter.DeadLetter;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Messages that the engine could not deal with. For administrators. The signal service has its own
 * under {@code /dead-letters}; clients of the first release know these by another name.
 */
@RestController
@RequestMapping(
    path = {"/api/v3/engine-dead-letters", "/api/v3/parked-requests"},
    produces = MediaType.APPLICATION_JSON_VALUE)
final class EngineDeadLetterController {
  private static final long DEFAULT_PAGE = 50;

  private final DeadLetters letters;

  EngineDeadLetterController(DeadLetters letters) {
    this.letters = letters;
  }

  /** Requests that could not be dealt with, oldest first. */
  @GetMapping
  Page<DeadLetter> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return letters.list(
        caller,
        PageRequest.of(first == null && last == null ? (Long) DEFAULT_PAGE : first, last, cursor));
  }

  /** Sends it once more. */
  @PostMapping("/{id}/actions/replay")
  DeadLetter replay(Caller caller, @PathVariable String id) {
    return letters.replay(caller, id);
  }

  /** Throws it away. */
  @PostMapping("/{id}/actions/discard")
  DeadLetter discard(Caller caller, @PathVariable String id) {
    return letters.discard(caller, id);
  }
}
