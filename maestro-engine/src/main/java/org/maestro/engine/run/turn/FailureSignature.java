package org.maestro.engine.run.turn;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.step.FailureWords;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.StepStatus;

/**
 * What went wrong in a run, so that a thousand runs that broke in the same way are told to be one
 * problem: the first failed step and its last message, with what differs from run to run left out.
 */
final class FailureSignature {
  private FailureSignature() {}

  static String of(Run run) {
    var failed = first(run, status -> status.isTerminal() && !status.isComplete());
    return failed == null
        ? "The run ended as " + run.row.status()
        : FailureWords.signature(FailureWords.of(failed));
  }

  /** Of a run that succeeded because its steps' failures are ignored; null if none failed. */
  static @Nullable String ofIgnored(Run run) {
    var failed = first(run, status -> status == StepStatus.COMPLETED_WITH_ERROR);
    return failed == null ? null : FailureWords.signature("ignored: " + FailureWords.of(failed));
  }

  /** The attempt with such a status that ended first. */
  private static @Nullable StepAttempt first(Run run, Predicate<StepStatus> wanted) {
    StepAttempt first = null;
    for (var attempt : run.attempts.values()) {
      if (wanted.test(attempt.status()) && (first == null || isBefore(attempt, first))) {
        first = attempt;
      }
    }
    return first;
  }

  /** Of an iteration that the engine could not go on with. */
  static String ofQuarantine(RunRow.Progress progress) {
    var why = progress.quarantine();
    return FailureWords.signature(why == null ? "The engine could not go on with this run" : why);
  }

  private static boolean isBefore(StepAttempt one, StepAttempt other) {
    var end = one.times().end();
    var otherEnd = other.times().end();
    return end != null && (otherEnd == null || end < otherEnd);
  }
}
