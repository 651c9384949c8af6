package org.maestro.engine.definition;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Workflow;

/** Looks at what a definition would do before it is accepted. */
@FunctionalInterface
public interface DryRun {

  /** What would go wrong in any run; pointers are into the workflow's document. */
  List<DefinitionProblem> problems(Workflow workflow, String owner, long nowMillis);

  /** What may not be meant so, and is accepted; pointers are into the body of a push. */
  default List<DefinitionProblem> doubts(Workflow workflow) {
    return List.of();
  }

  /** The names that its runs know from the beginning. */
  default Set<String> namesOfRun(Workflow workflow) {
    return workflow.params().keySet();
  }

  /**
   * What this installation can't run, or doesn't allow; pointers are into the body of a push.
   *
   * @param owner null if it isn't known
   */
  default List<DefinitionProblem> cannotStart(Workflow workflow, @Nullable String owner) {
    return List.of();
  }
}
