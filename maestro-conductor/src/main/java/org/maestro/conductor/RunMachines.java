package org.maestro.conductor;

import java.util.Map;
import java.util.Set;

/** Makes the machines of runs. Thread-safe; one for the whole process is enough. */
public final class RunMachines {
  private final EmbeddedConductor conductor = new EmbeddedConductor();

  /**
   * A machine for a run of which nothing has happened yet; its first turn gives the roots.
   *
   * @param runId names the run in messages, nothing more
   */
  public RunMachine start(RunGraph graph, String runId) {
    return resume(graph, runId, Map.of(), Set.of());
  }

  /**
   * A machine for a run that is under way, from recorded facts: after a crash or an eviction, or
   * for an in-place restart (the facts without the step to restart). Linear in the size of the
   * graph. Its first turn gives what is due or unsatisfied beyond these facts.
   *
   * @param runId names the run in messages, nothing more
   * @param finished how the finished steps ended, unsatisfied ones included; a step outside the
   *     graph is ignored
   * @param inFlight the steps that were due and haven't finished; one outside the graph, or one
   *     that has finished, is ignored
   */
  public RunMachine resume(
      RunGraph graph, String runId, Map<String, StepResult> finished, Set<String> inFlight) {
    return new ConductorRunMachine(graph, runId, finished, inFlight, conductor);
  }
}
