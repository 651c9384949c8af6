package org.maestro.engine.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.model.param.Param;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;

/** What a turn wants done outside its shard. Released only after the turn's commit. */
public sealed interface Effect {

  /** Order a job. */
  record LaunchJob(Launch launch) implements Effect {}

  /** Find a job that was ordered before, and follow it; end it at once if {@code terminate}. */
  record AttachJob(Launch launch, boolean terminate) implements Effect {}

  /** End a job. */
  record TerminateJob(org.maestro.model.definition.StepType type, AttemptRef attempt)
      implements Effect {}

  /** End a job of which nobody can read what it is. */
  record TerminateAnyJob(AttemptRef attempt) implements Effect {}

  /** Start, or start again, the run that a step waits for. */
  record StartChild(
      RunKey parent,
      String owner,
      String stepId,
      long attemptId,
      String requestId,
      String workflowId,
      String version,
      boolean sync,
      Map<String, Param> params,
      Initiator initiator,
      String correlationId,
      @Nullable Long instanceStepConcurrency,
      @Nullable Long restartInstance,
      RestartPolicy restartPolicy,
      List<RestartNode> restartPath)
      implements Effect {}

  /** Find out whether the run that a step waits for has ended meanwhile. */
  record CheckChild(RunKey parent, String stepId, long attemptId, RunKey child) implements Effect {}

  /** Come back to a step attempt. */
  record WakeStep(RunKey run, String stepId, long attemptId, long at) implements Effect {}

  /** Come back to a run. */
  record WakeRun(RunKey run, long at) implements Effect {}

  /** The attempt's permits are free again. */
  record ReleasePermits(PermitHolder holder) implements Effect {}

  /** A turn that asked for an attempt's permits came to nothing. */
  record TakeBackPermits(PermitHolder holder) implements Effect {}

  /** The breakpoint that an attempt stands at may have been deleted before it was seen there. */
  record CheckBreakpoint(RunKey run, String stepId, long attemptId) implements Effect {}

  /**
   * A run has ended: its workflow may admit another.
   *
   * @param backfillId the back-fill that it belongs to, which may start another; null for none
   */
  record AdmitNext(RunKey run, @Nullable String backfillId) implements Effect {}
}
