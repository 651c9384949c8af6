package org.maestro.engine.run.turn;

import java.util.regex.Pattern;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.step.StepAttempt;

/**
 * What went wrong in a run, so that a thousand runs that broke in the same way are told to be one
 * problem: the first failed step and its last message, with what differs from run to run left out.
 */
final class FailureSignature {
  private static final int MAX_CHARS = 200;

  /** Identifiers before numbers, since they contain some. */
  private static final Pattern VARYING =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
              + "|0x[0-9a-fA-F]+|\\b[0-9a-fA-F]{16,}\\b|\\d+");

  private FailureSignature() {}

  static String of(Run run) {
    StepAttempt failed = null;
    for (var attempt : run.attempts.values()) {
      var status = attempt.status();
      if (status.isTerminal()
          && !status.isComplete()
          && (failed == null || isBefore(attempt, failed))) {
        failed = attempt;
      }
    }
    if (failed == null) {
      return "The run ended as " + run.row.status();
    }
    var message =
        failed.timeline().isEmpty()
            ? failed.status().name()
            : failed.timeline().getLast().message();
    return normalised(failed.stepId() + ": " + message);
  }

  /** Of an iteration that the engine could not go on with. */
  static String ofQuarantine(RunRow.Progress progress) {
    var why = progress.quarantine();
    return normalised(why == null ? "The engine could not go on with this run" : why);
  }

  private static boolean isBefore(StepAttempt one, StepAttempt other) {
    var end = one.times().end();
    var otherEnd = other.times().end();
    return end != null && (otherEnd == null || end < otherEnd);
  }

  static String normalised(String message) {
    var cut = message.length() > 4 * MAX_CHARS ? message.substring(0, 4 * MAX_CHARS) : message;
    var text = VARYING.matcher(cut).replaceAll("#");
    return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + '…' : text;
  }
}
