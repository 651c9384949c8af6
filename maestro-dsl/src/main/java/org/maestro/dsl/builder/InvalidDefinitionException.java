package org.maestro.dsl.builder;

import java.util.List;
import java.util.stream.Collectors;
import org.maestro.model.definition.DefinitionProblem;

/** A definition that breaks rules, with everything that is wrong with it. */
public final class InvalidDefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<DefinitionProblem> problems;

  InvalidDefinitionException(String id, List<DefinitionProblem> problems) {
    super(
        "workflow \"%s\" has %d problems:\n".formatted(id, problems.size())
            + problems.stream()
                .map(problem -> problem.pointer() + ": " + problem.message())
                .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Each with a pointer into the definition as the builder's calls describe it. */
  public List<DefinitionProblem> problems() {
    return problems;
  }
}
