package org.maestro.signal.api;

import java.util.Locale;
import org.maestro.model.lineage.Lineage;
import org.maestro.model.lineage.Node;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.maestro.signal.lineage.LineageQueries;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What came of a signal, an instance or a workflow, and what it came of. */
@RestController
@RequestMapping(path = "/api/v3/lineage", produces = MediaType.APPLICATION_JSON_VALUE)
public final class LineageController {
  private static final String DEPTH = "3";
  private static final String DIRECTION = "downstream";

  private final LineageQueries queries;

  public LineageController(LineageQueries queries) {
    this.queries = queries;
  }

  /** What came of a signal, or what it came of. */
  @GetMapping("/signals")
  Lineage ofSignal(
      Caller caller,
      @RequestParam String name,
      @RequestParam long seq,
      @RequestParam(defaultValue = DIRECTION) String direction,
      @RequestParam(defaultValue = DEPTH) int depth) {
    return queries.of(caller, new Node.OfSignal(name, seq), direction(direction), depth);
  }

  /** What came of an instance, or what it came of. */
  @GetMapping("/runs")
  Lineage ofRun(
      Caller caller,
      @RequestParam("workflow_id") String workflowId,
      @RequestParam("instance_id") long instanceId,
      @RequestParam(defaultValue = DIRECTION) String direction,
      @RequestParam(defaultValue = DEPTH) int depth) {
    return queries.of(caller, new Node.OfRun(workflowId, instanceId), direction(direction), depth);
  }

  /** What came of a workflow, or what it came of. */
  @GetMapping("/workflows")
  Lineage ofWorkflow(
      Caller caller,
      @RequestParam("workflow_id") String workflowId,
      @RequestParam(defaultValue = DIRECTION) String direction,
      @RequestParam(defaultValue = DEPTH) int depth) {
    return queries.of(caller, new Node.OfWorkflow(workflowId), direction(direction), depth);
  }

  private static Lineage.Direction direction(String given) {
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "upstream" -> Lineage.Direction.UPSTREAM;
      case "downstream" -> Lineage.Direction.DOWNSTREAM;
      default ->
          throw ApiException.badRequest(
              "invalid-parameter",
              "direction: expected upstream or downstream, found \"%s\"".formatted(given));
    };
  }
}
