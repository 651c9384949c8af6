package org.maestro.engine.api.breakpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunKey;
import org.maestro.model.breakpoint.BreakpointBody;
import org.maestro.model.breakpoint.PausedAttempt;
import org.maestro.model.breakpoint.RemovalAnswer;
import org.maestro.model.breakpoint.StepBreakpoint;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.document.ShownAs;
import org.maestro.model.instance.StepActionAnswer;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Breakpoints of steps: they hold in every version and instance of a workflow. */
@RestController
@RequestMapping(
    path = "/api/v3/workflows/steps/breakpoints",
    produces = MediaType.APPLICATION_JSON_VALUE)
final class BreakpointController {
  private static final Set<String> SPECIFIC =
      Set.of("workflow_version_id", "workflow_instance_id", "workflow_run_id", "step_attempt_id");

  private final BreakpointService breakpoints;

  BreakpointController(BreakpointService breakpoints) {
    this.breakpoints = breakpoints;
  }

  /** Sets a breakpoint: attempts of the step are held before they start. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  StepBreakpoint set(
      Caller caller, @RequestBody @ShownAs(BreakpointBody.class) Map<String, Object> body) {
    var problems = new ArrayList<DefinitionProblem>();
    for (var name : body.keySet()) {
      if (SPECIFIC.contains(name)) {
        problems.add(
            problem(name, "expected no such field: a breakpoint holds for all versions and runs"));
      } else if (!name.equals("workflow_id") && !name.equals("step_id")) {
        problems.add(problem(name, "unknown field; expected workflow_id and step_id"));
      }
    }
    var workflowId = text(body, "workflow_id", problems);
    var stepId = text(body, "step_id", problems);
    if (!problems.isEmpty()) {
      throw ApiException.invalid(
          "invalid-breakpoint",
          problems.getFirst().pointer().substring(1) + ": " + problems.getFirst().message(),
          problems);
    }
    return breakpoints.set(caller, workflowId, stepId);
  }

  private static String text(
      Map<String, Object> body, String name, List<DefinitionProblem> problems) {
    if (body.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    problems.add(problem(name, "expected a string that is not blank"));
    return "";
  }

  private static DefinitionProblem problem(String name, String message) {
    return new DefinitionProblem("/" + name.replace("~", "~0").replace("/", "~1"), message, null);
  }

  /** The breakpoints of a workflow. */
  @GetMapping
  List<StepBreakpoint> list(
      Caller caller,
      @RequestParam String workflowId,
      @RequestParam(required = false) @Nullable String stepId) {
    return breakpoints.list(caller, workflowId, stepId);
  }

  /** Removes a breakpoint. */
  @DeleteMapping
  RemovalAnswer delete(
      Caller caller,
      @RequestParam String workflowId,
      @RequestParam String stepId,
      @RequestParam(defaultValue = "true") boolean resume) {
    var removed = breakpoints.delete(caller, workflowId, stepId, resume);
    return new RemovalAnswer(workflowId, stepId, removed.deleted(), removed.resumed());
  }

  /**
   * The step attempts that a breakpoint holds; without a workflow and a step, those that the
   * breakpoints of all workflows hold, fifty at most.
   */
  @GetMapping("/paused-step-attempts")
  List<PausedAttempt> paused(
      Caller caller,
      @RequestParam(required = false) @Nullable String workflowId,
      @RequestParam(required = false) @Nullable String stepId) {
    if (workflowId == null && stepId == null) {
      return breakpoints.pausedAnywhere(caller);
    }
    if (workflowId == null || stepId == null) {
      throw ApiException.badRequest(
          "invalid-step-id", "expected workflowId and stepId, or neither, found one");
    }
    return breakpoints.paused(caller, workflowId, stepId);
  }

  /** Lets one step attempt go on; the breakpoint stays. */
  @PutMapping(
      "/{workflowId}/instances/{instanceId}/runs/{runId}/steps/{stepId}/attempts/{attemptId}"
          + "/actions/resume")
  StepActionAnswer resume(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable long runId,
      @PathVariable String stepId,
      @PathVariable long attemptId) {
    var resumed =
        breakpoints.resume(caller, new RunKey(workflowId, instanceId, runId), stepId, attemptId);
    var standing = resumed.standing();
    return new StepActionAnswer(
        workflowId,
        instanceId,
        runId,
        stepId,
        attemptId,
        new StepActionAnswer.State(standing.status(), standing.createTime(), null),
        null,
        resumed.event());
  }
}
