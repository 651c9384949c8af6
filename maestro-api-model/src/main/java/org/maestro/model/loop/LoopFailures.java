package org.maestro.model.loop;

import java.util.List;

/**
 * What went wrong in a loop.
 *
 * @param groups most frequent first
 */
public record LoopFailures(List<FailureGroup> groups) {
  public LoopFailures {
    groups = List.copyOf(groups);
  }
}
