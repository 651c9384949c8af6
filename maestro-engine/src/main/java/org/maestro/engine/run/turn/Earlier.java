package org.maestro.engine.run.turn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.run.LoopArtifact;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.start.RestartPolicy;

/** What earlier attempts and runs of a step mean for one that begins. Changes nothing. */
final class Earlier {
  private final Run run;

  Earlier(Run run) {
    this.run = run;
  }

  /** The run that the latest of earlier attempts to start one started; null if none did. */
  @Nullable RunKey child(StepAttempt attempt) {
    var again = run.row.progress().ways().get(attempt.stepId());
    if (again != null && again.child() != null && again.attemptId() <= attempt.attemptId()) {
      return again.child();
    }
    return run.history.children().get(attempt.stepId());
  }

  /** The artifacts of the pass of a while step that an attempt may go on with; null if none. */
  @Nullable Map<String, Object> pass(StepAttempt attempt) {
    var again = run.row.progress().ways().get(attempt.stepId());
    if (again != null && !again.pass().isEmpty()) {
      return again.pass();
    }
    var before = run.goesOnFrom(attempt.stepId());
    return before == null || LoopArtifact.loop(before.artifacts()) == null
        ? null
        : before.artifacts();
  }

  /** How the child that an attempt begins is run: as the restart wants it, or what is left. */
  RestartPolicy childPolicy(StepAttempt attempt) {
    var way = way(attempt);
    if (!way.isEmpty()) {
      return way.getFirst().policy();
    }
    return goesOn(attempt) && !isDone(attempt)
        ? RestartPolicy.RESTART_FROM_INCOMPLETE
        : RestartPolicy.RESTART_FROM_BEGINNING;
  }

  /** Whether the step had succeeded before this run: then it starts from scratch. */
  boolean isDone(StepAttempt attempt) {
    var before = run.goesOnFrom(attempt.stepId());
    return attempt.attemptId() == 1 && before != null && before.status() == StepStatus.SUCCEEDED;
  }

  /** Whether what earlier attempts of the step have come to counts for this one. */
  boolean goesOn(StepAttempt attempt) {
    return attempt.attemptId() > 1 || run.goesOnFrom(attempt.stepId()) != null;
  }

  /** The nodes below this attempt that a restart is on its way to. */
  List<RestartNode> way(StepAttempt attempt) {
    var again = run.row.progress().ways().get(attempt.stepId());
    if (again != null && again.attemptId() == attempt.attemptId()) {
      return again.nodes();
    }
    var restart = run.row.facts().restart();
    return restart != null && attempt.attemptId() == 1 && attempt.stepId().equals(restart.stepId())
        ? restart.path()
        : List.of();
  }
}
