package org.maestro.engine.notification;

import org.maestro.engine.notification.store.NotificationStore.Notification;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;

/** A place in the list of those that were given up. Written {@code time:id}. */
record FailedCursor(long time, String id) {

  static FailedCursor of(PageRequest page) {
    var text = page.cursor();
    if (text == null) {
      return page.forward() ? new FailedCursor(Long.MAX_VALUE, "") : new FailedCursor(0, "");
    }
    var colon = text.indexOf(':');
    try {
      return new FailedCursor(
          Long.parseLong(text.substring(0, Math.max(0, colon))), text.substring(colon + 1));
    } catch (NumberFormatException _) {
      throw ApiException.badRequest(
          "invalid-cursor",
          "cursor: expected a cursor of an earlier page, found \"%s\"".formatted(text));
    }
  }

  static String text(Notification one) {
    return one.endTime() + ":" + one.messageId();
  }
}
