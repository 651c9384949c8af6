package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.maestro.model.event.TimelineEvent;

/**
 * The answer to a check of a definition that has no errors.
 *
 * @param event says so to people, with the warnings
 * @param warnings what is right, and yet may not be meant so; pointers are into the body of a push
 * @param problems the same of a definition that came as text, and what the text alone gives reason
 *     for, at their places there
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CheckAnswer(
    @JsonUnwrapped TimelineEvent event,
    List<DefinitionProblem> warnings,
    List<TextProblem> problems) {
  public CheckAnswer {
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
  }
}
