package org.maestro.engine.api.instance;

import org.maestro.engine.instance.RunSelector;
import org.maestro.engine.instance.why.WhyQueries;
import org.maestro.model.instance.Why;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Why is this not running? */
@RestController
@RequestMapping(
    path = "/api/v3/workflows/{workflowId}/instances/{instanceId}",
    produces = MediaType.APPLICATION_JSON_VALUE)
final class WhyController {
  private final WhyQueries queries;

  WhyController(WhyQueries queries) {
    this.queries = queries;
  }

  /** Why an instance's latest run is not running. */
  @GetMapping("/why")
  Why instance(Caller caller, @PathVariable String workflowId, @PathVariable long instanceId) {
    return queries.run(caller, workflowId, instanceId, null);
  }

  /** Why a run is not running. */
  @GetMapping("/runs/{run}/why")
  Why run(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run) {
    return queries.run(caller, workflowId, instanceId, RunSelector.run(run));
  }

  /** Why a step is not running. */
  @GetMapping("/runs/{run}/steps/{stepId}/why")
  Why step(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId) {
    return queries.step(caller, workflowId, instanceId, RunSelector.run(run), stepId);
  }
}
