package org.maestro.engine.start;

import java.util.Set;
import org.maestro.model.definition.StepType;

/**
 * The step types that can be run.
 *
 * @param released by this release, wherever it is installed
 * @param here by this installation: what needs something that it hasn't been given isn't among them
 */
public record StepOffer(Set<StepType> released, Set<StepType> here) {
  public StepOffer {
    released = Set.copyOf(released);
    here = Set.copyOf(here);
  }

  boolean runs(StepType type) {
    return here.contains(type);
  }

  /** Why steps of a type can't be run, and what to do. */
  String whyNot(StepType type) {
    return released.contains(type)
        ? "steps of type %s need a container engine, and none is configured; set maestro.runtimes.docker.socket, such as unix:///run/podman/podman.sock or unix:///var/run/docker.sock, and start the engine again"
            .formatted(type.label())
        : "steps of type " + type.label() + NotYet.LATER;
  }
}
