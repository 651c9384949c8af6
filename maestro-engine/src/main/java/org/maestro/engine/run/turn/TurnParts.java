package org.maestro.engine.run.turn;

import org.maestro.conductor.RunMachines;
import org.maestro.engine.breakpoint.Breakpoints;
import org.maestro.engine.permit.PermitRules;
import org.maestro.engine.permit.Permits;
import org.maestro.param.ParamEvaluator;

/** What the turns of all runs share: nothing of it belongs to one run. */
record TurnParts(
    RunMachines machines,
    ParamEvaluator params,
    Permits permits,
    PermitRules.TagLimits tagLimits,
    Breakpoints breakpoints,
    RunUpstream.ChildParams children,
    StepLoops loops,
    StepSignals signals) {}
