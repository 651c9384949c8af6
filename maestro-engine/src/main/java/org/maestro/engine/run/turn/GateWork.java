package org.maestro.engine.run.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.SignalArtifact;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.StepState;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.message.SignalRequest;
import org.maestro.param.ParamException;

/** The signals that a step waits for before it begins. */
final class GateWork {
  private final RunWork work;
  private final Run run;
  private final RunAdvancer.Parts parts;
  private final RunChanges changes;
  private final long now;

  GateWork(RunWork work) {
    this.work = work;
    run = work.run;
    parts = work.parts;
    changes = work.changes;
    now = work.now;
  }

  /** Waits for the signals that the step depends on, if any; then goes on. */
  void awaitSignals(StepAttempt attempt) {
    var step = run.plan.step(attempt.stepId());
    if (step.common().signalDependencies().isEmpty()) {
      work.steps.proceed(attempt);
      return;
    }
    var last = run.attempts.get(attempt.stepId());
    var known =
        last == null
            ? List.<SignalArtifact.Dependency>of()
            : SignalArtifact.dependencies(last.artifacts());
    if (SignalArtifact.isMet(known)) {
      work.steps.proceed(attempt.withArtifacts(SignalArtifact.of(known)));
      return;
    }
    List<SignalArtifact.Dependency> dependencies;
    try {
      dependencies = parts.signals().dependencies(step, work.steps.scopeOf(attempt));
    } catch (ParamException e) {
      work.steps.finish(
          attempt.say(
              TimelineEvent.details(
                  now, "Its signal_dependencies could not be evaluated", RunWork.lines(e))),
          StepStatus.INTERNALLY_FAILED);
      return;
    }
    var names = dependencies.stream().map(SignalArtifact.Dependency::name).distinct().toList();
    work.save(
        attempt
            .withArtifacts(SignalArtifact.of(dependencies))
            .in(new StepState.AwaitingSignals(), attempt.times().awaitingSignals(now))
            .say(TimelineEvent.info(now, "Waits for the signals " + names)));
    for (int i = 0; i < dependencies.size(); i++) {
      changes.ask(
          StepSignals.request(
              run.row, StepSignals.gate(run.key(), attempt, i), dependencies.get(i), now));
    }
  }

  void signalCame(RunCommand.SignalCame came) {
    var attempt = awaitingSignals(came.stepId(), came.attemptId());
    if (attempt == null) {
      return;
    }
    var dependencies = SignalArtifact.dependencies(attempt.artifacts());
    var which = came.dependency();
    if (which >= dependencies.size()
        || dependencies.get(which).status() != SignalArtifact.Status.PENDING) {
      return;
    }
    dependencies.set(which, dependencies.get(which).matched(came.seqId(), came.params()));
    var told =
        attempt
            .withArtifacts(SignalArtifact.of(dependencies))
            .say(
                TimelineEvent.info(
                    now,
                    "Signal [%s] number %d has come"
                        .formatted(dependencies.get(which).name(), came.seqId())));
    if (SignalArtifact.isMet(dependencies)) {
      work.steps.apply(told, work.steps.decide(told, new StepEvent.SignalsCame()));
    } else {
      work.save(told);
    }
  }

  void bypassSignals(RunCommand.BypassSignals bypass) {
    var attempt = awaitingSignals(bypass.stepId(), bypass.attemptId());
    if (attempt == null) {
      return;
    }
    forgetSignals(attempt);
    var dependencies = SignalArtifact.dependencies(attempt.artifacts());
    dependencies.replaceAll(d -> d.status() == SignalArtifact.Status.PENDING ? d.skipped() : d);
    var told =
        attempt
            .withArtifacts(SignalArtifact.of(dependencies))
            .say(
                TimelineEvent.action(
                    now,
                    "BYPASS_STEP_DEPENDENCIES",
                    bypass.by(),
                    "Goes on without the signals that have not come"));
    work.steps.apply(told, work.steps.decide(told, new StepEvent.SignalsCame()));
  }

  private @Nullable StepAttempt awaitingSignals(String stepId, long attemptId) {
    var attempt = run.attempts.get(stepId);
    return attempt != null
            && attempt.attemptId() == attemptId
            && attempt.state() instanceof StepState.AwaitingSignals
        ? attempt
        : null;
  }

  void forgetSignals(StepAttempt attempt) {
    var dependencies = SignalArtifact.dependencies(attempt.artifacts());
    for (int i = 0; i < dependencies.size(); i++) {
      if (dependencies.get(i).status() == SignalArtifact.Status.PENDING) {
        changes.ask(
            new SignalRequest.Forget(
                dependencies.get(i).name(), StepSignals.gate(run.key(), attempt, i)));
      }
    }
  }
}
