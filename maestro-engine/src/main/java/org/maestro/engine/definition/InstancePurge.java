package org.maestro.engine.definition;

/** Removes what a workflow that is being deleted has left behind in the engine. */
public interface InstancePurge {

  /**
   * Ends live instances and removes instances, steps, actions and breakpoints, about {@code limit}
   * rows at a time, in transactions of its own. Safe to repeat and to run on two nodes at once.
   *
   * @return how much was removed or is still ending; 0 when nothing is left
   */
  long purge(String workflowId, int limit);
}
