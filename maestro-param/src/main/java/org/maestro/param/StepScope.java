package org.maestro.param;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;

/**
 * What the expressions of one step attempt may read besides the step's own parameters.
 *
 * @param workflowParams the run's evaluated parameters as stored
 * @param definition the step; without it, conditions can't read what depends on its type
 */
public record StepScope(
    Map<String, Param> workflowParams,
    InstanceFacts instance,
    StepFacts step,
    Upstream upstream,
    @Nullable Step definition) {

  /** A scope that learns the step when its params are evaluated. */
  public StepScope(
      Map<String, Param> workflowParams,
      InstanceFacts instance,
      StepFacts step,
      Upstream upstream) {
    this(workflowParams, instance, step, upstream, null);
  }

  StepScope of(Step itsDefinition) {
    return new StepScope(workflowParams, instance, step, upstream, itsDefinition);
  }

  /** A type without reserved names of its own if the step isn't known. */
  StepType stepType() {
    return definition == null ? StepType.NOOP : definition.stepType();
  }
}
