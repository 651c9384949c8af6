package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.maestro.engine.definition.DryRun;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Workflow;
import org.maestro.param.ParamEvaluator;

/**
 * What a definition is checked for besides its form: that its params can be evaluated and are read,
 * and that its steps can be run here.
 */
public final class DefinitionCheck implements DryRun {
  private final ParamEvaluator params;
  private final StepOffer offer;

  /**
   * @param offer the step types that can be run
   */
  public DefinitionCheck(ParamEvaluator params, StepOffer offer) {
    this.params = params;
    this.offer = offer;
  }

  @Override
  public List<DefinitionProblem> problems(Workflow workflow, String owner, long nowMillis) {
    var problems = new ArrayList<>(params.dryRun(workflow, owner, nowMillis));
    problems.addAll(new GivenParams(workflow, Set.of(), params::hasDefault).misspeltInTriggers());
    return problems;
  }

  @Override
  public List<DefinitionProblem> doubts(Workflow workflow) {
    return params.doubts(workflow).stream()
        .map(doubt ->
            new DefinitionProblem(
                "/workflow" + doubt.pointer(), doubt.message(), doubt.suggestion(), doubt.code()))
        .toList();
  }

  @Override
  public Set<String> namesOfRun(Workflow workflow) {
    return params.namesOfRun(workflow);
  }

  @Override
  public List<DefinitionProblem> cannotStart(Workflow workflow) {
    return NotYet.of(workflow, offer);
  }
}
