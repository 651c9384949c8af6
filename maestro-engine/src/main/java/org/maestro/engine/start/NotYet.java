package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.List;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;

/** What a definition may say and this engine can't do yet. A start of such a version is refused. */
final class NotYet {
  static final String LATER = " can be pushed but not run yet; remove it to run the rest";

  private NotYet() {}

  static List<DefinitionProblem> of(Workflow workflow, StepOffer offer) {
    var problems = new ArrayList<DefinitionProblem>();
    workflow.levels().forEach((field, steps) -> look(steps, "/workflow/" + field, offer, problems));
    return problems;
  }

  private static void look(
      List<Step> steps, String above, StepOffer offer, List<DefinitionProblem> problems) {
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var pointer = above + "/" + i + "/" + step.wrapper();
      if (!offer.runs(step.stepType())) {
        problems.add(problem(pointer, step, offer.whyNot(step.stepType())));
      } else if (step instanceof Step.Typed typed && typed.subType() != null) {
        problems.add(problem(pointer, step, "job templates (sub_type)" + LATER));
      }
      look(step.inner(), pointer + "/steps", offer, problems);
    }
  }

  private static DefinitionProblem problem(String pointer, Step step, String why) {
    return new DefinitionProblem(
        pointer, "step \"" + step.id() + "\": " + why, null, ProblemCode.CANNOT_RUN.id());
  }
}
