package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.PermitRules;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.SignalArtifact;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepEvent;
import org.maestro.engine.step.StepState;
import org.maestro.model.definition.StepType;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.message.SignalRequest;
import org.maestro.param.ParamException;

/** What holds a step up before it runs: breakpoints, signals, permits. */
final class Gates {
  private final Run run;
  private final TurnParts parts;
  private final StepParams params;
  private final RunChanges changes;
  private final long now;

  Gates(Run run, TurnParts parts, StepParams params, RunChanges changes, long now) {
    this.run = run;
    this.parts = parts;
    this.params = params;
    this.changes = changes;
    this.now = now;
  }

  // ------------------------------------------------------------------ breakpoints

  boolean hasBreakpoint(String stepId) {
    return parts.breakpoints().isSet(run.key().workflowId(), stepId);
  }

  void checkBreakpoint(StepAttempt attempt) {
    changes.then(new Effect.CheckBreakpoint(run.key(), attempt.stepId(), attempt.attemptId()));
  }

  // ------------------------------------------------------------------ signals

  /** Waits for the signals that the step depends on, if any that have not come to it before. */
  Next askSignals(StepAttempt attempt) {
    var step = run.plan.step(attempt.stepId());
    if (step.common().signalDependencies().isEmpty()) {
      return new Next(attempt, new StepEvent.SignalsCame());
    }
    var last = run.attempts.get(attempt.stepId());
    var known =
        last == null
            ? List.<SignalArtifact.Dependency>of()
            : SignalArtifact.dependencies(last.artifacts());
    if (SignalArtifact.isMet(known)) {
      return new Next(attempt.withArtifacts(SignalArtifact.of(known)), new StepEvent.SignalsCame());
    }
    List<SignalArtifact.Dependency> dependencies;
    try {
      dependencies = parts.signals().dependencies(step, params.scopeOf(attempt));
    } catch (ParamException e) {
      return new Next(
          attempt.say(
              TimelineEvent.details(
                  now, "Its signal_dependencies could not be evaluated", StepParams.linesOf(e))),
          new StepEvent.NotEvaluable());
    }
    for (int i = 0; i < dependencies.size(); i++) {
      changes.ask(
          StepSignals.request(
              run.row, StepSignals.gate(run.key(), attempt, i), dependencies.get(i), now));
    }
    var names = dependencies.stream().map(SignalArtifact.Dependency::name).distinct().toList();
    return Next.waiting(
        attempt
            .withArtifacts(SignalArtifact.of(dependencies))
            .in(attempt.state(), attempt.times().awaitingSignals(now))
            .say(TimelineEvent.info(now, "Waits for the signals " + names)));
  }

  /** Null if the step doesn't wait for it. */
  @Nullable Next signalCame(StepAttempt attempt, RunCommand.SignalCame came) {
    var dependencies = SignalArtifact.dependencies(attempt.artifacts());
    var which = came.dependency();
    if (!(attempt.state() instanceof StepState.AwaitingSignals)
        || which >= dependencies.size()
        || dependencies.get(which).status() != SignalArtifact.Status.PENDING) {
      return null;
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
    return SignalArtifact.isMet(dependencies)
        ? new Next(told, new StepEvent.SignalsCame())
        : Next.waiting(told);
  }

  /** Null if the step doesn't wait for signals. */
  @Nullable Next bypassSignals(StepAttempt attempt, @Nullable String by) {
    if (!(attempt.state() instanceof StepState.AwaitingSignals)) {
      return null;
    }
    forgetSignals(attempt);
    var dependencies = SignalArtifact.dependencies(attempt.artifacts());
    dependencies.replaceAll(d -> d.status() == SignalArtifact.Status.PENDING ? d.skipped() : d);
    return new Next(
        attempt
            .withArtifacts(SignalArtifact.of(dependencies))
            .say(
                TimelineEvent.action(
                    now,
                    "BYPASS_STEP_DEPENDENCIES",
                    by,
                    "Goes on without the signals that have not come")),
        new StepEvent.SignalsCame());
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

  // ------------------------------------------------------------------ permits

  Next askPermits(StepAttempt attempt) {
    var limits = limitsOf(attempt);
    if (limits.isEmpty()) {
      return new Next(attempt, new StepEvent.PermitsGranted());
    }
    var asking = attempt.withPermits(List.copyOf(limits.keySet()));
    changes.asked(holderOf(asking));
    return parts.permits().acquire(holderOf(asking), limits)
        ? new Next(asking, new StepEvent.PermitsGranted())
        : Next.waiting(
            asking.say(TimelineEvent.info(now, "Waits for permits of " + limits.keySet())));
  }

  /** It waits already: what this turn takes is given back if it can't be committed, no more. */
  Next askPermitsAgain(StepAttempt attempt) {
    if (!parts.permits().acquire(holderOf(attempt), limitsOf(attempt))) {
      return Next.waiting(attempt);
    }
    changes.asked(holderOf(attempt));
    return new Next(attempt, new StepEvent.PermitsGranted());
  }

  /** Null if the step doesn't wait for permits. */
  @Nullable Next permitsGranted(StepAttempt attempt) {
    if (!(attempt.state() instanceof StepState.AwaitingPermits)) {
      return null;
    }
    return parts.permits().confirm(holderOf(attempt), limitsOf(attempt))
        ? new Next(attempt, new StepEvent.PermitsGranted())
        : null;
  }

  void restorePermits(StepAttempt attempt) {
    parts.permits().restore(holderOf(attempt), limitsOf(attempt));
  }

  void releasePermits(StepAttempt attempt) {
    if (!attempt.permits().isEmpty()) {
      changes.then(new Effect.ReleasePermits(holderOf(attempt)));
    }
  }

  private Map<String, Long> limitsOf(StepAttempt attempt) {
    var facts = run.row.facts();
    var step = run.plan.step(attempt.stepId());
    var runTags = new ArrayList<>(run.plan.workflow().tags());
    runTags.addAll(facts.runtimeTags());
    return PermitRules.limits(
        step,
        runTags,
        run.key().workflowId(),
        facts.correlationId(),
        facts.stepConcurrency(),
        facts.instanceStepConcurrency(),
        step.stepType() == StepType.NOOP,
        parts.tagLimits());
  }

  private PermitHolder holderOf(StepAttempt attempt) {
    return new PermitHolder(
        run.key().workflowId(),
        run.key().instanceId(),
        run.key().runId(),
        attempt.stepId(),
        attempt.attemptId());
  }
}
