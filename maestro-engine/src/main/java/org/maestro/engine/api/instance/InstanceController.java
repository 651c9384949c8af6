package org.maestro.engine.api.instance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.FailureQueries;
import org.maestro.engine.instance.InstanceActions;
import org.maestro.engine.instance.InstanceFilter;
import org.maestro.engine.instance.InstanceQueries;
import org.maestro.engine.instance.RunSelector;
import org.maestro.model.instance.FailedRuns;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.RunSummary;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Instances and their runs: lists, search, views. */
@RestController
@RequestMapping(path = "/api/v3", produces = MediaType.APPLICATION_JSON_VALUE)
final class InstanceController {
  private final InstanceQueries queries;
  private final FailureQueries failures;

  InstanceController(InstanceQueries queries, FailureQueries failures) {
    this.queries = queries;
    this.failures = failures;
  }

  /** What can be done to a run, by its status. */
  @GetMapping("/workflows/instances/action-map")
  Map<RunStatus, List<String>> actions() {
    return InstanceActions.ofRuns();
  }

  /** Instances of all workflows, newest first; each as its latest run. */
  @GetMapping("/instances")
  Page<RunSummary> search(
      Caller caller,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String workflow,
      @RequestParam(required = false) @Nullable RunStatus status,
      @RequestParam(required = false) @Nullable Long from,
      @RequestParam(required = false) @Nullable Long to,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return queries.search(
        caller,
        owner,
        workflow,
        new InstanceFilter(status, from, to),
        PageRequest.of(first, last, cursor));
  }

  /** What failed last over all workflows and has not been restarted, by what went wrong. */
  @GetMapping("/failures")
  FailedRuns failures(
      Caller caller,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String workflow,
      @RequestParam(required = false) @Nullable String signature) {
    return failures.failures(caller, owner, workflow, signature);
  }

  /** The instances of a workflow, newest first; each as its latest run. */
  @GetMapping("/workflows/{workflowId}/instances")
  Page<InstanceView> list(
      Caller caller,
      @PathVariable String workflowId,
      @RequestParam(required = false) @Nullable RunStatus status,
      @RequestParam(required = false) @Nullable Long from,
      @RequestParam(required = false) @Nullable Long to,
      @RequestParam(defaultValue = "false") boolean aggregated,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return queries.instances(
        caller,
        workflowId,
        new InstanceFilter(status, from, to),
        aggregated,
        PageRequest.of(first, last, cursor));
  }

  /** An instance, as its latest run. */
  @GetMapping("/workflows/{workflowId}/instances/{instanceId}")
  InstanceView instance(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @RequestParam(defaultValue = "false") boolean enriched) {
    return queries.run(caller, workflowId, instanceId, null, enriched, true);
  }

  /** The runs of an instance, newest first. */
  @GetMapping("/workflows/{workflowId}/instances/{instanceId}/runs")
  Page<RunSummary> runs(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return queries.runs(caller, workflowId, instanceId, PageRequest.of(first, last, cursor));
  }

  /** A run of an instance. */
  @GetMapping("/workflows/{workflowId}/instances/{instanceId}/runs/{run}")
  InstanceView run(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @RequestParam(defaultValue = "false") boolean enriched,
      @RequestParam(defaultValue = "false") boolean aggregated) {
    return queries.run(caller, workflowId, instanceId, RunSelector.run(run), enriched, aggregated);
  }
}
