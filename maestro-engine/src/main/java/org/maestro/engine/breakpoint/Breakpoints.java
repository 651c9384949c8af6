package org.maestro.engine.breakpoint;

/** Where steps pause before they run. */
public interface Breakpoints {

  /** Whether new attempts of this step pause. */
  boolean isSet(String workflowId, String stepId);
}
