package org.maestro.engine.api.permit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.permit.TagPermits;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.document.ShownAs;
import org.maestro.model.page.Page;
import org.maestro.model.permit.TagPermit;
import org.maestro.model.permit.TagPermitBody;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How many step attempts with a tag may run at the same time. */
@RestController
@RequestMapping(path = "/api/v3/tag-permits", produces = MediaType.APPLICATION_JSON_VALUE)
final class TagPermitController {
  /** Page size of a list that was asked for without one. */
  private static final long DEFAULT_PAGE = 100;

  private final TagPermits permits;

  TagPermitController(TagPermits permits) {
    this.permits = permits;
  }

  /**
   * Sets a limit. What an answer has beyond the tag and the limit may be sent back: the members of
   * {@code extra_info} count as any other member, and the timeline is the server's.
   */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  void set(Caller caller, @RequestBody @ShownAs(TagPermitBody.class) Map<String, Object> body) {
    var extra = new LinkedHashMap<>(body);
    var tag = extra.remove("tag");
    var maxAllowed = extra.remove("max_allowed");
    extra.remove("timeline");
    if (extra.remove("extra_info") instanceof Map<?, ?> nested) {
      nested.forEach((name, value) -> extra.putIfAbsent(String.valueOf(name), value));
    }
    if (!(tag instanceof String name)) {
      throw invalid("/tag", "a string", tag);
    }
    if (!(maxAllowed instanceof Long limit)) {
      throw invalid("/max_allowed", "an integer, 0 or more", maxAllowed);
    }
    permits.set(caller, name, limit, extra);
  }

  private static ApiException invalid(String pointer, String expected, @Nullable Object found) {
    var message =
        "expected %s, found %s".formatted(expected, found == null ? "none" : "\"" + found + "\"");
    return ApiException.invalid(
        "invalid-tag-permit",
        pointer.substring(1) + ": " + message,
        List.of(new DefinitionProblem(pointer, message, null)));
  }

  /** All limits, or the one of a tag. */
  @GetMapping
  Page<TagPermit> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    var page =
        PageRequest.of(first == null && last == null ? (Long) DEFAULT_PAGE : first, last, cursor);
    return tag == null
        ? permits.list(caller, page)
        : Pages.of(page, List.of(permits.get(caller, tag)), TagPermit::tag, null);
  }

  /** The limit of a tag. */
  @GetMapping("/{tag}")
  TagPermit get(Caller caller, @PathVariable String tag) {
    return permits.get(caller, tag);
  }

  /** As the path, for tags that are dots only: nobody lets those be a path. */
  @DeleteMapping
  TagPermit deleteNamed(Caller caller, @RequestParam String tag) {
    return permits.delete(caller, tag);
  }

  /** Removes the limit of a tag. */
  @DeleteMapping("/{tag}")
  TagPermit delete(Caller caller, @PathVariable String tag) {
    return permits.delete(caller, tag);
  }
}
