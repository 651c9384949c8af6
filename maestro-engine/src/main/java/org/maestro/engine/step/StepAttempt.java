package org.maestro.engine.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.Limit;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;

/**
 * One attempt, as it is kept. Immutable: a change makes the next one.
 *
 * @param seq number of the step's first appearance within its instance, from 1
 * @param params evaluated, lean: without the defaults that REST adds
 * @param taken successors whose condition held; null until the step has ended for good
 * @param permits tags whose permits it needs
 * @param resumed whether a breakpoint has let it go
 */
public record StepAttempt(
    String stepId,
    long attemptId,
    long seq,
    StepState state,
    StepTimes times,
    RetryCounts retries,
    Map<String, Param> overrides,
    @Nullable Map<String, Param> params,
    Map<String, Object> artifacts,
    List<TimelineEvent> timeline,
    @Nullable Set<String> taken,
    List<String> permits,
    boolean resumed) {
  /** Timeline events that are kept; older ones are dropped. */
  @Limit("events that the timeline of a step attempt keeps")
  public static final int TIMELINE_LIMIT = 32;

  public static StepAttempt created(
      String stepId,
      long attemptId,
      long seq,
      RetryCounts retries,
      Map<String, Param> overrides,
      long now) {
    return new StepAttempt(
        stepId,
        attemptId,
        seq,
        new StepState.Created(),
        StepTimes.created(now),
        retries,
        overrides,
        null,
        Map.of(),
        List.of(),
        null,
        List.of(),
        false);
  }

  public StepStatus status() {
    return state.status();
  }

  public StepAttempt in(StepState newState, StepTimes newTimes) {
    return new StepAttempt(
        stepId, attemptId, seq, newState, newTimes, retries, overrides, params, artifacts, timeline,
        taken, permits, resumed);
  }

  public StepAttempt withParams(Map<String, Param> evaluated) {
    return new StepAttempt(
        stepId, attemptId, seq, state, times, retries, overrides, evaluated, artifacts, timeline,
        taken, permits, resumed);
  }

  public StepAttempt withArtifacts(Map<String, Object> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new java.util.LinkedHashMap<>(artifacts);
    all.putAll(more);
    return new StepAttempt(
        stepId, attemptId, seq, state, times, retries, overrides, params, all, timeline, taken,
        permits, resumed);
  }

  public StepAttempt withTaken(Set<String> successors) {
    return new StepAttempt(
        stepId,
        attemptId,
        seq,
        state,
        times,
        retries,
        overrides,
        params,
        artifacts,
        timeline,
        successors,
        permits,
        resumed);
  }

  public StepAttempt withPermits(List<String> tags) {
    return new StepAttempt(
        stepId, attemptId, seq, state, times, retries, overrides, params, artifacts, timeline,
        taken, tags, resumed);
  }

  /** What an event has made of it. */
  public StepAttempt after(StepEvent event, Decision.Move move, long now) {
    var next = event instanceof StepEvent.Resumed ? letGo() : this;
    if (!move.say().isEmpty()) {
      next =
          next.say(
              move.isWarning()
                  ? TimelineEvent.warn(now, move.say())
                  : TimelineEvent.info(now, move.say()));
    }
    if (taken == null && move.effects().contains(new StepEffect.AdvanceRun())) {
      next = next.withTaken(Set.of());
    }
    return next.in(move.to(), timesAfter(event, move.to(), now));
  }

  private StepTimes timesAfter(StepEvent event, StepState to, long now) {
    var since =
        event instanceof StepEvent.Evaluated
            ? times.evaluated(now)
            : event instanceof StepEvent.PermitsGranted ? times.started(now) : times;
    return switch (to) {
      case StepState.Paused _ -> since.paused(now);
      case StepState.Running _ -> since.execute() == null ? since.executing(now) : since;
      case StepState.AwaitingRetry _ -> since.end() == null ? since.ended(now) : since;
      case StepState.Finished(StepStatus as) when as == StepStatus.SUCCEEDED -> since.finished(now);
      case StepState.Finished(StepStatus as) when as.isRetriable() && since.end() != null -> since;
      case StepState.Finished _ -> since.ended(now);
      case StepState.Passing _,
          StepState.AwaitingSignals _,
          StepState.AwaitingPermits _,
          StepState.Starting _,
          StepState.Ending _ ->
          since;
    };
  }

  private StepAttempt letGo() {
    return new StepAttempt(
        stepId, attemptId, seq, state, times, retries, overrides, params, artifacts, timeline,
        taken, permits, true);
  }

  /** Adds an event unless it only repeats the last one. */
  public StepAttempt say(TimelineEvent event) {
    if (!timeline.isEmpty() && timeline.getLast().message().equals(event.message())) {
      return this;
    }
    var all = new ArrayList<>(timeline);
    all.add(event);
    return new StepAttempt(
        stepId,
        attemptId,
        seq,
        state,
        times,
        retries,
        overrides,
        params,
        artifacts,
        List.copyOf(all.subList(Math.max(0, all.size() - TIMELINE_LIMIT), all.size())),
        taken,
        permits,
        resumed);
  }
}
