package org.maestro.engine.api.instance;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.RunSelector;
import org.maestro.engine.instance.loop.IterationFilter;
import org.maestro.engine.instance.loop.LoopActions;
import org.maestro.engine.instance.loop.LoopPlace;
import org.maestro.engine.instance.loop.LoopQueries;
import org.maestro.model.loop.IterationView;
import org.maestro.model.loop.LoopAction;
import org.maestro.model.loop.LoopActionAnswer;
import org.maestro.model.loop.LoopFailures;
import org.maestro.model.loop.LoopStrip;
import org.maestro.model.loop.LoopSummary;
import org.maestro.model.loop.NestedIterationView;
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

/** The iterations of foreach steps. */
@RestController
@RequestMapping(
    path =
        "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations",
    produces = MediaType.APPLICATION_JSON_VALUE)
final class LoopController {
  private final LoopQueries loops;
  private final LoopActions actions;

  LoopController(LoopQueries loops, LoopActions actions) {
    this.loops = loops;
    this.actions = actions;
  }

  /** A loop in numbers. */
  @GetMapping("/summary")
  LoopSummary summary(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId) {
    return loops.summary(caller, place(workflowId, instanceId, run, stepId));
  }

  private static LoopPlace place(String workflowId, long instanceId, String run, String stepId) {
    return new LoopPlace(workflowId, instanceId, RunSelector.run(run), stepId);
  }

  /** The whole loop in pieces of equal size, for a picture of it. */
  @GetMapping("/strip")
  LoopStrip strip(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId,
      @RequestParam(defaultValue = "512") int buckets) {
    return loops.strip(caller, place(workflowId, instanceId, run, stepId), buckets);
  }

  /** Failed iterations by what went wrong, most frequent first. */
  @GetMapping("/failures")
  LoopFailures failures(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId) {
    return loops.failures(caller, place(workflowId, instanceId, run, stepId));
  }

  /** The iterations of a loop, by number; the cursor is the number of an iteration. */
  @GetMapping
  Page<IterationView> iterations(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String signature,
      @RequestParam(required = false) @Nullable Long from,
      @RequestParam(required = false) @Nullable Long to,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam Map<String, String> query) {
    return loops.iterations(
        caller,
        place(workflowId, instanceId, run, stepId),
        IterationFilter.of(status, signature, from, to, query),
        PageRequest.of(first, last, cursor));
  }

  /** The iterations of a foreach step within this one, over all iterations of this one. */
  @GetMapping("/nested")
  Page<NestedIterationView> nested(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId,
      @RequestParam(required = false) @Nullable String inner,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String signature,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam Map<String, String> query) {
    return loops.nested(
        caller,
        place(workflowId, instanceId, run, stepId),
        inner,
        IterationFilter.of(status, signature, null, null, query),
        PageRequest.of(first, last, cursor));
  }

  /** One iteration with the steps that it stands in, innermost first. */
  @GetMapping("/{index:\\d+}")
  IterationView iteration(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId,
      @PathVariable long index) {
    return loops.iteration(caller, place(workflowId, instanceId, run, stepId), index);
  }

  /** Restarts, stops or kills many iterations at once. */
  @PostMapping("/actions/{action:restart|stop|kill}")
  LoopActionAnswer act(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId,
      @PathVariable String action,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String signature,
      @RequestParam(required = false) @Nullable Long from,
      @RequestParam(required = false) @Nullable Long to,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestParam Map<String, String> query) {
    return actions.act(
        caller,
        place(workflowId, instanceId, run, stepId),
        IterationFilter.of(status, signature, from, to, query),
        LoopAction.valueOf(action.toUpperCase(Locale.ROOT)),
        dryRun);
  }
}
