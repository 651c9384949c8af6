package org.maestro.engine.run.turn;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.maestro.engine.run.IterationFacts;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;
import org.maestro.param.RunOutcome;

/**
 * Begins what a definition wants done after a run of it: in the commit that ends the run, as
 * instances of inline workflows on the same shard. So they begin exactly once, and the run has
 * ended whatever becomes of them.
 */
final class Handlers {
  private static final int LONGEST_MESSAGE = 4_000;

  private final Run run;
  private final TurnParts parts;
  private final RunChanges changes;
  private final long now;

  Handlers(Run run, TurnParts parts, RunChanges changes, long now) {
    this.run = run;
    this.parts = parts;
    this.changes = changes;
    this.now = now;
  }

  /** A run has ended that had begun. */
  void begin(RunStatus as) {
    var wanted =
        run.plan.workflow().handlers().keySet().stream()
            .filter(kind -> kind.runsAfter(as))
            .toList();
    if (!wanted.isEmpty()) {
      var outcome = outcome(as);
      wanted.forEach(kind -> begin(kind, outcome));
    }
  }

  private void begin(HandlerKind kind, Map<String, Param> outcome) {
    var common = parts.loops().handler(run, kind, outcome, now);
    changes.loopCreated(common);
    changes.spawn(
        new RunChanges.Spawn(
            common.key(),
            new RunKey(common.key().workflowId(), common.key().loopRun(), 1),
            IterationFacts.of(common.key().loopRun(), common.facts(), null)));
  }

  private Map<String, Param> outcome(RunStatus as) {
    var failed =
        run.attempts.values().stream()
            .filter(Handlers::hasFailed)
            .sorted(Comparator.comparingLong(Handlers::endOf))
            .toList();
    var timeline = run.row.progress().timeline();
    return new RunOutcome(
            as,
            run.key().toString(),
            run.key().workflowId(),
            run.key().instanceId(),
            run.key().runId(),
            Objects.requireNonNullElse(run.row.startTime(), now),
            now,
            timeline.isEmpty() ? "" : shortened(timeline.getLast().words()),
            failed.isEmpty() ? null : failedStep(failed.getFirst()),
            failed.stream().map(StepAttempt::stepId).toList())
        .params(now);
  }

  /** What was stopped because something else failed has not failed itself. */
  private static boolean hasFailed(StepAttempt attempt) {
    var status = attempt.status();
    return status.isFinal() && !status.isComplete() && status != StepStatus.STOPPED;
  }

  private static long endOf(StepAttempt attempt) {
    var end = attempt.times().end();
    return end == null ? Long.MAX_VALUE : end;
  }

  private static RunOutcome.FailedStep failedStep(StepAttempt attempt) {
    return new RunOutcome.FailedStep(
        attempt.stepId(),
        attempt.attemptId(),
        attempt.status().name(),
        attempt.timeline().isEmpty() ? "" : shortened(attempt.timeline().getLast().words()));
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST_MESSAGE ? words : words.substring(0, LONGEST_MESSAGE) + '…';
  }
}
