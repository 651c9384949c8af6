package org.maestro.engine.step;

import java.util.regex.Pattern;

/**
 * What an attempt that failed says of it, and what it has in common with others that failed in the
 * same way. Pure.
 */
public final class FailureWords {
  private static final int MAX_CHARS = 200;

  /** Identifiers before numbers, since they contain some. */
  private static final Pattern VARYING =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
              + "|0x[0-9a-fA-F]+|\\b[0-9a-fA-F]{16,}\\b|\\d+");

  private FailureWords() {}

  /** The step and its last message. */
  public static String of(StepAttempt failed) {
    return failed.stepId()
        + ": "
        + (failed.timeline().isEmpty()
            ? failed.status().name()
            : failed.timeline().getLast().words());
  }

  /** A message with what differs from run to run left out, at most so long that it can be shown. */
  public static String signature(String message) {
    var cut = message.length() > 4 * MAX_CHARS ? message.substring(0, 4 * MAX_CHARS) : message;
    var text = VARYING.matcher(cut).replaceAll("#");
    return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + '…' : text;
  }
}
