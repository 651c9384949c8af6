package org.maestro.engine.definition;

/** Hears that instances of a workflow that wait for their turn may have got room. */
public interface QueueNews {

  /** There may be room in this workflow. Called after the commit; returns at once. */
  void check(String workflowId);
}
