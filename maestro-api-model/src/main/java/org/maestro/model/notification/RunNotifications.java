package org.maestro.model.notification;

import java.util.List;

/**
 * Whom a run has told or is to tell.
 *
 * @param notifications by event and receiver
 * @param untold who is not told although the workflow asks for it, and why
 */
public record RunNotifications(List<NotificationView> notifications, List<String> untold) {
  public RunNotifications {
    notifications = List.copyOf(notifications);
    untold = List.copyOf(untold);
  }
}
