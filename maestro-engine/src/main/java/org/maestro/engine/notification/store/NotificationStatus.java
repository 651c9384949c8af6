package org.maestro.engine.notification.store;

/** Where a notification stands. */
public enum NotificationStatus {
  /** It is sent when it is due. */
  WAITING,
  /** The receiver has taken it. */
  SENT,
  /** It was given up; it can be sent again by hand. */
  FAILED
}
