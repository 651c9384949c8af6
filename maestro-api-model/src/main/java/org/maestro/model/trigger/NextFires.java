package org.maestro.model.trigger;

import java.util.List;

/** Ticks of a workflow to come, in order. */
public record NextFires(List<NextFire> nextFires) {
  public NextFires {
    nextFires = List.copyOf(nextFires);
  }
}
