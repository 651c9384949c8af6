package org.maestro.engine.api.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.action.ActionService;
import org.maestro.engine.action.ActionService.StepAction;
import org.maestro.engine.start.StartRequest;
import org.maestro.model.document.ShownAs;
import org.maestro.model.instance.StepActionAnswer;
import org.maestro.model.start.RestartBody;
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
  StepActionAnswer restart(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String stepId,
      @RequestParam(defaultValue = "true") boolean blocking,
      @RequestBody(required = false) @ShownAs(RestartBody.class)
          @Nullable Map<String, Object> body) {
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
  StepActionAnswer act(
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

  private static StepActionAnswer answer(ActionService.StepAnswer answer) {
    var attempt = answer.attempt();
    return new StepActionAnswer(
        answer.run().workflowId(),
        answer.run().instanceId(),
        answer.run().runId(),
        answer.stepId(),
        attempt == null ? null : (Long) attempt.attemptId(),
        attempt == null
            ? null
            : new StepActionAnswer.State(
                attempt.status(), attempt.times().create(), attempt.times().end()),
        attempt == null ? null : attempt.status(),
        answer.event());
  }
}
