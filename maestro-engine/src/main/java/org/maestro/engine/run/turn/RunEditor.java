package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.StatusChange;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;

/** Changes the row and the attempts of a run in memory, and notes what is to be kept of that. */
final class RunEditor {
  private final Run run;
  private final RunChanges changes;
  private final RunStatus statusBefore;

  /** What the attempts that have changed were before. */
  private final Map<String, StepStatus> before = new LinkedHashMap<>();

  RunEditor(Run run, RunChanges changes) {
    this.run = run;
    this.changes = changes;
    statusBefore = run.row.status();
  }

  void save(RunRow row) {
    run.row = row;
    changes.row(row);
  }

  void save(StepAttempt attempt) {
    var known = run.attempts.get(attempt.stepId());
    before.putIfAbsent(
        nameOf(attempt),
        known != null && known.attemptId() == attempt.attemptId()
            ? known.status()
            : StepStatus.NOT_CREATED);
    run.attempts.put(attempt.stepId(), attempt);
    changes.attempt(attempt, run.weigh(attempt));
  }

  /** Whether an attempt has been saved in this turn. */
  boolean hasSaved(StepAttempt attempt) {
    return before.containsKey(nameOf(attempt));
  }

  private static String nameOf(StepAttempt attempt) {
    return attempt.stepId() + '/' + attempt.attemptId();
  }

  /** Says to the world how the run and its attempts have changed; once, when all is done. */
  void publish() {
    var row = run.row;
    if (row.status() != statusBefore) {
      var passed = new ArrayList<StatusChange.Passed>();
      var from = statusBefore;
      if (from == RunStatus.CREATED && row.startTime() != null && row.status().isTerminal()) {
        passed.add(
            new StatusChange.Passed(from.name(), RunStatus.IN_PROGRESS.name(), row.startTime()));
        from = RunStatus.IN_PROGRESS;
      }
      passed.add(new StatusChange.Passed(from.name(), row.status().name(), row.modifyTime()));
      changes.publish(
          new StatusChange(
              row.key(), row.uuid(), row.facts().correlationId(), null, null, null, passed));
    }
    for (var attempt : changes.attempts()) {
      var from = before.get(nameOf(attempt));
      if (from != null && from != attempt.status()) {
        changes.publish(
            new StatusChange(
                row.key(),
                row.uuid(),
                row.facts().correlationId(),
                attempt.stepId(),
                attempt.attemptId(),
                attempt.seq(),
                Passage.of(from, attempt)));
      }
    }
  }
}
