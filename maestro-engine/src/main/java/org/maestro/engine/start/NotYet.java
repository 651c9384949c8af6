package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.Workflow;

/** What a definition may say and this engine can't do yet. A start of such a version is refused. */
final class NotYet {
  private NotYet() {}

  static List<DefinitionProblem> of(Workflow workflow, Set<StepType> runnable) {
    var problems = new ArrayList<DefinitionProblem>();
    workflow
        .levels()
        .forEach((field, steps) -> look(steps, "/workflow/" + field, runnable, problems));
    return problems;
  }

  private static void look(
      List<Step> steps, String above, Set<StepType> runnable, List<DefinitionProblem> problems) {
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var pointer = above + "/" + i + "/" + step.wrapper();
      if (!runnable.contains(step.stepType())) {
        problems.add(problem(pointer, step, "steps of type " + step.stepType().label()));
      } else if (step instanceof Step.Typed typed && typed.subType() != null) {
        problems.add(problem(pointer, step, "job templates (sub_type)"));
      }
      look(step.inner(), pointer + "/steps", runnable, problems);
    }
  }

  private static DefinitionProblem problem(String pointer, Step step, String feature) {
    return new DefinitionProblem(
        pointer,
        "step \""
            + step.id()
            + "\": "
            + feature
            + " can be pushed but not run yet; remove it to run the rest",
        null,
        ProblemCode.CANNOT_RUN.id());
  }
}
