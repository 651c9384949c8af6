package org.maestro.engine.api.instance;

import java.util.List;
import java.util.Map;
import org.maestro.engine.instance.InstanceActions;
import org.maestro.engine.instance.InstanceQueries;
import org.maestro.engine.instance.RunSelector;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.instance.StepView;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Steps of runs and their attempts. */
@RestController
@RequestMapping(path = "/api/v3/workflows", produces = MediaType.APPLICATION_JSON_VALUE)
final class StepController {
  private static final String INSTANCE = "/{workflowId}/instances/{instanceId}";
  private static final String RUN = INSTANCE + "/runs/{run}";

  private final InstanceQueries queries;

  StepController(InstanceQueries queries) {
    this.queries = queries;
  }

  /** What can be done to a step attempt, by its status. */
  @GetMapping("/steps/instances/action-map")
  Map<StepStatus, List<String>> actions() {
    return InstanceActions.ofSteps();
  }

  /** The steps of an instance over all its runs: the latest attempt of each. */
  @GetMapping(INSTANCE + "/steps")
  List<StepView> latestSteps(
      Caller caller, @PathVariable String workflowId, @PathVariable long instanceId) {
    return queries.latestSteps(caller, workflowId, instanceId);
  }

  /** A step of an instance over all its runs: its latest attempt. */
  @GetMapping(INSTANCE + "/steps/{stepId}")
  StepView latestStep(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String stepId) {
    return queries.latestStep(caller, workflowId, instanceId, stepId);
  }

  /** The steps of a run that have been reached: the latest attempt of each. */
  @GetMapping(RUN + "/steps")
  List<StepView> steps(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run) {
    return queries.steps(caller, workflowId, instanceId, RunSelector.run(run));
  }

  /** The attempts of a step in a run, oldest first. */
  @GetMapping(RUN + "/steps/{stepId}/attempts")
  List<StepView> attempts(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId) {
    return queries.attempts(caller, workflowId, instanceId, RunSelector.run(run), stepId);
  }

  /** An attempt of a step. */
  @GetMapping(RUN + "/steps/{stepId}/attempts/{attempt}")
  StepView attempt(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run,
      @PathVariable String stepId,
      @PathVariable String attempt) {
    return queries.attempt(
        caller, workflowId, instanceId, RunSelector.run(run), stepId, RunSelector.attempt(attempt));
  }
}
