package org.maestro.engine.run.turn;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.maestro.conductor.RunMachine;
import org.maestro.conductor.RunMachines;
import org.maestro.conductor.StepResult;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.step.StepState;

/** Rebuilds a run's machine from what is kept of its steps. */
final class RunLoader {
  private RunLoader() {}

  /** A machine that stands where the run's attempts say; its first turn is still to be taken. */
  static RunMachine machine(RunMachines machines, Run run) {
    var facts = run.row.facts();
    var part = run.plan.part(facts.policy(), facts.restart(), run.history.standing());
    if (part.finished().isEmpty() && run.attempts.isEmpty()) {
      return machines.start(part.graph(), run.row.uuid());
    }
    Map<String, StepResult> finished = new LinkedHashMap<>(part.finished());
    var inFlight = new LinkedHashSet<String>();
    for (var attempt : run.attempts.values()) {
      if (attempt.state() instanceof StepState.Finished) {
        finished.put(attempt.stepId(), RunPlan.resultOf(attempt));
      } else {
        inFlight.add(attempt.stepId());
      }
    }
    return machines.resume(part.graph(), run.row.uuid(), finished, inFlight);
  }
}
