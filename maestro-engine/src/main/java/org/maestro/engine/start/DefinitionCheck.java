package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.engine.definition.DryRun;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.Workflow;
import org.maestro.param.ParamEvaluator;

/**
 * What a definition is checked for besides its form: that its params can be evaluated and are read,
 * and that its steps can be run here.
 */
public final class DefinitionCheck implements DryRun {
  private final ParamEvaluator params;
  private final StepOffer offer;
  private final Function<StepType, @Nullable StepRuntime> runtimes;

  /**
   * @param offer the step types that can be run
   * @param runtimes what runs a type outside the engine, and so knows what it must be told
   */
  public DefinitionCheck(
      ParamEvaluator params, StepOffer offer, Function<StepType, @Nullable StepRuntime> runtimes) {
    this.params = params;
    this.offer = offer;
    this.runtimes = runtimes;
  }

  @Override
  public List<DefinitionProblem> problems(Workflow workflow, String owner, long nowMillis) {
    var problems = new ArrayList<>(params.dryRun(workflow, owner, nowMillis));
    problems.addAll(new GivenParams(workflow, Set.of(), params::hasDefault).misspeltInTriggers());
    look(workflow, owner)
        .filter(found -> !found.problem().ofThisPlace() && !found.inLoop())
        .forEach(found -> problems.add(found.problem(ProblemCode.VALUE)));
    return problems;
  }

  @Override
  public List<DefinitionProblem> doubts(Workflow workflow) {
    return Stream.concat(
            params.doubts(workflow).stream(),
            look(workflow, null)
                .filter(found -> !found.problem().ofThisPlace() && found.inLoop())
                .map(found -> found.problem(ProblemCode.LACKS_PARAM)))
        .map(doubt -> doubt.under("/workflow"))
        .toList();
  }

  @Override
  public Set<String> namesOfRun(Workflow workflow) {
    return params.namesOfRun(workflow);
  }

  @Override
  public List<DefinitionProblem> cannotStart(Workflow workflow, @Nullable String owner) {
    var problems = new ArrayList<>(NotYet.of(workflow, offer));
    look(workflow, owner)
        .filter(found -> found.problem().ofThisPlace())
        .forEach(found -> problems.add(found.problem(ProblemCode.CANNOT_RUN).under("/workflow")));
    return problems;
  }

  private record InStep(String pointer, Step step, boolean inLoop, StepProblem problem) {
    DefinitionProblem problem(ProblemCode code) {
      return new DefinitionProblem(
          pointer + (problem.field().isEmpty() ? "" : "/params" + problem.field()),
          "step [" + step.id() + "]: " + problem.message(),
          null,
          code.id());
    }
  }

  /** What those who run the steps say of what is there literally. */
  private Stream<InStep> look(Workflow workflow, @Nullable String owner) {
    var found = new ArrayList<InStep>();
    workflow
        .levels()
        .forEach((field, steps) -> look(steps, "/" + field + "/", false, workflow, owner, found));
    return found.stream();
  }

  private void look(
      List<Step> steps,
      String above,
      boolean inLoop,
      Workflow workflow,
      @Nullable String owner,
      List<InStep> found) {
    var number = 0;
    for (var step : steps) {
      var pointer = above + number++ + "/" + step.wrapper();
      var runtime = runtimes.apply(step.stepType());
      if (runtime != null && step instanceof Step.Typed typed && typed.subType() == null) {
        var refused = new ArrayList<DefinitionProblem>();
        var literal =
            LiteralStep.of(
                step.stepType(), owner, workflow.id(), params.definedParams(step, refused));
        var told =
            refused.stream()
                .map(problem -> problem.pointer().substring("/params".length()))
                .toList();
        runtime
            .problems(literal.without(told))
            .forEach(one -> found.add(new InStep(pointer, step, inLoop, one)));
      }
      look(step.inner(), pointer + "/steps/", true, workflow, owner, found);
    }
  }
}
