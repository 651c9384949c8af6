package org.maestro.model.trigger;

import java.util.List;

/** When a trigger would fire. */
public record TriggerPreview(List<Tick> nextFires) {
  public TriggerPreview {
    nextFires = List.copyOf(nextFires);
  }
}
