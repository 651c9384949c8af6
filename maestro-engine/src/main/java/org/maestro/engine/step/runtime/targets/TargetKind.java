package org.maestro.engine.step.runtime.targets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.maestro.model.definition.StepType;

/** What kinds of places there are for jobs. */
public enum TargetKind {
  /** This machine, as processes. */
  PROCESS,
  /** An engine that speaks Docker's API. */
  DOCKER,
  /** A cluster. */
  KUBERNETES;

  /** The types of steps that it runs without being told. */
  List<StepType> runs() {
    return switch (this) {
      case PROCESS -> List.of(StepType.SHELL, StepType.PYTHON, StepType.NOTEBOOK);
      case DOCKER -> List.of(StepType.DOCKER, StepType.TITUS);
      case KUBERNETES -> List.of(StepType.KUBERNETES, StepType.TITUS);
    };
  }

  /** The types of steps that it can be told to run. */
  List<StepType> canRun() {
    return switch (this) {
      case DOCKER -> List.of(StepType.DOCKER, StepType.TITUS, StepType.KUBERNETES);
      case PROCESS, KUBERNETES -> runs();
    };
  }

  /** As settings write it, and the name of the target that is there without being named. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TargetKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  static Optional<StepType> step(String label) {
    return Arrays.stream(StepType.values())
        .filter(type -> type.label().equalsIgnoreCase(label.strip()))
        .findFirst();
  }
}
