package org.maestro.engine.api.run;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.action.ActionService;
import org.maestro.engine.action.ActionService.RunAction;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.start.Accepted;
import org.maestro.engine.start.StartRequest;
import org.maestro.engine.start.StartService;
import org.maestro.model.document.ShownAs;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunActionAnswer;
import org.maestro.model.start.RestartBody;
import org.maestro.model.start.StartBody;
import org.maestro.model.start.Started;
import org.maestro.service.security.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starts, and what is asked of all runs of a workflow or of one. */
@RestController
@RequestMapping(
    path = "/api/v3/workflows/{workflowId}",
    produces = MediaType.APPLICATION_JSON_VALUE)
final class StartController {
  private final StartService starts;
  private final ActionService actions;
  private final InstantSource clock;

  StartController(StartService starts, ActionService actions, InstantSource clock) {
    this.starts = starts;
    this.actions = actions;
    this.clock = clock;
  }

  /**
   * Starts an instance. The same {@code request_id} again gives the same instance, as DUPLICATED.
   */
  @PostMapping("/versions/{version}/actions/start")
  Started start(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable String version,
      @RequestBody @ShownAs(StartBody.class) Map<String, Object> body) {
    var selector = VersionSelector.of(version);
    var request = StartRequest.start(body);
    var accepted = starts.start(caller, workflowId, selector, request);
    return started(accepted, starts.warnings(workflowId, selector, request));
  }

  /** Stops all instances that have not ended. */
  @PutMapping("/actions/stop")
  @ResponseStatus(HttpStatus.ACCEPTED)
  TimelineEvent stopAll(Caller caller, @PathVariable String workflowId) {
    return actions.onWorkflow(caller, workflowId, RunAction.STOP);
  }

  /** Ends all instances that have not ended as FAILED. */
  @PutMapping("/actions/kill")
  @ResponseStatus(HttpStatus.ACCEPTED)
  TimelineEvent killAll(Caller caller, @PathVariable String workflowId) {
    return actions.onWorkflow(caller, workflowId, RunAction.KILL);
  }

  /** Lets instances start that wait behind failed ones. */
  @PutMapping("/actions/unblock")
  TimelineEvent unblockAll(Caller caller, @PathVariable String workflowId) {
    return actions.onWorkflow(caller, workflowId, RunAction.UNBLOCK);
  }

  /** Runs an instance again, as a new run. By default only what has not succeeded. */
  @PostMapping("/instances/{instanceId}/actions/restart")
  Started restart(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @RequestBody(required = false) @ShownAs(RestartBody.class)
          @Nullable Map<String, Object> body) {
    return started(
        actions.restart(
            caller, workflowId, instanceId, StartRequest.restart(body == null ? Map.of() : body)),
        List.of());
  }

  /** Stops, kills or unblocks an instance's latest run. */
  @PutMapping("/instances/{instanceId}/actions/{action:stop|kill|unblock}")
  RunActionAnswer act(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String action) {
    return answer(actions.onRun(caller, workflowId, instanceId, null, runAction(action)));
  }

  /** As on the instance, if it is its latest run. */
  @PutMapping("/instances/{instanceId}/runs/{runId}/actions/{action:stop|kill|unblock}")
  RunActionAnswer actOnRun(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable long runId,
      @PathVariable String action) {
    return answer(actions.onRun(caller, workflowId, instanceId, runId, runAction(action)));
  }

  private static RunAction runAction(String name) {
    return switch (name) {
      case "stop" -> RunAction.STOP;
      case "kill" -> RunAction.KILL;
      case "unblock" -> RunAction.UNBLOCK;
      default -> throw new IllegalStateException("expected the route to admit known actions only");
    };
  }

  private Started started(Accepted accepted, List<String> warnings) {
    return new Started(
        accepted.run().workflowId(),
        accepted.versionId(),
        accepted.run().instanceId(),
        accepted.run().runId(),
        accepted.uuid(),
        accepted.word(),
        TimelineEvent.info(
            clock.millis(),
            accepted.duplicate()
                ? "Run %s had been accepted under this request_id".formatted(accepted.run())
                : "Run %s is accepted as %s".formatted(accepted.run(), accepted.status())),
        warnings);
  }

  private static RunActionAnswer answer(ActionService.RunAnswer answer) {
    return new RunActionAnswer(
        answer.run().workflowId(),
        answer.run().instanceId(),
        answer.run().runId(),
        answer.status(),
        answer.info(),
        answer.event());
  }
}
