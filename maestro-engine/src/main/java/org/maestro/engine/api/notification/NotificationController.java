package org.maestro.engine.api.notification;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.RunSelector;
import org.maestro.engine.notification.Notifications;
import org.maestro.model.notification.NotificationView;
import org.maestro.model.notification.RunNotifications;
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

/** What people are told about runs. */
@RestController
@RequestMapping(path = "/api/v3", produces = MediaType.APPLICATION_JSON_VALUE)
final class NotificationController {
  private static final long DEFAULT_PAGE = 50;

  private final Notifications notifications;

  NotificationController(Notifications notifications) {
    this.notifications = notifications;
  }

  /** Whom a run has told or is to tell, and what came of it. */
  @GetMapping("/workflows/{workflowId}/instances/{instanceId}/runs/{run}/notifications")
  RunNotifications ofRun(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable long instanceId,
      @PathVariable String run) {
    return notifications.ofRun(caller, workflowId, instanceId, RunSelector.run(run));
  }

  /** Notifications of all workflows that were given up, newest first. */
  @GetMapping("/notifications")
  Page<NotificationView> failed(
      Caller caller,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return notifications.failed(
        caller,
        PageRequest.of(first == null && last == null ? (Long) DEFAULT_PAGE : first, last, cursor));
  }

  /** Sends one again that was given up; the message keeps its id. */
  @PostMapping("/notifications/{id}/actions/retry")
  NotificationView retry(Caller caller, @PathVariable String id) {
    return notifications.retry(caller, id);
  }
}
