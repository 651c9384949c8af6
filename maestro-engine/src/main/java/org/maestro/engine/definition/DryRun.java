package org.maestro.engine.definition;

import java.util.List;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Workflow;

/** Evaluates the parameters of a definition before it is accepted. */
@FunctionalInterface
public interface DryRun {

  /** What would go wrong in any run; pointers are into the workflow's document. */
  List<DefinitionProblem> problems(Workflow workflow, String owner, long nowMillis);
}
