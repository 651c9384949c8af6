package org.maestro.engine.breakpoint;

/** Tells the other nodes of changed breakpoints. */
public interface BreakpointNews {

  /** Has every other node call {@link KnownBreakpoints#reload()}. Does not block for long. */
  void breakpointsChanged();
}
