package org.maestro.engine.run.turn;

import java.time.InstantSource;
import org.maestro.conductor.RunMachines;
import org.maestro.engine.breakpoint.Breakpoints;
import org.maestro.engine.permit.PermitRules;
import org.maestro.engine.permit.Permits;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.param.ParamEvaluator;

/**
 * Applies one command to one run: the only way to change a run. What has to be kept and what has to
 * follow goes into {@link RunChanges}; but for permits, which are taken at once and given back if
 * the commit fails, nothing happens outside before those are committed. Stateless: safe for all
 * shards at once.
 */
public final class RunAdvancer {
  private final TurnParts parts;
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
        new TurnParts(
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

  /** Applies a command. Duplicates and late commands change nothing. */
  public void apply(Run run, RunCommand command, RunChanges changes) {
    new RunTurn(run, parts, changes, clock.millis()).handle(command);
  }
}
