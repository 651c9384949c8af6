package org.maestro.signal.announce;

import org.jspecify.annotations.Nullable;

/**
 * In whose name a signal was announced. What announcers say of themselves, such as a CloudEvent's
 * source, is no part of it.
 *
 * @param principal a caller, the owner of the workflow whose step it was, or {@code topic:} and the
 *     name of a source; null if nobody knows
 * @param admin whether that was an administrator
 */
public record AnnouncedBy(@Nullable String principal, boolean admin) {
  static final AnnouncedBy NOBODY = new AnnouncedBy(null, false);

  /** A topic that another system writes to. */
  public static AnnouncedBy topic(String topic) {
    return new AnnouncedBy("topic:" + topic, false);
  }
}
