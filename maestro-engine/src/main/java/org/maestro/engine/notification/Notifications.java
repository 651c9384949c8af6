package org.maestro.engine.notification;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceQueries;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.notification.store.NotificationStatus;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.notification.store.NotificationStore.Notification;
import org.maestro.model.notification.NotificationView;
import org.maestro.model.notification.RunNotifications;
import org.maestro.model.page.Page;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Looks at what people are told about runs, and has it sent again. */
public final class Notifications {
  private final Transactions transactions;
  private final NotificationStore store;
  private final InstanceStore runs;
  private final AccessPolicy access;
  private final InstantSource clock;

  public Notifications(
      Transactions transactions,
      NotificationStore store,
      InstanceStore runs,
      AccessPolicy access,
      InstantSource clock) {
    this.transactions = transactions;
    this.store = store;
    this.runs = runs;
    this.access = access;
    this.clock = clock;
  }

  /**
   * Whom a run has told or is to tell.
   *
   * @param runId null for the latest
   * @throws ApiException 404, 403
   */
  public RunNotifications ofRun(
      Caller caller, String workflowId, long instanceId, @Nullable Long runId) {
    return transactions.read(() -> {
      var run =
          runs.run(workflowId, instanceId, runId)
              .orElseThrow(() -> InstanceQueries.noSuchRun(workflowId, instanceId, runId));
      access.require(caller, Access.READ, workflowId, run.owner());
      var alerts = run.row().facts().alerts();
      return new RunNotifications(
          store.ofRun(run.row()).stream().map(Notifications::view).toList(),
          alerts == null ? List.of() : alerts.untold());
    });
  }

  /**
   * Those that were given up, newest first.
   *
   * @throws ApiException 400, 403
   */
  public Page<NotificationView> failed(Caller caller, PageRequest page) {
    access.requireMayList(caller);
    var cursor = FailedCursor.of(page);
    var found =
        page.forward()
            ? store.failed(cursor.time(), cursor.id(), page.limit() + 1)
            : store.failedAfter(cursor.time(), cursor.id(), page.limit() + 1);
    return Pages.of(page, found, FailedCursor::text, null).map(Notifications::view);
  }

  /**
   * Has one that was given up sent again, under the same id.
   *
   * @throws ApiException 404, 403, or 409 unless it was given up
   */
  public NotificationView retry(Caller caller, String id) {
    var found =
        store
            .find(id)
            .orElseThrow(() ->
                ApiException.notFound(
                    "no-such-notification", "there is no notification \"" + id + "\""));
    var run = found.run();
    var owner =
        transactions
            .read(() -> runs.run(run.workflowId(), run.instanceId(), run.runId()))
            .orElseThrow(
                () -> InstanceQueries.noSuchRun(run.workflowId(), run.instanceId(), run.runId()))
            .owner();
    access.require(caller, Access.RUN, run.workflowId(), owner);
    if (!store.retry(found, clock.millis())) {
      throw ApiException.conflict(
          "not-given-up",
          "notification \"%s\" is %s; only one that was given up is sent again by hand"
              .formatted(id, found.status()));
    }
    return view(store.find(id).orElse(found));
  }

  private static NotificationView view(Notification one) {
    return new NotificationView(
        one.messageId(),
        one.run().workflowId(),
        one.run().instanceId(),
        one.run().runId(),
        one.event().type(),
        one.receiver().text(),
        switch (one.status()) {
          case WAITING -> NotificationView.Status.WAITING;
          case SENT -> NotificationView.Status.SENT;
          case FAILED -> NotificationView.Status.FAILED;
        },
        one.status() == NotificationStatus.WAITING ? (Long) one.dueAt() : null,
        one.attempts(),
        one.createTime(),
        one.endTime(),
        one.error());
  }
}
