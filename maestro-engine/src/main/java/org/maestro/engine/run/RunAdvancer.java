package org.maestro.engine.run;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import org.maestro.conductor.RunMachines;
import org.maestro.engine.breakpoint.Breakpoints;
import org.maestro.engine.permit.PermitRules;
import org.maestro.engine.permit.Permits;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.param.ParamEvaluator;

/**
 * Applies one command to one run: the only way to change a run. What has to be kept and what has to
 * follow goes into {@link RunChanges}; nothing happens outside before those are committed.
 * Stateless: safe for all shards at once.
 */
public final class RunAdvancer {
  private final Parts parts;
  private final InstantSource clock;

  public RunAdvancer(
      RunMachines machines,
      ParamEvaluator params,
      Permits permits,
      PermitRules.TagLimits tagLimits,
      Breakpoints breakpoints,
      RunUpstream.ChildParams children,
      StepLoops loops,
      InstantSource clock) {
    parts =
        new Parts(
            machines,
            params,
            permits,
            tagLimits,
            breakpoints,
            children,
            loops,
            new StepSignals(params));
    this.clock = clock;
  }

  /** What all work on runs shares. */
  record Parts(
      RunMachines machines,
      ParamEvaluator params,
      Permits permits,
      PermitRules.TagLimits tagLimits,
      Breakpoints breakpoints,
      RunUpstream.ChildParams children,
      StepLoops loops,
      StepSignals signals) {}

  /** Applies a command. Duplicates and late commands change nothing. */
  void apply(Run run, RunCommand command, RunChanges changes) {
    new RunWork(run, parts, changes, clock.millis()).handle(command);
  }

  /** The identity of an attempt, which its job is known by. */
  static AttemptRef refOf(RunRow row, String stepId, long attemptId) {
    return refOf(row.key(), row.uuid(), stepId, attemptId);
  }

  /**
   * The identity of an attempt, which its job is known by.
   *
   * @param uuid the run's
   */
  public static AttemptRef refOf(RunKey run, String uuid, String stepId, long attemptId) {
    var name = uuid + '/' + run.runId() + '/' + stepId + '/' + attemptId;
    return new AttemptRef(
        run.workflowId(),
        run.instanceId(),
        run.runId(),
        stepId,
        attemptId,
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }
}
