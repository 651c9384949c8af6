package org.maestro.engine.step.runtime.targets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.model.definition.StepType;

/**
 * A place for jobs.
 *
 * @param steps the types of steps that may run there
 * @param runtime what runs them there
 */
public record Target(
    String name,
    TargetKind kind,
    TargetSettings.Named settings,
    List<StepType> steps,
    StepRuntime runtime) {

  /** One as the settings have it. */
  public static Target of(String name, TargetSettings settings, StepRuntime runtime) {
    var own = settings.of(name);
    return new Target(name, own.kind(name), own, own.steps(name), runtime);
  }

  /** Whether it is there without being named, and so its jobs carry no note of it. */
  boolean isUnnamed() {
    return kind != TargetKind.KUBERNETES && name.equals(kind.label());
  }

  boolean takes(StepType type) {
    return steps.contains(type);
  }

  boolean isDefaultFor(StepType type) {
    return settings.defaultFor(name).contains(type);
  }

  boolean isForAll() {
    return settings.owners().contains("*") && settings.workflows().contains("*");
  }

  boolean isFor(@Nullable String owner, String workflowId) {
    return (owner == null || allows(settings.owners(), owner))
        && allows(settings.workflows(), workflowId);
  }

  private static boolean allows(List<String> list, String one) {
    return list.contains("*") || list.contains(one);
  }
}
