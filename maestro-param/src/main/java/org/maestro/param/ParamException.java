package org.maestro.param;

import java.util.List;
import java.util.stream.Collectors;
import org.maestro.model.definition.DefinitionProblem;

/**
 * Parameters that don't merge or don't evaluate: what is wrong with each of them, never empty. It
 * describes what people wrote, not our code, so it carries no stack trace.
 */
public final class ParamException extends RuntimeException {
  private final List<DefinitionProblem> problems;

  public ParamException(List<DefinitionProblem> problems) {
    super(
        problems.stream().map(DefinitionProblem::message).collect(Collectors.joining("; ")),
        null,
        false,
        false);
    this.problems = List.copyOf(problems);
  }

  public ParamException(String pointer, String message) {
    this(List.of(new DefinitionProblem(pointer, message, null)));
  }

  /** Each with a pointer such as {@code /params/date}, relative to the workflow or the step. */
  public List<DefinitionProblem> problems() {
    return problems;
  }
}
