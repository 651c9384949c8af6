package org.maestro.engine.param;

import java.util.Map;
import org.maestro.model.definition.Step;
import org.maestro.model.param.Param;

/**
 * What the expressions of one step attempt may read besides the step's own parameters.
 *
 * @param workflowParams the run's evaluated parameters as stored
 */
public record StepScope(
    Step definition,
    Map<String, Param> workflowParams,
    InstanceFacts instance,
    StepFacts step,
    Upstream upstream) {}
