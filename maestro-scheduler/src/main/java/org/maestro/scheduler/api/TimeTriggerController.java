package org.maestro.scheduler.api;

import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;
import org.maestro.model.page.Page;
import org.maestro.model.trigger.ClockAnswer;
import org.maestro.model.trigger.NextFires;
import org.maestro.model.trigger.TriggerPreview;
import org.maestro.model.trigger.TriggerView;
import org.maestro.model.trigger.WorkflowTriggers;
import org.maestro.scheduler.trigger.TimeTriggers;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** When workflows start by the clock. */
@RestController
@RequestMapping(path = "/api/v3", produces = MediaType.APPLICATION_JSON_VALUE)
public final class TimeTriggerController {
  /** Page size of a list that was asked for without one. */
  private static final long DEFAULT_PAGE = 100;

  private final TimeTriggers triggers;

  public TimeTriggerController(TimeTriggers triggers) {
    this.triggers = triggers;
  }

  /** The time triggers of a workflow, and how they stand. */
  @GetMapping("/workflows/{workflowId}/triggers")
  WorkflowTriggers of(Caller caller, @PathVariable String workflowId) {
    return triggers.of(caller, workflowId);
  }

  /** When a workflow will be started by the clock, over all of its time triggers. */
  @GetMapping("/workflows/{workflowId}/triggers/time/next")
  NextFires next(
      Caller caller,
      @PathVariable String workflowId,
      @RequestParam(defaultValue = "10") int count) {
    return new NextFires(triggers.next(caller, workflowId, count));
  }

  /** Lets the clock start a workflow no more. */
  @PutMapping("/workflows/{workflowId}/triggers/time/actions/pause")
  ClockAnswer pause(Caller caller, @PathVariable String workflowId) {
    return new ClockAnswer(workflowId, true, triggers.pause(caller, workflowId));
  }

  /** Lets the clock start a workflow again. */
  @PutMapping("/workflows/{workflowId}/triggers/time/actions/resume")
  ClockAnswer resume(Caller caller, @PathVariable String workflowId) {
    return new ClockAnswer(workflowId, false, triggers.resume(caller, workflowId));
  }

  /** The time triggers of all workflows. */
  @GetMapping("/triggers/time")
  Page<TriggerView> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return triggers.list(
        caller,
        PageRequest.of(first == null && last == null ? (Long) DEFAULT_PAGE : first, last, cursor));
  }

  /**
   * When a time trigger would fire, were it part of a workflow. The caller is only required to be
   * somebody.
   */
  @PostMapping(path = "/triggers/time/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  TriggerPreview preview(
      Caller caller,
      @RequestBody @ShownAs(schema = "DefinitionTimeTrigger") Object trigger,
      @RequestParam(name = "workflow_id", required = false) @Nullable String workflowId,
      @RequestParam(required = false) @Nullable Long from,
      @RequestParam(defaultValue = "10") int count) {
    return new TriggerPreview(triggers.preview(trigger, workflowId, from, count));
  }
}
