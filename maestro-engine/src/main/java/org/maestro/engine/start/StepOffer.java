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
    if (!released.contains(type)) {
      return "steps of type " + type.label() + NotYet.LATER;
    }
    if (type == StepType.KUBERNETES) {
      return "steps of type Kubernetes need a cluster, and none is configured; set maestro.runtimes.kubernetes.address, such as https://10.0.0.1:6443 or in-cluster, or maestro.runtimes.kubernetes.kubeconfig; or have the container engine run them by maestro.runtimes.docker.steps=Docker,Titus,Kubernetes; and start the engine again";
    }
    return type == StepType.SHELL || type == StepType.PYTHON || type == StepType.NOTEBOOK
        ? "steps of type %s would run as the engine's own user, and may in development mode only; set maestro.step.shell.users, such as maestro.step.shell.users[ann]=ann, for an engine that runs as root, or run the step in a container"
            .formatted(type.label())
        : "steps of type %s need a container engine, and none is configured; set maestro.runtimes.docker.socket, such as unix:///run/podman/podman.sock or unix:///var/run/docker.sock, and start the engine again"
            .formatted(type.label());
  }
}
