package org.maestro.engine.definition;

import java.util.List;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Workflow;

/** Looks at what a definition would do before it is accepted. */
@FunctionalInterface
public interface DryRun {

  /** What would go wrong in any run; pointers are into the workflow's document. */
  List<DefinitionProblem> problems(Workflow workflow, String owner, long nowMillis);

  /** Why this installation would refuse a start; pointers are into the body of a push. */
  default List<DefinitionProblem> cannotStart(Workflow workflow) {
    return List.of();
  }
}
