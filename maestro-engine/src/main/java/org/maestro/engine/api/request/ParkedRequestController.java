package org.maestro.engine.api.request;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.request.ParkedRequest;
import org.maestro.engine.request.ParkedRequests;
import org.maestro.service.paging.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests of the other services that the engine could not deal with. For administrators. */
@RestController
@RequestMapping(path = "/api/v3/parked-requests", produces = MediaType.APPLICATION_JSON_VALUE)
final class ParkedRequestController {
  private static final long DEFAULT_PAGE = 50;

  private final ParkedRequests requests;

  ParkedRequestController(ParkedRequests requests) {
    this.requests = requests;
  }

  /** Requests that could not be dealt with, oldest first. */
  @GetMapping
  Page<ParkedRequest> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return requests.list(
        caller,
        PageRequest.of(first == null && last == null ? (Long) DEFAULT_PAGE : first, last, cursor));
  }

  /** Sends it once more. */
  @PostMapping("/{id}/actions/replay")
  ParkedRequest replay(Caller caller, @PathVariable String id) {
    return requests.replay(caller, id);
  }

  /** Throws it away. */
  @PostMapping("/{id}/actions/discard")
  ParkedRequest discard(Caller caller, @PathVariable String id) {
    return requests.discard(caller, id);
  }
}
