package org.maestro.engine.api.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.action.ActionService;
import org.maestro.engine.action.ActionService.StepAction;
import org.maestro.engine.start.StartRequest;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is asked of a step of an instance's latest run. */
@RestController
@RequestMapping(
    path = "/api/v3/workflows/{workflowId}/instances/{instanceId}/steps/{stepId}/actions",
    produces = MediaType.APPLICATION_JSON_VALUE)
final class StepActionController {
  private final ActionService actions;

  StepActionController(ActionService actions) {
    this.actions = actions;
  }

  /**
   * Runs a step again, and what follows it, as a new run; or as a new attempt while its run goes
   * on.
   */
  @PostMapping("/restart")
  Map<String, Object> restart(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String stepId,
      @RequestParam(defaultValue = "true") boolean blocking,
      @RequestBody(required = false) @Nullable Map<String, Object> body) {
    return answer(
        actions.restartStep(
            caller,
            workflowId,
            instanceId,
            stepId,
            StartRequest.restart(body == null ? Map.of() : body),
            blocking));
  }

  /** Stops, kills, skips or bypasses a step of an instance's latest run. */
  @PutMapping("/{action:stop|kill|skip|bypass}")
  Map<String, Object> act(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String stepId,
      @PathVariable String action,
      @RequestParam(defaultValue = "true") boolean blocking) {
    return answer(
        actions.onStep(caller, workflowId, instanceId, stepId, stepAction(action), blocking));
  }

  private static StepAction stepAction(String name) {
    return switch (name) {
      case "stop" -> StepAction.STOP;
      case "kill" -> StepAction.KILL;
      case "skip" -> StepAction.SKIP;
      case "bypass" -> StepAction.BYPASS;
      default -> throw new IllegalStateException("expected the route to admit known actions only");
    };
  }

  private static Map<String, Object> answer(ActionService.StepAnswer answer) {
    var body = new LinkedHashMap<String, Object>();
    body.put("workflow_id", answer.run().workflowId());
    body.put("workflow_instance_id", answer.run().instanceId());
    body.put("workflow_run_id", answer.run().runId());
    body.put("step_id", answer.stepId());
    var attempt = answer.attempt();
    if (attempt != null) {
      body.put("step_attempt_id", attempt.attemptId());
      var state = new LinkedHashMap<String, Object>();
      state.put("status", attempt.status());
      state.put("create_time", attempt.times().create());
      if (attempt.times().end() != null) {
        state.put("end_time", attempt.times().end());
      }
      body.put("step_runtime_state", state);
      body.put("status", attempt.status());
    }
    body.put("timeline_event", answer.event());
    return body;
  }
}
