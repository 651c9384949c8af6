package org.maestro.signal.api;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.document.ShownAs;
import org.maestro.model.page.Page;
import org.maestro.model.signal.SignalBody;
import org.maestro.model.signal.SignalDetail;
import org.maestro.model.signal.SignalName;
import org.maestro.model.signal.SignalView;
import org.maestro.sel.Decimals;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.maestro.signal.announce.Announcement;
import org.maestro.signal.announce.Announcer;
import org.maestro.signal.announce.Origin;
import org.maestro.signal.announce.SignalCheck;
import org.maestro.signal.announce.SignalLog.Outcome;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Announcing and reading signals. A name may contain slashes, so it is the part of the path before
 * the last {@code /instances}; what a path can't say, such as two slashes in a row, goes into
 * {@code ?name=}.
 */
@RestController
@RequestMapping(path = "/api/v3/signals", produces = MediaType.APPLICATION_JSON_VALUE)
public final class SignalController {
  private static final long DEFAULT_PAGE = 100;
  private static final Set<String> FIELDS =
      Set.of("name", "params", "payload", "request_id", "request_time");
  private static final Pattern INSTANCES =
      Pattern.compile("(?:/(?<name>.+))?/instances(?:/(?<which>latest|[0-9]{1,18}))?");

  private final Announcer announcer;
  private final SignalQueries queries;
  private final InstantSource clock;

  public SignalController(Announcer announcer, SignalQueries queries, InstantSource clock) {
    this.announcer = announcer;
    this.queries = queries;
    this.clock = clock;
  }

  /** Announces a signal; the same request id twice is refused the second time. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  SignalView announce(
      Caller caller, @RequestBody @ShownAs(SignalBody.class) Map<String, Object> body) {
    return switch (announcer.announce(caller, announcement(caller, body))) {
      case Outcome.Announced(var signal) -> SignalViews.of(signal);
      case Outcome.Known(var signal) ->
          throw ApiException.conflict(
              "signal-exists",
              "request_id \"%s\" has announced \"%s\" already, as number %d"
                  .formatted(signal.instanceId(), signal.name(), signal.seqId()));
    };
  }

  private Announcement announcement(Caller caller, Map<String, Object> body) {
    var problems =
        new ArrayList<>(
            SignalCheck.problems(body.get("name"), body.get("request_id"), body.get("params")));
    for (var field : body.keySet()) {
      if (!FIELDS.contains(field)) {
        problems.add(
            new DefinitionProblem(
                "/" + field.replace("~", "~0").replace("/", "~1"),
                "unknown field; expected one of " + FIELDS.stream().sorted().toList(),
                null));
      }
    }
    var time = body.get("request_time");
    var millis = time instanceof Number number ? Decimals.whole(number) : null;
    if (time != null && millis == null) {
      problems.add(
          new DefinitionProblem("/request_time", "expected milliseconds since 1970", null));
    }
    if (!problems.isEmpty()) {
      throw invalid(problems);
    }
    return new Announcement(
        (String) body.getOrDefault("name", ""),
        (String) body.get("request_id"),
        SignalCheck.params(body.get("params")),
        body.get("payload"),
        millis == null ? clock.millis() : millis,
        new Origin.Client(caller.name()));
  }

  private static ApiException invalid(List<DefinitionProblem> problems) {
    return ApiException.invalid(
        "invalid-signal", "the signal has %d problem(s)".formatted(problems.size()), problems);
  }

  /** The names under which something was announced; or one of them. */
  @GetMapping
  Page<SignalName> names(
      Caller caller,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return queries.names(caller, page(first, last, cursor));
  }

  /**
   * {@code {name}/instances}, {@code {name}/instances/latest}, {@code {name}/instances/{number}}.
   */
  @GetMapping("/{*rest}")
  Object read(
      Caller caller,
      @PathVariable String rest,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    var route = INSTANCES.matcher(rest);
    if (!route.matches() || (route.group("name") == null) == (name == null)) {
      throw ApiException.notFound(
          "no-such-route",
          "expected {name}/instances, {name}/instances/latest or {name}/instances/{number}, or"
              + " instances with ?name=");
    }
    var wanted = name == null ? route.group("name") : name;
    return switch (route.group("which")) {
      case null -> instances(caller, wanted, page(first, last, cursor));
      case "latest" -> latest(caller, wanted);
      case String number -> instance(caller, wanted, Long.parseLong(number));
    };
  }

  /** The signals of a name, newest first. */
  private Page<SignalView> instances(Caller caller, String name, PageRequest page) {
    return queries.instances(caller, name, page);
  }

  /** The newest signal of a name, with what it fed. */
  private SignalDetail latest(Caller caller, String name) {
    return queries.latest(caller, name);
  }

  /** A signal by its number, with what it fed. */
  private SignalDetail instance(Caller caller, String name, long number) {
    return queries.instance(caller, name, number);
  }

  private static PageRequest page(
      @Nullable Long first, @Nullable Long last, @Nullable String cursor) {
    return PageRequest.of(
        first == null && last == null ? (Long) DEFAULT_PAGE : first, last, cursor);
  }
}
