package org.maestro.service.json;

import tools.jackson.core.JacksonException;

/** What the system itself has written can't be read: our bug, or somebody changed the row. */
public final class UnreadableRowException extends RuntimeException {
  private static final int LONGEST = 300;

  public UnreadableRowException(RuntimeException cause) {
    super(reason(cause), cause);
  }

  private static String reason(RuntimeException cause) {
    var message =
        cause instanceof JacksonException json ? json.getOriginalMessage() : cause.toString();
    var line = message == null ? cause.toString() : message.lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
